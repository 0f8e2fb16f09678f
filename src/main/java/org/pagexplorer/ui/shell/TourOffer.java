package org.pagexplorer.ui.shell;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.ui.control.Buttons;

/** Offers the tour to who opens the window for the first time. */
final class TourOffer extends HBox {

  TourOffer(Tour tour) {
    super(8);
    setId("tour-offer");
    setAlignment(Pos.CENTER_LEFT);
    getStyleClass().add("notice");
    setMaxWidth(Region.USE_PREF_SIZE);
    Label words = new Label("New here? A tour shows the window in five steps.");
    words.setMinWidth(Region.USE_PREF_SIZE);
    HBox.setHgrow(words, Priority.ALWAYS);
    Button begin =
        Buttons.of(
            "tour-begin",
            "Take the tour",
            "Five steps on the real screen, which can be left at any time",
            tour::begin);
    begin.getStyleClass().add("small");
    begin.setMinWidth(Region.USE_PREF_SIZE);
    Button close =
        Buttons.flat(
            "tour-decline",
            "mdi2c-close",
            "Not now; the tour stays under Help",
            () -> setVisible(false));
    getChildren().addAll(new FontIcon("mdi2m-map-marker-path"), words, begin, close);
    managedProperty().bind(visibleProperty());
  }
}
