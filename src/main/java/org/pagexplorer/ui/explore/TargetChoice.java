package org.pagexplorer.ui.explore;

import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Tooltip;
import org.controlsfx.control.CheckComboBox;

/** Which classes are columns. */
final class TargetChoice extends CheckComboBox<String> {
  private final ExploreViewModel model;
  private boolean filling;

  TargetChoice(ExploreViewModel model) {
    this.model = model;
    setId("targets");
    setPrefWidth(130);
    setTooltip(new Tooltip("The classes to move towards; every one is a column"));
    disableProperty().bind(model.settings().targetedProperty().not());
    getCheckModel()
        .getCheckedIndices()
        .addListener((ListChangeListener<Integer>) change -> chosen());
    model.targets().addListener((ListChangeListener<Integer>) change -> fill());
    fill();
  }

  /** Shows the model's classes and which of them are columns. */
  private void fill() {
    filling = true;
    if (!getItems().equals(model.classes())) {
      getItems().setAll(model.classes());
    }
    // Before the ticks: a change of them alone makes the box show its title anew.
    int all = getItems().size();
    setTitle(model.targets().size() == all ? "all " + all : model.targets().size() + " of " + all);
    getCheckModel().clearChecks();
    model.targets().forEach(target -> getCheckModel().check(target));
    filling = false;
  }

  private void chosen() {
    List<Integer> checked = getCheckModel().getCheckedIndices().stream().sorted().toList();
    // A grid has at least one column: the last tick stays.
    if (!filling && !checked.equals(model.targets())) {
      if (checked.isEmpty()) {
        fill();
      } else {
        model.targets().setAll(checked);
      }
    }
  }
}
