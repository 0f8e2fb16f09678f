package org.pagexplorer.lab.saliency;

import java.util.Arrays;
import java.util.List;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Named;

/** The value that is shown in full color. */
public enum SaliencyScale implements Named {
  /** One value a method, for all models and images: pictures can be compared with each other. */
  COMMON,
  /** Each picture has its own: shows the pattern of small gradients, and nothing of their size. */
  OWN;

  /** Larger values, one in a hundred, are clipped: a few pixels would darken all others. */
  private static final double QUANTILE = 0.99;

  /**
   * The 99th percentile of all absolute values together.
   *
   * @return above 0, also where all values are 0
   */
  public static double of(List<Image> maps) {
    int count = maps.stream().mapToInt(map -> map.pixels().length).reduce(0, Math::addExact);
    float[] sizes = new float[count];
    int at = 0;
    for (Image map : maps) {
      for (float value : map.pixels()) {
        sizes[at++] = Float.isFinite(value) ? Math.abs(value) : 0;
      }
    }
    Arrays.sort(sizes);
    double found = sizes[(int) Math.ceil(QUANTILE * count) - 1];
    double largest = sizes[count - 1];
    return found > 0 ? found : largest > 0 ? largest : 1;
  }
}
