package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.SaliencyMap;
import org.pagexplorer.domain.SaliencyMap.Completeness;
import org.pagexplorer.domain.SaliencyMethod;
import org.pagexplorer.domain.SaliencySpecification;

/**
 * Gradients as people look at them: which pixels a class's score depends on, by the methods of
 * {@link SaliencyMethod}. All but Grad-CAM are weighted means of gradients at several points.
 */
public final class Saliency {
  private final Classifier f;
  private final SaliencySpecification spec;
  private final SaliencyPoints points;
  private int batch;

  /**
   * @param batch how many gradients to take at once, at least 1; halved where the device's memory
   *     does not suffice
   */
  public Saliency(Classifier classifier, SaliencySpecification specification, int batch) {
    f = classifier;
    spec = specification;
    points = new SaliencyPoints(specification, classifier.normalization());
    this.batch = Math.max(1, batch);
  }

  /**
   * Looks before the work.
   *
   * @throws org.pagexplorer.domain.UserException if the network has no such layer for Grad-CAM
   */
  public static void check(Architecture architecture, SaliencySpecification specification) {
    if (specification.method() == SaliencyMethod.GRAD_CAM) {
      GradCam.layer(architecture, specification.layer());
    }
  }

  /**
   * Computes the maps.
   *
   * @param images N images of the classifier's shape
   * @param classes N classes
   * @param observer told how many gradients are taken, of N · {@link
   *     SaliencySpecification#gradients()}
   * @return N maps, or nothing if the observer cancelled
   * @throws org.pagexplorer.domain.UserException if the network has no layer for Grad-CAM
   */
  public Optional<List<SaliencyMap>> of(
      List<Image> images, int[] classes, AttackObserver observer) {
    if (images.size() != classes.length) {
      throw new IllegalArgumentException(images.size() + " images, " + classes.length + " classes");
    }
    return spec.method() == SaliencyMethod.GRAD_CAM
        ? gradCam(images, classes, observer)
        : means(images, classes, observer);
  }

  /** One image toward one class; nothing if the observer cancelled. */
  public Optional<SaliencyMap> of(Image image, int target, AttackObserver observer) {
    return of(List.of(image), new int[] {target}, observer).map(List::getFirst);
  }

  private Optional<List<SaliencyMap>> gradCam(
      List<Image> images, int[] classes, AttackObserver observer) {
    GradCam cam = new GradCam(f, spec.layer());
    List<SaliencyMap> maps = new ArrayList<>();
    while (maps.size() < images.size()) {
      int from = maps.size();
      if (observer.isCancelled()) {
        return Optional.empty();
      }
      observer.step(from);
      int to = Math.min(images.size(), from + batch);
      try {
        cam.of(images.subList(from, to), Arrays.copyOfRange(classes, from, to))
            .forEach(map -> maps.add(new SaliencyMap(map, Optional.empty())));
      } catch (RuntimeException e) {
        batch = OutOfMemory.half(e, to - from);
      }
    }
    return Optional.of(maps);
  }

  private Optional<List<SaliencyMap>> means(
      List<Image> images, int[] classes, AttackObserver observer) {
    int each = spec.gradients();
    long total = (long) images.size() * each;
    List<SaliencyMap> maps = new ArrayList<>();
    SoftmaxMean mean = new SoftmaxMean(size());
    for (long from = 0; from < total; ) {
      if (observer.isCancelled()) {
        return Optional.empty();
      }
      observer.step((int) Math.min(from, Integer.MAX_VALUE));
      int count = (int) Math.min(total - from, batch);
      Gradients found;
      try {
        found = gradients(images, classes, from, count);
      } catch (RuntimeException e) {
        batch = OutOfMemory.half(e, count);
        continue;
      }
      for (int j = 0; j < count; j++) {
        int i = (int) ((from + j) / each);
        int k = (int) ((from + j) % each);
        mean.add(points.logWeight(k, found.scores[j]), found.gradients, j * size());
        if (k == each - 1) {
          maps.add(map(images.get(i), classes[i], mean.mean()));
          mean = new SoftmaxMean(size());
        }
      }
      from += count;
    }
    return Optional.of(maps);
  }

  private int size() {
    return f.architecture().input().size();
  }

  /** Scores of some points and their gradients, one after the other. */
  private record Gradients(float[] scores, float[] gradients) {}

  private Gradients gradients(List<Image> images, int[] classes, long from, int count) {
    int each = spec.gradients();
    float[] pixels = new float[Math.multiplyExact(count, size())];
    int[] wanted = new int[count];
    for (int j = 0; j < count; j++) {
      int i = (int) ((from + j) / each);
      float[] point = points.at(images.get(i), classes[i], (int) ((from + j) % each));
      System.arraycopy(point, 0, pixels, j * size(), size());
      wanted[j] = classes[i];
    }
    try (NDManager scratch = f.engine().manager().newSubManager()) {
      NDArray x = scratch.create(pixels, new Shape(count).addAll(f.shape()));
      x.setRequiresGradient(true);
      NDArray scores = scores(f.logits(x), wanted);
      float[] values = scores.stopGradient().toFloatArray();
      NDArray gradient = f.engine().autograd().gradient(scores.sum(), x);
      return new Gradients(values, gradient.toFloatArray());
    }
  }

  /** What is differentiated; log p by way of the odds, since 1 − p is lost in float32. */
  private NDArray scores(NDArray logits, int[] classes) {
    Autograd autograd = f.engine().autograd();
    return switch (spec.method()) {
      case GRADIENT, SMOOTHGRAD, INTEGRATED_GRADIENTS, GRAD_CAM ->
          CrossEntropy.ofClass(logits, classes);
      case LOSS -> autograd.softplus(autograd.logOddsAgainst(logits, classes));
      case LOG_PROBABILITY, SMOOTHED ->
          autograd.softplus(autograd.logOddsAgainst(logits, classes)).neg();
    };
  }

  private SaliencyMap map(Image image, int target, double[] mean) {
    float[] factors = points.factors(image);
    float[] values = new float[mean.length];
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean[i] * factors[i]);
      sum += mean[i] * factors[i];
    }
    Image map = new Image(image.shape(), values);
    if (spec.method() != SaliencyMethod.INTEGRATED_GRADIENTS) {
      return new SaliencyMap(map, Optional.empty());
    }
    List<float[]> ends = f.logits(List.of(points.baseline(image), image));
    double gain = (double) ends.get(1)[target] - ends.get(0)[target];
    return new SaliencyMap(map, Optional.of(new Completeness(sum, gain)));
  }
}
