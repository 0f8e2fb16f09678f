package org.pagexplorer.ui.attack;

import java.util.List;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.ClassNames;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.lab.attack.Aim;
import org.pagexplorer.ui.support.Tips;

/** Two classes, and a slider from one to the other; in sight while that is the goal. */
final class BetweenRow extends HBox {
  private final AttackSetup setup;
  private final ComboBox<String> from = new ComboBox<>();
  private final ComboBox<String> to = new ComboBox<>();
  private final Slider share = new Slider(0, 1, 0);
  private final Label percent = new Label();
  private boolean showing;

  BetweenRow(AttackSetup setup) {
    super(8);
    this.setup = setup;
    setAlignment(Pos.CENTER_LEFT);
    share.setId("between-share");
    Tips.on(
        share,
        "How much of the second class is wanted: the middle column is between the two, at this"
            + " place");
    share.valueProperty().addListener((property, old, now) -> take());
    HBox.setHgrow(share, Priority.ALWAYS);
    percent.setMinWidth(Region.USE_PREF_SIZE);
    getChildren()
        .addAll(
            end("between-from", from, "The class at the left end of the slider"),
            share,
            percent,
            end("between-to", to, "The class at the right end of the slider"));
    setup.settings().aimProperty().addListener((property, old, now) -> show());
    setup.targets().addListener((ListChangeListener<Integer>) change -> show());
    managedProperty().bind(visibleProperty());
    show();
  }

  private ComboBox<String> end(String id, ComboBox<String> box, String tip) {
    box.setId(id);
    box.setPrefWidth(130);
    Tips.on(box, tip);
    box.valueProperty().addListener((property, old, now) -> changed(box, old));
    return box;
  }

  /** Who chooses the other end turns the two around. */
  private void changed(ComboBox<String> box, @Nullable String old) {
    ComboBox<String> other = box == from ? to : from;
    if (!showing && box.getValue() != null && box.getValue().equals(other.getValue())) {
      showing = true;
      other.setValue(old);
      showing = false;
    }
    take();
  }

  private void take() {
    if (!showing && from.getValue() != null && to.getValue() != null) {
      Optional<Aim> now = Optional.of(AimChoice.strip(from.getValue(), to.getValue(), rounded()));
      if (now.equals(setup.settings().aimProperty().get())) {
        show(); // to set it would begin the attack again
      } else {
        setup.settings().aimProperty().set(now);
      }
    }
  }

  private double rounded() {
    return Math.round(100 * share.getValue()) / 100.0;
  }

  /** Where a strip is in the middle; at either end it has the same two columns. */
  private double place(Aim.Between aim) {
    return aim.equals(AimChoice.strip(aim.from(), aim.to(), rounded()))
        ? rounded()
        : aim.shares().get(aim.shares().size() / 2);
  }

  private void show() {
    boolean shown = GoalKind.of(setup.settings()) == GoalKind.BETWEEN;
    setVisible(shown);
    if (shown && setup.settings().aimProperty().get().orElseThrow() instanceof Aim.Between aim) {
      showing = true;
      List<String> classes = ClassNames.words(setup.classes().get());
      for (ComboBox<String> box : List.of(from, to)) {
        if (!box.getItems().equals(classes)) {
          box.getItems().setAll(classes);
        }
      }
      from.setValue(aim.from());
      to.setValue(aim.to());
      double at = place(aim);
      if (!share.isValueChanging() || Math.abs(share.getValue() - at) > 0.01) {
        share.setValue(at);
      }
      percent.setText(Goal.percent(at));
      showing = false;
    }
  }
}
