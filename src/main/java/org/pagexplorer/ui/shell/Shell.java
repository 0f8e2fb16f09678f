package org.pagexplorer.ui.shell;

import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** The window's outlines, which are painted at once: its screens come a moment later. */
final class Shell extends BorderPane {
  private static final double RAIL_WIDTH = 80;
  private static final double STATUS_HEIGHT = 37;

  Shell() {
    Region rail = outline("rail");
    rail.setPrefWidth(RAIL_WIDTH);
    Region models = outline("model-pane");
    Region status = outline("status-line");
    status.setPrefHeight(STATUS_HEIGHT);
    setLeft(new HBox(rail, models));
    setBottom(status);
  }

  private static Region outline(String style) {
    Region region = new Region();
    region.getStyleClass().add(style);
    return region;
  }
}
