package org.pagexplorer.ui.attack;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.LayerTap;
import org.pagexplorer.domain.LayerUnit;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.attack.Aim;
import org.pagexplorer.ui.support.Complaint;
import org.pagexplorer.ui.support.Tips;

/** A layer and units of it, a column each; in sight while a feature is the goal. */
final class FeatureRow extends FlowPane {
  private final AttackSetup setup;
  private final Complaint complaint;
  private final ComboBox<String> layer = new ComboBox<>();
  private final TextField channels = new TextField();
  private final TextField place = new TextField();
  private final Label range = new Label();
  private boolean showing;

  /** What the fields say of the aim as it is. */
  private List<String> written = List.of();

  FeatureRow(AttackSetup setup) {
    super(8, 6);
    this.setup = setup;
    complaint = new Complaint(setup.notice());
    setAlignment(Pos.CENTER_LEFT);
    layer.setId("feature-layer");
    layer.setPrefWidth(210);
    Tips.on(layer, "The layer, in the order of computation; late ones react to larger shapes");
    layer.valueProperty().addListener((property, old, now) -> take());
    field(
        channels,
        "feature-channels",
        "Channels of the layer, from 0, a column each: 3, or 0-9, or 0-4, 17");
    channels.setPrefColumnCount(7);
    field(
        place,
        "feature-place",
        "One place of the layer, row and column from 0, such as 2, 3; empty: the channel's mean");
    place.setPromptText("mean");
    place.setPrefColumnCount(4);
    getChildren()
        .addAll(
            new Label("layer"),
            layer,
            new Label("channels"),
            channels,
            new Label("place"),
            place,
            range);
    setup.settings().aimProperty().addListener((property, old, now) -> show());
    setup.aims().onChange(this::show);
    range.setId("feature-range");
    managedProperty().bind(visibleProperty());
    show();
  }

  private void field(TextField field, String id, String tip) {
    field.setId(id);
    Tips.on(field, tip);
    field.setOnAction(event -> take());
    field.focusedProperty().addListener((property, old, now) -> take());
  }

  /** What one sees of several layers is the first one's: only what was typed is taken. */
  private void take() {
    if (showing || layer.getValue() == null || !isVisible()) {
      return;
    }
    if (fields().equals(written)) {
      complaint.settle();
      return;
    }
    try {
      List<LayerUnit> units =
          TypedUnits.parse(layer.getValue(), channels.getText(), place.getText());
      Optional<Architecture> model = setup.aims().architecture();
      model.ifPresent(architecture -> units.forEach(unit -> unit.in(architecture)));
      complaint.settle();
      Optional<Aim> now = Optional.of(new Aim.Features(units));
      if (now.equals(setup.settings().aimProperty().get())) {
        show(); // typed otherwise, and the same
      } else {
        setup.settings().aimProperty().set(now);
      }
    } catch (UserException e) {
      complaint.report(e);
      describe();
    }
  }

  private List<String> fields() {
    return List.of(layer.getValue(), channels.getText(), place.getText());
  }

  private void show() {
    boolean shown = GoalKind.of(setup.settings()) == GoalKind.FEATURE;
    setVisible(shown);
    if (shown && setup.settings().aimProperty().get().orElseThrow() instanceof Aim.Features aim) {
      showing = true;
      List<String> names = setup.aims().layers().stream().map(LayerTap.Layer::name).toList();
      if (!layer.getItems().equals(names)) {
        layer.getItems().setAll(names);
      }
      layer.setValue(aim.units().getFirst().layer());
      channels.setText(TypedUnits.channels(aim.units()));
      place.setText(TypedUnits.place(aim.units().getFirst()));
      written = fields();
      describe();
      showing = false;
    }
  }

  private void describe() {
    range.setText(
        setup.aims().layers().stream()
            .filter(one -> one.name().equals(layer.getValue()))
            .map(one -> words(one.shape()))
            .findFirst()
            .orElse(
                setup.aims().architecture().isPresent()
                    ? "the chosen model has no such layer"
                    : ""));
  }

  private static String words(InputShape shape) {
    return "channels 0 to %d, %d × %d places"
        .formatted(shape.channels() - 1, shape.height(), shape.width());
  }
}
