package org.pagexplorer.ui.shell;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.pagexplorer.ui.control.Buttons;

/** Offers the tour to who opens the window for the first time, where it covers nothing. */
final class TourOffer extends HBox {

  TourOffer(Tour tour) {
    super(8);
    setId("tour-offer");
    setAlignment(Pos.CENTER_LEFT);
    Label words = new Label("New here?");
    words.setMinWidth(Region.USE_PREF_SIZE);
    Button begin =
        Buttons.of(
            "tour-begin",
            "Take the tour of five steps",
            "On the real screen; you can leave it at any time",
            tour::begin);
    begin.getStyleClass().addAll("small", "accent");
    begin.setMinWidth(Region.USE_PREF_SIZE);
    Button close =
        Buttons.flat(
            "tour-decline",
            "mdi2c-close",
            "Not now; the tour stays under Help",
            () -> setVisible(false));
    close.getStyleClass().add("small");
    getChildren().addAll(words, begin, close);
    managedProperty().bind(visibleProperty());
  }
}
