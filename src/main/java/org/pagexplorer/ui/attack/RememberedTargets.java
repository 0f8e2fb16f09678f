package org.pagexplorer.ui.attack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Tips;

/** Remembers the targets under a name, and brings them back, as far as the model knows them. */
final class RememberedTargets extends HBox {
  private final AttackSetup setup;
  private final TargetSets sets;
  private final ComboBox<String> names = new ComboBox<>();
  private final TextField name = new TextField();
  private SequencedMap<String, List<String>> known = new LinkedHashMap<>();
  private boolean filling;

  RememberedTargets(AttackSetup setup, TargetSets sets) {
    super(6);
    this.setup = setup;
    this.sets = sets;
    setAlignment(Pos.CENTER_LEFT);
    names.setId("target-sets");
    names.setPromptText("Sets");
    names.setPrefWidth(100);
    Tips.on(names, "Selects the classes of a saved set, as far as the model has them");
    names.setOnAction(event -> apply());
    name.setId("target-set-name");
    name.setPromptText("Name for these");
    name.setPrefColumnCount(8);
    Tips.on(name, "A name under which to save the selected classes");
    name.setOnAction(event -> remember());
    HBox.setHgrow(name, Priority.ALWAYS);
    Button delete =
        Buttons.flat("target-set-delete", "mdi2d-delete-outline", "Forget this set", this::forget);
    delete.disableProperty().bind(names.valueProperty().isNull());
    getChildren()
        .addAll(
            names,
            delete,
            name,
            Buttons.of(
                "target-set-save",
                "Remember",
                "Save the selected classes under this name",
                this::remember));
  }

  /** Shows what other windows have remembered, too. */
  void read() {
    change(sets::read, names.getValue());
  }

  private void remember() {
    String text = Printable.of(name.getText().strip());
    if (text.isEmpty() || setup.targets().isEmpty()) {
      setup.notice().say("Select some targets and type a name for them first.");
      return;
    }
    List<String> classes = setup.classes().get();
    List<String> chosen = setup.targets().stream().map(classes::get).toList();
    name.clear();
    change(() -> sets.with(text, chosen), text);
  }

  private void forget() {
    String text = names.getValue();
    change(() -> sets.without(text), null);
  }

  private void change(Callable<SequencedMap<String, List<String>>> work, @Nullable String chosen) {
    BackgroundTask.of(work)
        .onDone(
            now -> {
              filling = true;
              known = now;
              names.getItems().setAll(now.keySet());
              names.setValue(now.containsKey(chosen) ? chosen : null);
              filling = false;
            })
        .onFailed(setup.notice()::report)
        .start();
  }

  private void apply() {
    List<String> wanted = known.getOrDefault(String.valueOf(names.getValue()), List.of());
    if (filling || wanted.isEmpty()) {
      return;
    }
    List<String> classes = setup.classes().get();
    List<Integer> targets = wanted.stream().distinct().flatMap(one -> all(one, classes)).toList();
    if (targets.isEmpty()) {
      setup.notice().say("The model knows none of the classes of \"" + names.getValue() + "\".");
      return;
    }
    setup.likely().leave();
    setup.targets().setAll(targets);
    if (targets.size() < wanted.size()) {
      setup
          .notice()
          .say(
              "The model knows %,d of the %,d classes of \"%s\"."
                  .formatted(targets.size(), wanted.size(), names.getValue()));
    }
  }

  /** A few classes of ImageNet share a name. */
  private static Stream<Integer> all(String name, List<String> classes) {
    return IntStream.range(0, classes.size()).filter(c -> classes.get(c).equals(name)).boxed();
  }
}
