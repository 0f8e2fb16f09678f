package org.pagexplorer.lab.alignment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.RowSearch;
import org.pagexplorer.engine.TorchEngine;

/**
 * Random steps on and off the manifold of images (Srinivas et al. 2023, as their code has it):
 * noise is projected onto an image's local subspace and onto its orthogonal complement, and both
 * are scaled to one length. Their subspace is that of an autoencoder with 128 latent dimensions;
 * this one, for which nothing is trained, is spanned by the differences between an image and its
 * 128 nearest training images.
 */
final class LocalSubspaces implements AutoCloseable {
  static final int DIMENSION = 128;

  /**
   * Training images that are searched at most: they stay in memory, here and on the device, 123 MB
   * each.
   */
  private static final int MOST_CANDIDATES = 10_000;

  private static final long MOST_VALUES = 32L << 20;

  private final float[][] candidates;
  private final RowSearch search;
  private final long seed;
  private final double epsilon;

  /**
   * A step from an image on its local subspace and one orthogonal to it, both of the same L2 norm.
   *
   * @param on zero where the subspace is a point
   * @param off zero where the subspace is everything
   */
  record Steps(float[] on, float[] off) {}

  /**
   * @param train where neighbors are looked for, in as many images as fit in memory
   */
  LocalSubspaces(TorchEngine engine, Dataset train, long seed) {
    int most = (int) Math.clamp(MOST_VALUES / train.shape().size(), 2, MOST_CANDIDATES);
    Dataset some = Datasets.limit(train, most, seed);
    candidates = new float[some.size()][];
    Arrays.setAll(candidates, i -> some.image(i).pixels());
    search = new RowSearch(engine, candidates);
    this.seed = seed;
    epsilon = Presets.manifoldEpsilon(train.shape());
  }

  /** How many training images are searched. */
  int searched() {
    return candidates.length;
  }

  /**
   * The steps from some images.
   *
   * @param from the first one's place, which draws its noise
   * @return nothing if the observer cancelled
   */
  Optional<List<Steps>> of(List<Image> images, int from, AttackObserver observer) {
    float[][] pixels = images.stream().map(Image::pixels).toArray(float[][]::new);
    int[][] nearest = search.nearest(pixels, Math.min(DIMENSION, candidates.length));
    List<Steps> steps = new ArrayList<>();
    for (int i = 0; i < pixels.length; i++) {
      if (observer.isCancelled()) {
        return Optional.empty();
      }
      steps.add(steps(pixels[i], nearest[i], from + i));
    }
    return Optional.of(steps);
  }

  private Steps steps(float[] x, int[] nearest, int place) {
    Span span =
        Span.of(Arrays.stream(nearest).mapToObj(j -> difference(candidates[j], x)).toList());
    SplittableRandom random =
        new SplittableRandom(seed ^ (place + 1) * 0x9E3779B97F4A7C15L).split();
    double[] noise = new double[x.length];
    Arrays.setAll(noise, _ -> random.nextGaussian());
    double[] off = span.without(noise);
    double[] on = new double[x.length];
    Arrays.setAll(on, j -> noise[j] - off[j]);
    boolean full = span.dimension() == x.length;
    return new Steps(
        span.dimension() == 0 ? new float[x.length] : ofLength(on),
        full ? new float[x.length] : ofLength(off));
  }

  private float[] ofLength(double[] direction) {
    double factor = epsilon / Span.norm(direction);
    float[] step = new float[direction.length];
    for (int j = 0; j < step.length; j++) {
      step[j] = (float) (factor * direction[j]);
    }
    return step;
  }

  private static double[] difference(float[] a, float[] b) {
    double[] difference = new double[a.length];
    Arrays.setAll(difference, j -> (double) a[j] - b[j]);
    return difference;
  }

  @Override
  public void close() {
    search.close();
  }
}
