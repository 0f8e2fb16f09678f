package org.pagexplorer.ui.training;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.pagexplorer.domain.Method;

/**
 * A number of the form.
 *
 * @param option of {@code pag train}
 * @param label for people
 * @param usual the value of {@code pag train} where none is given
 * @param tip what it means
 * @param methods that have it
 */
record RunField(String option, String label, String usual, String tip, Set<Method> methods) {
  private static final Set<Method> ALL = Set.of(Method.values());
  private static final Set<Method> ALIGNED =
      ALL.stream().filter(Method::aligns).collect(Collectors.toUnmodifiableSet());

  static final List<RunField> NUMBERS =
      List.of(
          new RunField("--width", "width", "16", "channels of the first stage; the paper: 64", ALL),
          new RunField(
              "--input-size",
              "input size",
              "",
              "height and width that images are resized to; those of the first image if empty",
              ALL),
          new RunField("--epochs", "epochs", "5", "passes over the images; the paper: 100", ALL),
          new RunField("--batch", "batch", "64", "images a step", ALL),
          new RunField("--lr", "learning rate", "0.05", "the schedule's peak", ALL),
          new RunField("--momentum", "momentum", "0.9", "SGD's", ALL),
          new RunField("--weight-decay", "weight decay", "1e-4", "SGD's L2 penalty", ALL),
          new RunField(
              "--crop-padding",
              "crop padding",
              "4",
              "pixels of zeros around an image that its random crop may take in; 0 for none",
              ALL),
          new RunField(
              "--horizontal-flip",
              "horizontal flip",
              "0.5",
              "probability that an image is mirrored; 0 where left and right differ, as in digits",
              ALL),
          new RunField("--lambda", "λ", "0.4", "weight of the alignment loss, Eq. 1", ALIGNED),
          new RunField(
              "--targets-per-step",
              "targets per step",
              "1",
              "target classes drawn per image and step (empty: all, as in the paper)",
              ALIGNED),
          new RunField(
              "--neighbors",
              "neighbours",
              "100",
              "images a class that the nearest one is looked for in",
              Set.of(Method.NEAREST_NEIGHBOR)),
          new RunField("--clusters", "clusters", "10", "a class", Set.of(Method.CLUSTER_MEAN)),
          new RunField(
              "--epsilon",
              "adversary's ε",
              "0.5",
              "its radius, in pixel units of [0, 1]",
              Set.of(Method.ADVERSARIAL)),
          new RunField("--steps", "adversary's steps", "3", "of PGD", Set.of(Method.ADVERSARIAL)),
          new RunField(
              "--limit",
              "images used",
              "",
              "so many of the images, balanced over classes; all if empty",
              ALL),
          new RunField("--seed", "seed", "1", "fixes everything on a CPU", ALL),
          new RunField("--threads", "threads", "1", "PyTorch's; 0 for all cores", ALL));

  /** Whether recipes have no opinion on it: the images' size and number, the seed, the threads. */
  boolean isOfThisTraining() {
    return Set.of("--input-size", "--limit", "--seed", "--threads").contains(option);
  }

  boolean isOf(Method method) {
    return methods.contains(method);
  }
}
