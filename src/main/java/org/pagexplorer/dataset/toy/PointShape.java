package org.pagexplorer.dataset.toy;

import java.util.SplittableRandom;
import org.pagexplorer.domain.Named;

/**
 * Where points are drawn from. All shapes span about the same part of the plane as the paper's
 * line, so that its learning rate suits them all.
 */
public enum PointShape implements Named {
  /** The paper's section C.1: six modes on x₂ = 2x₁, x₁ ~ N(c, 1). */
  LINE("Paper's line", 3000),
  /** The paper's line with N(0, 3) across it: the manifold has some width. */
  NOISY_LINE("Noisy line", 3000),
  /** Two interleaved half circles. */
  MOONS("Two moons", 1000),
  /** A circle inside another. */
  CIRCLES("Circles", 1000),
  /** Two arms of one and a half turns. */
  SPIRALS("Spirals", 1000),
  /** A Gaussian cloud a class. */
  BLOBS("Blobs", 1000);

  /** Centers of the modes of class 0; those of class 1 are 20 further on (section C.1). */
  private static final double[] CENTERS = {-50, -10, 30};

  private static final double BETWEEN_CLASSES = 20;

  private final String title;
  private final int trainingPoints;

  PointShape(String title, int trainingPoints) {
    this.title = title;
    this.trainingPoints = trainingPoints;
  }

  @Override
  public String title() {
    return title;
  }

  /** Training points a class; the paper has 3,000. */
  public int trainingPoints() {
    return trainingPoints;
  }

  /**
   * The shape of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static PointShape of(String id) {
    return Named.of(values(), "points", id);
  }

  /** Whether all points lie along x₂ = 2x₁. */
  public boolean isLine() {
    return this == LINE || this == NOISY_LINE;
  }

  /**
   * Draws points, class 0 first.
   *
   * @param perClass points a class; of the line, a third a mode
   */
  public PointSet draw(int perClass, SplittableRandom random) {
    float[] xy = new float[4 * perClass];
    int[] labels = new int[2 * perClass];
    for (int i = 0; i < labels.length; i++) {
      int label = i / perClass;
      int within = i % perClass;
      double[] point = draw(label, within, perClass, random);
      xy[2 * i] = (float) point[0];
      // As the paper writes it, so that points of the line lie on it to the last bit.
      xy[2 * i + 1] = this == LINE ? 2 * xy[2 * i] : (float) point[1];
      labels[i] = label;
    }
    return new PointSet(xy, labels);
  }

  private double[] draw(int label, int within, int perClass, SplittableRandom random) {
    double share = (within + 0.5) / perClass;
    return switch (this) {
      case LINE -> onLine(label, within, random);
      case NOISY_LINE -> {
        double[] on = onLine(label, within, random);
        double across = 3 * random.nextGaussian() / Math.sqrt(5);
        yield new double[] {on[0] - 2 * across, on[1] + across};
      }
      case MOONS -> {
        double angle = Math.PI * share;
        double x = label == 0 ? Math.cos(angle) - 0.5 : 0.5 - Math.cos(angle);
        double y = label == 0 ? Math.sin(angle) - 0.25 : 0.25 - Math.sin(angle);
        yield noisy(60 * x, 60 * y, 4, random);
      }
      case CIRCLES -> {
        double angle = 2 * Math.PI * share;
        double radius = label == 0 ? 30 : 75;
        yield noisy(radius * Math.cos(angle), radius * Math.sin(angle), 4, random);
      }
      case SPIRALS -> {
        double radius = 15 + 75 * Math.sqrt(share);
        double angle = 3 * Math.PI * Math.sqrt(share) + Math.PI * label;
        yield noisy(radius * Math.cos(angle), radius * Math.sin(angle), 2, random);
      }
      case BLOBS -> noisy(label == 0 ? -40 : 40, label == 0 ? -25 : 25, 12, random);
    };
  }

  private static double[] onLine(int label, int within, SplittableRandom random) {
    double center = CENTERS[within % CENTERS.length] + BETWEEN_CLASSES * label;
    double x = center + random.nextGaussian();
    return new double[] {x, 2 * x};
  }

  private static double[] noisy(double x, double y, double deviation, SplittableRandom random) {
    return new double[] {
      x + deviation * random.nextGaussian(), y + deviation * random.nextGaussian()
    };
  }
}
