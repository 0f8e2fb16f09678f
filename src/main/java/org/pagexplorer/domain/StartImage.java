package org.pagexplorer.domain;

import java.util.Locale;

/** An image that is no picture of anything, to begin an attack at. */
public sealed interface StartImage {
  /** What the texts of {@link #parse} look like. */
  String FORMS =
      "gray, noise, gaussian-noise, class-mean:CLASS, or class-gaussian:CLASS, each of the random"
          + " ones with :SEED";

  /** What a seed looks like. */
  String SEED = "\\d{1,18}";

  /** ½ everywhere. */
  record Gray() implements StartImage {}

  /**
   * Every value on its own: uniform in [0, 1], or normal with mean ½ and standard deviation ¼,
   * clipped to [0, 1].
   */
  record Noise(boolean gaussian, long seed) implements StartImage {}

  /** The mean of a dataset's images of a class. */
  record ClassMean(String className) implements StartImage {}

  /**
   * A sample of the normal distribution with the mean and the covariance of a dataset's images of a
   * class (Santurkar et al. 2019, section 3.1), clipped to [0, 1].
   */
  record ClassGaussian(String className, long seed) implements StartImage {}

  /**
   * The start image of a text, such as {@code class-gaussian:cat:3}; without a seed, of seed 0.
   *
   * @throws UserException if it is none
   */
  static StartImage parse(String text) {
    int colon = text.indexOf(':');
    String kind = (colon < 0 ? text : text.substring(0, colon)).strip();
    String rest = colon < 0 ? "" : text.substring(colon + 1).strip();
    int last = rest.lastIndexOf(':');
    boolean seeded = last > 0 && rest.substring(last + 1).matches(SEED);
    boolean plain = rest.isEmpty() || rest.matches(SEED);
    if (kind.equals("gray") && rest.isEmpty()) {
      return new Gray();
    } else if ((kind.equals("noise") || kind.equals("gaussian-noise")) && plain) {
      return new Noise(kind.startsWith("g"), rest.isEmpty() ? 0 : Long.parseLong(rest));
    } else if (kind.equals("class-mean") && !rest.isEmpty()) {
      return new ClassMean(rest);
    } else if (kind.equals("class-gaussian") && !rest.isEmpty()) {
      return new ClassGaussian(
          seeded ? rest.substring(0, last) : rest,
          seeded ? Long.parseLong(rest.substring(last + 1)) : 0);
    }
    throw new UserException("\"%s\" is not a start image: write %s.".formatted(text, FORMS));
  }

  /** As it is parsed. */
  default String text() {
    return switch (this) {
      case Gray _ -> "gray";
      case Noise noise -> (noise.gaussian() ? "gaussian-noise:" : "noise:") + noise.seed();
      case ClassMean mean -> "class-mean:" + mean.className();
      case ClassGaussian sample -> "class-gaussian:" + sample.className() + ":" + sample.seed();
    };
  }

  /** For below a picture. */
  default String title() {
    return switch (this) {
      case Gray _ -> "gray";
      case Noise noise ->
          String.format(
              Locale.ROOT, "%snoise %d", noise.gaussian() ? "Gaussian " : "", noise.seed());
      case ClassMean mean -> "mean of " + mean.className();
      case ClassGaussian sample -> "%s sample %d".formatted(sample.className(), sample.seed());
    };
  }

  /** Where there is room for a sentence's part. */
  default String words() {
    return switch (this) {
      case Gray _ -> title();
      case Noise noise ->
          "%s, seed %d".formatted(noise.gaussian() ? "Gaussian noise" : "noise", noise.seed());
      case ClassMean _ -> title();
      case ClassGaussian sample ->
          "sample of %s, seed %d".formatted(sample.className(), sample.seed());
    };
  }

  /** Whether a dataset is needed to make it. */
  default boolean isOfClass() {
    return this instanceof ClassMean || this instanceof ClassGaussian;
  }
}
