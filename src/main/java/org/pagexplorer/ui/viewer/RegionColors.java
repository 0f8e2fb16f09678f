package org.pagexplorer.ui.viewer;

import javafx.scene.paint.Color;

/** Regions' colors: Okabe and Ito's (2008), which color-blind people tell apart. */
final class RegionColors {
  private static final Color[] COLORS = {
    Color.web("#E69F00"),
    Color.web("#56B4E9"),
    Color.web("#009E73"),
    Color.web("#F0E442"),
    Color.web("#CC79A7"),
    Color.web("#D55E00")
  };

  private RegionColors() {}

  static Color of(int region) {
    return COLORS[region % COLORS.length];
  }
}
