package org.pagexplorer.ui.attack;

import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Tooltip;
import org.controlsfx.control.CheckComboBox;

/** Which classes are columns. */
public final class TargetChoice extends CheckComboBox<String> {
  private final AttackSetup setup;
  private boolean filling;

  public TargetChoice(AttackSetup setup) {
    this.setup = setup;
    setId("targets");
    setPrefWidth(130);
    setTooltip(new Tooltip("The classes to move towards; every one is a column"));
    disableProperty().bind(setup.settings().targetedProperty().not());
    getCheckModel()
        .getCheckedIndices()
        .addListener((ListChangeListener<Integer>) change -> chosen());
    setup.targets().addListener((ListChangeListener<Integer>) change -> fill());
    fill();
  }

  /** Shows the model's classes and which of them are columns. */
  private void fill() {
    filling = true;
    getCheckModel().clearChecks(); // first: ticks beyond the end of a shorter list are an error
    if (!getItems().equals(setup.classes().get())) {
      getItems().setAll(setup.classes().get());
    }
    // Before the ticks: a change of them alone makes the box show its title anew.
    int all = getItems().size();
    setTitle(setup.targets().size() == all ? "all " + all : setup.targets().size() + " of " + all);
    setup.targets().forEach(target -> getCheckModel().check(target));
    filling = false;
  }

  private void chosen() {
    List<Integer> checked = getCheckModel().getCheckedIndices().stream().sorted().toList();
    // A grid has at least one column: the last tick stays.
    if (!filling && !checked.equals(setup.targets())) {
      if (checked.isEmpty()) {
        fill();
      } else {
        setup.targets().setAll(checked);
      }
    }
  }
}
