package org.pagexplorer.checkpoint.importing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.TensorType;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.PlainCnn;
import org.pagexplorer.domain.UserException;

/** What a user says of a small CNN beyond its shapes. */
final class PlainAnswers {
  private static final int LARGEST = 64;

  private PlainAnswers() {}

  static boolean isPlain(ForeignModel model) {
    return model.architectures().getFirst().family().design() == Family.Design.PLAIN_CNN;
  }

  /** Its likeliest networks for images of that side; none if there is no usual one. */
  static List<Architecture> sized(ForeignModel model, int side) {
    return reading(model).architectures(side);
  }

  /**
   * Its networks of such strides and paddings.
   *
   * @param strides one for all convolutions, or one each; empty if nothing is said
   * @param paddings likewise
   * @throws UserException if the model is another, or nothing fits
   */
  static List<Architecture> of(ForeignModel model, List<Integer> strides, List<Integer> paddings) {
    Architecture first = model.architectures().getFirst();
    if (!isPlain(model)) {
      throw new UserException(
          "%s is a %s, whose strides and paddings are known: omit --stride and --padding."
              .formatted(model.file(), first.family().title()));
    }
    PlainReading reading = reading(model);
    int layers = reading.convolutions().size();
    check("--stride", strides, layers, 1, model);
    check("--padding", paddings, layers, 0, model);
    int side = first.input().height();
    List<Architecture> found = reading.architectures(side, strides, paddings);
    if (found.isEmpty()) {
      throw new UserException(
          "With such strides and paddings the last convolution of %s does not give the %d values that its first linear layer takes, for images of %d × %d: specify others, or another --input-size."
              .formatted(model.file(), reading.flat(), side, side));
    }
    return found;
  }

  private static void check(
      String option, List<Integer> numbers, int layers, int least, ForeignModel model) {
    boolean right =
        (numbers.size() <= 1 || numbers.size() == layers)
            && numbers.stream().allMatch(n -> n >= least && n <= LARGEST);
    if (!right) {
      throw new UserException(
          "%s of %s takes one number for all of its %d convolutions, or %d of them, each %d to %d."
              .formatted(option, model.file(), layers, layers, least, LARGEST));
    }
  }

  private static PlainReading reading(ForeignModel model) {
    SequencedMap<String, TensorType> own = new LinkedHashMap<>();
    model
        .tensors()
        .forEach((name, tensor) -> own.put(name, new TensorType(Dtype.F32, tensor.shape())));
    return PlainReading.of(own).orElseThrow();
  }

  /** The options that tell such networks apart, for a sentence. */
  static String question(List<Architecture> architectures) {
    List<PlainCnn> cnns = architectures.stream().map(a -> PlainCnn.of(a.family().id())).toList();
    List<String> answers =
        cnns.stream()
            .map(cnn -> "--stride %s --padding %s".formatted(cnn.strides(), cnn.paddings()))
            .distinct()
            .toList();
    return answers.size() == architectures.size()
        ? String.join(", or ", answers)
        : "--architecture "
            + architectures.stream().map(a -> a.family().id()).collect(Collectors.joining("|"));
  }
}
