package org.pagexplorer.lab.attack;

import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.pagexplorer.dataset.ClassGaussian;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.ClassNames;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.StartImage;

/** Makes images to begin at, always the same of the same seed, dataset, and shape. */
public final class StartImages {
  private static final double DEVIATION = 0.25;

  private StartImages() {}

  /**
   * @param images asked for only where a class is needed; of that shape
   * @throws org.pagexplorer.domain.UserException if the dataset has no such class, or too few of it
   */
  public static OriginalImage of(StartImage start, InputShape shape, Supplier<Dataset> images) {
    return switch (start) {
      case StartImage.Gray _ -> named(start, new Image(shape, filled(shape, () -> 0.5)), "");
      case StartImage.Noise noise -> {
        SplittableRandom random = new SplittableRandom(noise.seed());
        DoubleSupplier values =
            noise.gaussian()
                ? () -> Math.clamp(0.5 + DEVIATION * random.nextGaussian(), 0.0, 1.0)
                : random::nextDouble;
        yield named(start, new Image(shape, filled(shape, values)), "");
      }
      case StartImage.ClassMean mean -> {
        Dataset dataset = images.get();
        int label = ClassNames.index(dataset.classes(), mean.className());
        yield named(
            new StartImage.ClassMean(ClassNames.word(dataset.classes(), label)),
            ClassGaussian.mean(dataset, label),
            dataset);
      }
      case StartImage.ClassGaussian sample -> {
        Dataset dataset = images.get();
        int label = ClassNames.index(dataset.classes(), sample.className());
        yield named(
            new StartImage.ClassGaussian(ClassNames.word(dataset.classes(), label), sample.seed()),
            ClassGaussian.sample(dataset, label, sample.seed()),
            dataset);
      }
    };
  }

  private static float[] filled(InputShape shape, DoubleSupplier values) {
    float[] pixels = new float[shape.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) values.getAsDouble();
    }
    return pixels;
  }

  private static OriginalImage named(StartImage start, ClassGaussian.Made made, Dataset dataset) {
    String images = made.count() == 1 ? "image" : "images";
    String of = " (of %,d %s of %s)".formatted(made.count(), images, dataset.name());
    return named(start, made.image(), of);
  }

  /** Its origin says how it can be made again. */
  private static OriginalImage named(StartImage start, Image image, String of) {
    return new OriginalImage(start.text() + of, start.title(), image, OptionalInt.empty(), "");
  }
}
