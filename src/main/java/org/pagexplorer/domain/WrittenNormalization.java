package org.pagexplorer.domain;

import java.util.List;
import java.util.stream.Stream;

/**
 * A mean and a std as people write them: of pixels in [0, 1], or both of pixels in 0 to 255, which
 * are divided by 255.
 *
 * @param isDivided whether they were
 */
public record WrittenNormalization(Normalization normalization, boolean isDivided) {
  /** Means up to 1 and standard deviations up to this are of pixels in [0, 1]. */
  private static final double LARGEST_OF_UNIT = 10;

  private static final double LEVELS = 255;

  /**
   * Takes values, one a channel.
   *
   * @param meanName what the sentence calls the means, for instance {@code --mean}
   * @param stdName what it calls the stds
   * @throws UserException if they are of neither, or not as many of one as of the other
   */
  public static WrittenNormalization of(
      List<Double> mean, List<Double> std, String meanName, String stdName) {
    if (mean.size() != std.size()) {
      throw new UserException(
          "%s has %d values but %s has %d: give one per channel."
              .formatted(meanName, mean.size(), stdName, std.size()));
    }
    boolean positive = std.stream().allMatch(value -> value > 0);
    if (positive && all(mean, -1, 1) && all(std, 0, LARGEST_OF_UNIT)) {
      return new WrittenNormalization(new Normalization(mean, std), false);
    }
    boolean large = all(mean, 0, LEVELS) && largest(mean) > LARGEST_OF_UNIT;
    boolean zero = all(mean, 0, 0) && all(std, LARGEST_OF_UNIT, LEVELS);
    if (zero || large && all(std, 1, LEVELS)) {
      return new WrittenNormalization(new Normalization(divided(mean), divided(std)), true);
    }
    throw new UserException(
        "%s %s and %s %s are neither of pixels in [0, 1] nor both of pixels in 0 to 255; write them for [0, 1], as 0.49 or 125/255."
            .formatted(meanName, words(mean), stdName, words(std)));
  }

  /**
   * Numbers of a typed list, as {@code 0.49, 0.48, 0.45}, {@code 125/255 123/255 114/255}, or
   * copied with its brackets.
   *
   * @throws UserException if there is something else in it
   */
  public static List<Double> values(String text) {
    String bare = text.replaceAll("[\\[\\](){}]", " ").replaceAll("\\s*/\\s*", "/").strip();
    return Stream.of(bare.split("[,;\\s]+", -1))
        .filter(word -> !word.isEmpty())
        .map(WrittenNormalization::value)
        .toList();
  }

  private static double value(String word) {
    double value = WrittenNumber.parsePixels(word);
    if (Double.isNaN(value)) {
      throw new UserException(
          "\"%s\" is not a number: write one per channel, as 0.49 or 125/255.".formatted(word));
    }
    return value;
  }

  private static boolean all(List<Double> values, double low, double high) {
    return values.stream().allMatch(value -> value >= low && value <= high);
  }

  private static double largest(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  private static List<Double> divided(List<Double> values) {
    return values.stream().map(value -> value / LEVELS).toList();
  }

  /** With four digits each. */
  public static String words(List<Double> values) {
    return String.join(",", values.stream().map("%.4g"::formatted).toList());
  }
}
