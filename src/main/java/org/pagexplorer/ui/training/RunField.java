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
          new RunField(
              "--width",
              "width",
              "16",
              "Channels of the network's first stage; the paper: 64 (ResNet-18).",
              ALL),
          new RunField(
              "--input-size",
              "input size",
              "",
              "Height and width in pixels that images are resized to; empty: those of the first"
                  + " image. The paper: 32 on CIFAR-10, 96 on STL-10.",
              ALL),
          new RunField(
              "--epochs", "epochs", "5", "Passes over the training images; the paper: 100.", ALL),
          new RunField(
              "--batch",
              "batch",
              "64",
              "Images per training step; the paper: 64 on CIFAR-10, 32 on STL-10.",
              ALL),
          new RunField(
              "--lr",
              "learning rate",
              "0.05",
              "The learning rate of SGD at the schedule's peak; the paper: 0.01, constant.",
              ALL),
          new RunField(
              "--momentum", "momentum", "0.9", "SGD's momentum, from 0 to 1; the paper: 0.9.", ALL),
          new RunField(
              "--weight-decay",
              "weight decay",
              "1e-4",
              "SGD's L2 penalty on the weights; the paper: 0.0001.",
              ALL),
          new RunField(
              "--crop-padding",
              "crop padding",
              "4",
              "Pixels of zeros around an image that its random crop may take in, 0 for none; the"
                  + " paper: 4.",
              ALL),
          new RunField(
              "--horizontal-flip",
              "horizontal flip",
              "0.5",
              "Probability that an image is mirrored, 0 where left and right differ, as in digits;"
                  + " the paper: 0.5.",
              ALL),
          new RunField(
              "--lambda",
              "λ",
              "0.4",
              "Weight of the alignment loss in Eq. 1; the paper's Table 3: 0.4 to 0.5 on CIFAR-10,"
                  + " 0.2 to 0.4 on STL-10.",
              ALIGNED),
          new RunField(
              "--gradient-norm-weight",
              "norm's weight",
              "0.0235",
              "Weight of the L1 norm of the loss's input-gradient, for pixels in 0 to 1; its"
                  + " authors (Rodríguez-Muñoz et al. 2024): 1.2 / 0.8 · 4/255 = 0.0235.",
              Set.of(Method.GRADIENT_NORM)),
          new RunField(
              "--targets-per-step",
              "targets per step",
              "1",
              "Target classes drawn per image and step; empty: all, as in the paper. Fewer are"
                  + " faster.",
              ALIGNED),
          new RunField(
              "--neighbors",
              "neighbors",
              "100",
              "Images per class among which the nearest one is searched (D_y of section 4.2); the"
                  + " paper does not say how many.",
              Set.of(Method.NEAREST_NEIGHBOR)),
          new RunField(
              "--clusters",
              "clusters",
              "10",
              "Cluster means per class, of which the nearest is the target; the paper only proposes"
                  + " them.",
              Set.of(Method.CLUSTER_MEAN)),
          new RunField(
              "--epsilon",
              "adversary's ε",
              "0.5",
              "ε, the radius of the adversary's ball, in pixel units of 0 to 1: a number or a"
                  + " fraction; the paper's teachers: 0.5 (L2, CIFAR-10; 1.5 on STL-10) and 8/255"
                  + " (L∞); Croce and Hein (2021) measure at 12 (L1, CIFAR-10). Empty: where"
                  + " accuracies are measured in that norm and image size.",
              Set.of(Method.ADVERSARIAL)),
          new RunField(
              "--steps",
              "adversary's steps",
              "3",
              "How many steps of PGD the adversary takes; the paper does not say.",
              Set.of(Method.ADVERSARIAL)),
          new RunField(
              "--limit",
              "images used",
              "",
              "Use at most this many training images, balanced over classes; empty: all, as in the"
                  + " paper.",
              ALL),
          new RunField(
              "--seed",
              "seed",
              "1",
              "Fixes first weights, order, and augmentation: on a CPU the same seed gives the same"
                  + " model.",
              ALL),
          new RunField(
              "--threads", "threads", "1", "How many cores PyTorch uses; 0: all of them.", ALL));

  /** Whether recipes have no opinion on it: the images' size and number, the seed, the threads. */
  boolean isOfThisTraining() {
    return Set.of("--input-size", "--limit", "--seed", "--threads").contains(option);
  }

  boolean isOf(Method method) {
    return methods.contains(method);
  }
}
