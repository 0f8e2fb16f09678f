package org.pagexplorer.ui.attack;

import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Bounds;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.stage.Popup;
import javafx.stage.PopupWindow;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.settings.SettingsFile;
import org.pagexplorer.lab.settings.SettingsPlace;
import org.pagexplorer.ui.support.Popups;
import org.pagexplorer.ui.support.Tips;

/** Says how many classes are columns; pressed, it opens the list of all of them. */
public final class TargetChoice extends Button {
  private final AttackSetup setup;
  private final TargetPicker picker;
  private final Popup popup;

  public TargetChoice(AttackSetup setup) {
    super("", new FontIcon("mdi2m-menu-down"));
    this.setup = setup;
    picker =
        new TargetPicker(
            setup,
            new TargetSets(
                new SettingsFile(SettingsPlace.folder()), Home.user().resolve("target-sets.json")));
    setId("targets");
    setContentDisplay(ContentDisplay.RIGHT);
    Tips.on(
        this,
        "The target classes, one column each; the paper's figures show some of CIFAR-10's ten");
    disableProperty()
        .bind(
            Bindings.createBooleanBinding(
                () -> !setup.isTargeted(),
                setup.settings().targetedProperty(),
                setup.settings().aimProperty()));
    popup = Popups.of(picker);
    setOnAction(event -> toggle());
    setup.targets().addListener((ListChangeListener<Integer>) change -> show());
    show();
  }

  private void show() {
    int all = setup.classes().get().size();
    int chosen = setup.targets().size();
    setText(chosen == all ? "all %,d".formatted(all) : "%,d of %,d".formatted(chosen, all));
  }

  private void toggle() {
    if (popup.isShowing()) {
      popup.hide();
      return;
    }
    picker.open();
    popup.getScene().getStylesheets().setAll(getScene().getStylesheets());
    Bounds own = localToScreen(getBoundsInLocal());
    popup.show(this, own.getMinX(), own.getMaxY() + 2);
    // Above the button, where the screen ends below it.
    popup.setAnchorLocation(PopupWindow.AnchorLocation.CONTENT_BOTTOM_LEFT);
    popup.setAnchorX(own.getMinX());
    popup.setAnchorY(own.getMinY() - 2);
  }
}
