package org.pagexplorer.ui.toy;

import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.lab.toy.Region;

/**
 * What a panel is to show next.
 *
 * @param region of the plane
 * @param width of the panel, in pixels, at least 2
 * @param height of the panel
 * @param coarse whether a coarser field will do, as while the boundary moves
 * @param painter of the background
 * @param attack of the attacked accuracy and of the paths
 * @param numbers whether the test points are measured
 * @param arrows whether gradients are shown
 * @param click where paths begin, if anywhere
 */
record FrameRequest(
    Region region,
    int width,
    int height,
    boolean coarse,
    FieldPainter painter,
    AttackSpecification attack,
    boolean numbers,
    boolean arrows,
    @Nullable Click click) {

  /** A moving boundary is evaluated at every fourth pixel and interpolated. */
  private static final int COARSENESS = 4;

  /** Its background is painted at half the size: the line over it is sharp all the same. */
  private static final int COARSE_PIXELS = 2;

  private static final int FEWEST = 40;

  /** Of the background's pixels. */
  int pixelWidth() {
    return coarse ? Math.max(2, width / COARSE_PIXELS) : width;
  }

  int pixelHeight() {
    return coarse ? Math.max(2, height / COARSE_PIXELS) : height;
  }

  int columns() {
    return coarse ? Math.max(FEWEST, width / COARSENESS) : width;
  }

  int rows() {
    return coarse ? Math.max(FEWEST, height / COARSENESS) : height;
  }
}
