package org.pagexplorer.ui.attack;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.control.NumberFields;
import org.pagexplorer.ui.support.Tips;

/** All classes, searched and ticked one by one or many at once; every ticked one is a column. */
final class TargetPicker extends VBox {
  private static final double WIDTH = 320;
  private static final double HEIGHT = 240;

  private final AttackSetup setup;
  private final TextField search = new TextField();
  private final ObservableList<Integer> found = FXCollections.observableArrayList();
  private final ListView<Integer> list = new ListView<>(found);
  private final RememberedTargets remembered;
  private Set<Integer> ticked = Set.of();

  TargetPicker(AttackSetup setup, TargetSets sets) {
    super(8);
    this.setup = setup;
    remembered = new RememberedTargets(setup, sets);
    getStyleClass().add("target-picker");
    search.setId("target-search");
    search.setPromptText("Search: a part of a name, or a number");
    Tips.on(search, "Lists the classes with this in their names, or with this number");
    search.textProperty().addListener((property, old, now) -> find());
    list.setId("target-list");
    list.setPrefSize(WIDTH, HEIGHT);
    list.setPlaceholder(new Label("No class has this in its name."));
    list.setCellFactory(view -> new Cell());
    list.setOnKeyPressed(
        event -> {
          Integer focused = list.getFocusModel().getFocusedItem();
          if (event.getCode() == KeyCode.SPACE && focused != null) {
            toggle(focused);
            event.consume();
          }
        });
    getChildren().addAll(search, buttons(), list, likely(), remembered);
    setup.targets().addListener((ListChangeListener<Integer>) change -> fill());
    fill();
  }

  private Node buttons() {
    HBox box =
        new HBox(
            8,
            Buttons.of("targets-all", "All", "Select every class that is listed", () -> tick(true)),
            Buttons.of(
                "targets-none", "None", "Deselect every class that is listed", () -> tick(false)),
            new Label("of those listed"));
    box.setAlignment(Pos.CENTER_LEFT);
    return box;
  }

  private Node likely() {
    Spinner<Integer> count = NumberFields.spinner(1, 100_000, LikelyTargets.FIRST);
    count.setId("targets-count");
    count.setPrefWidth(90);
    Tips.on(count, "How many classes Likeliest selects");
    HBox box =
        new HBox(
            8,
            Buttons.of(
                "targets-likely",
                "Likeliest",
                "Select the classes that the model finds most likely for the images shown",
                () -> setup.likely().ask(count.getValue())),
            count,
            new Label("for the images shown"));
    box.setAlignment(Pos.CENTER_LEFT);
    return box;
  }

  /** Is about to be shown: what was searched for before is over. */
  void open() {
    search.clear();
    find();
    remembered.read();
  }

  private void fill() {
    ticked = new LinkedHashSet<>(setup.targets());
    find();
    list.refresh();
  }

  private void find() {
    String text = search.getText().strip().toLowerCase(Locale.ROOT);
    List<String> classes = setup.classes().get();
    List<Integer> now =
        IntStream.range(0, classes.size())
            .filter(
                c ->
                    classes.get(c).toLowerCase(Locale.ROOT).contains(text)
                        || String.valueOf(c).equals(text))
            .boxed()
            .toList();
    if (!now.equals(found)) {
      found.setAll(now);
    }
  }

  /** Ticks all that are listed, or none of them. */
  private void tick(boolean all) {
    Set<Integer> next = new TreeSet<>(ticked);
    if (all) {
      next.addAll(found);
    } else {
      next.removeAll(Set.copyOf(found));
    }
    choose(next);
  }

  private void toggle(int target) {
    Set<Integer> next = new TreeSet<>(ticked);
    if (!next.remove(target)) {
      next.add(target);
    }
    choose(next);
  }

  private void choose(Set<Integer> next) {
    setup.likely().leave();
    if (!ticked.equals(next)) {
      setup.targets().setAll(new ArrayList<>(next));
    }
  }

  /** A class and whether it is a column. */
  private final class Cell extends ListCell<Integer> {
    private final CheckBox box = new CheckBox();

    Cell() {
      box.setOnAction(event -> toggle(getItem()));
      box.setFocusTraversable(false);
      Tips.on(box, "Checked: the class is a column, toward which every image is attacked");
      HBox.setHgrow(box, Priority.ALWAYS);
    }

    @Override
    protected void updateItem(@Nullable Integer item, boolean empty) {
      super.updateItem(item, empty);
      List<String> classes = setup.classes().get();
      if (empty || item == null || item >= classes.size()) {
        setGraphic(null);
        return;
      }
      box.setText(classes.get(item));
      box.setSelected(ticked.contains(item));
      setGraphic(box);
    }
  }
}
