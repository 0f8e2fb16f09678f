package org.pagexplorer.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.pagexplorer.dataset.ClassMeans;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.NearestRows;
import org.pagexplorer.engine.TorchEngine;

/** How the ground-truth gradients of Eq. 1 come about (section 4); one record a method. */
public sealed interface Realization {

  Method method();

  /** Its parameters by their names on the command line. */
  SequencedMap<String, String> parameters();

  /**
   * Computes what does not change over a training; close the result after use.
   *
   * @throws UserException if the images do not do
   */
  default GroundTruth prepare(Dataset train, TorchEngine engine) {
    return prepare(train, train, engine, () -> {});
  }

  /**
   * The same for images that were not trained on: representatives of {@code train}, chosen for each
   * image of {@code asked}.
   *
   * @param asked of the same shape and classes; {@code train} itself in a training
   * @param check called before every image that is looked at; what it throws ends the preparation
   */
  GroundTruth prepare(Dataset train, Dataset asked, TorchEngine engine, Runnable check);

  /** A check that ends a preparation with a {@link CancellationException}. */
  static Runnable unless(BooleanSupplier cancelled) {
    return () -> {
      if (cancelled.getAsBoolean()) {
        throw new CancellationException();
      }
    };
  }

  /** Each class's mean image, scaled to an image-like norm. */
  record ClassMean() implements Realization {
    @Override
    public Method method() {
      return Method.CLASS_MEAN;
    }

    @Override
    public SequencedMap<String, String> parameters() {
      return new LinkedHashMap<>();
    }

    @Override
    public GroundTruth prepare(Dataset train, Dataset asked, TorchEngine engine, Runnable check) {
      ClassMeans means = ClassMeans.of(train, check);
      return new GroundTruth.Representatives(
          (image, target) -> means.of(target), Map.of("mean-scale", String.valueOf(means.scale())));
    }
  }

  /**
   * One image a class.
   *
   * @param images an index a class; empty for the image nearest to its class's mean (chosen)
   */
  record OneImage(List<Integer> images) implements Realization {
    public OneImage {
      images = List.copyOf(images);
    }

    @Override
    public Method method() {
      return Method.ONE_IMAGE;
    }

    @Override
    public SequencedMap<String, String> parameters() {
      return new LinkedHashMap<>();
    }

    @Override
    public GroundTruth prepare(Dataset train, Dataset asked, TorchEngine engine, Runnable check) {
      int[] chosen =
          images.isEmpty()
              ? ClassMeans.nearestImages(train, check)
              : images.stream().mapToInt(Integer::intValue).toArray();
      check(chosen, train);
      List<float[]> representatives = new ArrayList<>();
      for (int index : chosen) {
        representatives.add(train.image(index).pixels());
      }
      return new GroundTruth.Representatives(
          (image, target) -> representatives.get(target),
          Map.of("images-of-classes", words(chosen)));
    }

    private static void check(int[] chosen, Dataset train) {
      List<String> classes = train.classes();
      if (chosen.length != classes.size()) {
        throw new UserException(
            "One Image needs one image per class: %d indices were given for %d classes."
                .formatted(chosen.length, classes.size()));
      }
      for (int c = 0; c < chosen.length; c++) {
        if (chosen[c] < 0 || chosen[c] >= train.size() || train.label(chosen[c]) != c) {
          throw new UserException(
              "Training image %d is not a %s: choose an index of that class among %d images."
                  .formatted(chosen[c], classes.get(c), train.size()));
        }
      }
    }

    private static String words(int[] indices) {
      return String.join(",", IntStream.of(indices).mapToObj(String::valueOf).toList());
    }
  }

  /**
   * The nearest image, never the image itself, of a sample D_y of each class.
   *
   * @param sample size of each D_y, drawn without repetition; at least 2
   * @param seed draws them
   */
  record NearestNeighbor(int sample, long seed) implements Realization {
    public NearestNeighbor {
      if (sample < 2) {
        throw new IllegalArgumentException("the neighbors' sample needs at least 2 images");
      }
    }

    @Override
    public Method method() {
      return Method.NEAREST_NEIGHBOR;
    }

    @Override
    public SequencedMap<String, String> parameters() {
      return new LinkedHashMap<>(Map.of("neighbors", String.valueOf(sample)));
    }

    @Override
    public GroundTruth prepare(Dataset train, Dataset asked, TorchEngine engine, Runnable check) {
      List<float[][]> samples = new ArrayList<>();
      List<int[]> nearest = new ArrayList<>();
      SplittableRandom random = new SplittableRandom(seed);
      for (int c = 0; c < train.classes().size(); c++) {
        int[] drawn = ofClass(train, c, sample, random);
        float[][] pixels = new float[drawn.length][];
        Map<Integer, Integer> place = new LinkedHashMap<>();
        for (int i = 0; i < drawn.length; i++) {
          check.run();
          pixels[i] = train.image(drawn[i]).pixels();
          place.put(drawn[i], i);
        }
        samples.add(pixels);
        nearest.add(
            NearestRows.of(
                engine,
                asked.size(),
                checked(asked, check),
                pixels,
                i -> asked == train ? place.getOrDefault(i, -1) : -1));
      }
      return new GroundTruth.Representatives(
          (image, target) -> samples.get(target)[nearest.get(target)[image]], Map.of());
    }
  }

  /**
   * The nearest of the means of k clusters of each class, scaled to an image-like norm: what
   * section 4.2 proposes to try.
   *
   * @param clusters k, at least 1
   * @param seed draws the first centers
   */
  record ClusterMean(int clusters, long seed) implements Realization {
    public ClusterMean {
      if (clusters < 1) {
        throw new IllegalArgumentException("a class needs at least 1 cluster");
      }
    }

    @Override
    public Method method() {
      return Method.CLUSTER_MEAN;
    }

    @Override
    public SequencedMap<String, String> parameters() {
      return new LinkedHashMap<>(Map.of("clusters", String.valueOf(clusters)));
    }

    @Override
    public GroundTruth prepare(Dataset train, Dataset asked, TorchEngine engine, Runnable check) {
      List<float[][]> centers = new ArrayList<>();
      List<int[]> nearest = new ArrayList<>();
      SplittableRandom random = new SplittableRandom(seed);
      for (int c = 0; c < train.classes().size(); c++) {
        int[] members = ofClass(train, c, Integer.MAX_VALUE, random);
        float[][] own = KMeans.centers(engine, train, members, clusters, check);
        centers.add(own);
        nearest.add(NearestRows.of(engine, asked.size(), checked(asked, check), own, i -> -1));
      }
      double scale = KMeans.scaleToImages(train, centers, check);
      return new GroundTruth.Representatives(
          (image, target) -> centers.get(target)[nearest.get(target)[image]],
          Map.of("mean-scale", String.valueOf(scale)));
    }
  }

  /**
   * A robust teacher's input-gradients.
   *
   * @param name of the teacher, for the card
   * @param sha256 of its file
   * @param load puts it onto a device, in eval mode
   */
  record Rigd(String name, String sha256, Function<TorchEngine, Classifier> load)
      implements Realization {
    @Override
    public Method method() {
      return Method.RIGD;
    }

    @Override
    public SequencedMap<String, String> parameters() {
      SequencedMap<String, String> parameters = new LinkedHashMap<>();
      parameters.put("teacher", name);
      parameters.put("teacher-sha256", sha256);
      return parameters;
    }

    @Override
    public GroundTruth prepare(Dataset train, Dataset asked, TorchEngine engine, Runnable check) {
      check.run();
      return new GroundTruth.Teacher(load.apply(engine), Map.of());
    }
  }

  /**
   * Gradients from a file: the authors' score-based ones, or what {@code pag gradients} wrote.
   *
   * @param path of the file
   * @param hash of it
   * @param isHashedWhole or of evenly spaced parts of it
   */
  record FromFile(Path path, String hash, boolean isHashedWhole) implements Realization {
    /** Gradients of a file that are looked at before a training. */
    private static final int LOOKED_AT = 1024;

    /**
     * Looks at the file's header, its hash, and some of its numbers.
     *
     * @throws UserException in a sentence, if it does not hold finite gradients of these images
     */
    public static FromFile of(Path path, Dataset train) {
      try (GradientFile file = GradientFile.open(path)) {
        new GradientRows(file, train).check();
        long last = file.count() - 1;
        for (int k = 0; k < Math.min(LOOKED_AT, file.count()); k++) {
          long place = last < LOOKED_AT ? k : Math.round((double) k / (LOOKED_AT - 1) * last);
          var _ = file.read(place);
        }
        return new FromFile(path, file.hash(), file.isHashedWhole());
      }
    }

    @Override
    public Method method() {
      return Method.FROM_FILE;
    }

    @Override
    public SequencedMap<String, String> parameters() {
      SequencedMap<String, String> parameters = new LinkedHashMap<>();
      parameters.put("gradients", String.valueOf(path.getFileName()));
      parameters.put(isHashedWhole ? "gradients-sha256" : "gradients-sampled-sha256", hash);
      return parameters;
    }

    @Override
    public GroundTruth prepare(Dataset train, Dataset asked, TorchEngine engine, Runnable check) {
      check.run();
      GradientFile file = GradientFile.open(path);
      boolean opened = false;
      try {
        GradientRows rows = new GradientRows(file, asked);
        rows.check();
        GroundTruth stored = new GroundTruth.Stored(file, rows.firsts(), rows.columns());
        opened = true;
        return stored;
      } finally {
        if (!opened) {
          file.close();
        }
      }
    }
  }

  private static IntFunction<float[]> checked(Dataset images, Runnable check) {
    return i -> {
      check.run();
      return images.image(i).pixels();
    };
  }

  /** So many images of a class, shuffled; all of them if it has no more. */
  private static int[] ofClass(Dataset train, int label, int most, SplittableRandom random) {
    int[] all = IntStream.range(0, train.size()).filter(i -> train.label(i) == label).toArray();
    if (all.length < 2) {
      throw new UserException(
          "The class \"%s\" of %s has fewer than two images; use more images."
              .formatted(train.classes().get(label), train.name()));
    }
    for (int i = all.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = all[i];
      all[i] = all[j];
      all[j] = kept;
    }
    return java.util.Arrays.copyOf(all, Math.min(most, all.length));
  }
}
