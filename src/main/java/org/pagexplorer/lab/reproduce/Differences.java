package org.pagexplorer.lab.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.run.Recipe;

/** What differs between a model's training, as its card tells it, and the paper's (section C.2). */
final class Differences {
  /** By their names on the command line: what is said where they differ. */
  private static final Map<String, String> NUMBERS =
      Map.of(
          "epochs", "%s epochs instead of %s",
          "batch", "%s images per step instead of %s",
          "momentum", "momentum %s instead of %s",
          "weight-decay", "weight decay %s instead of %s",
          "lr", "learning rate %s instead of %s",
          "lambda", "λ = %s instead of %s");

  /** Those whose names are no words. */
  private static final Map<String, String> UNKNOWN =
      Map.of(
          "epochs", "number of epochs",
          "batch", "number of images per step",
          "weight-decay", "weight decay",
          "lr", "learning rate",
          "lambda", "λ");

  /** Section C.2: cropping with padding of 4, flipping with probability 0.5. */
  private static final String PADDING = "4";

  private static final double FLIPS = 0.5;

  private final List<String> found = new ArrayList<>();
  private final ModelCard card;
  private final SequencedMap<String, String> paper;

  private Differences(ModelCard card, Recipe recipe) {
    this.card = card;
    paper = recipe.arguments();
  }

  /**
   * In words, the most important first, for instance {@code width 16 instead of 64}.
   *
   * @param dataset that the paper trained on
   */
  static List<String> of(ModelCard card, Recipe recipe, String dataset) {
    Differences differences = new Differences(card, recipe);
    differences.network();
    differences.data(dataset);
    differences.numbers();
    card.initialCheckpoint()
        .ifPresent(
            name ->
                differences.found.add(
                    "started from the weights of " + name + " instead of random ones"));
    differences.augmentation();
    differences.alignment();
    if (dataset.equals("CIFAR-10") && card.training().containsKey("teacher")) {
      differences.found.add(
          "the teacher is %s instead of a ResNet-50".formatted(card.training().get("teacher")));
    }
    return differences.found;
  }

  private void network() {
    if (!card.architecture().family().equals(Family.RESNET18)) {
      found.add(card.architecture().family().title() + " instead of ResNet-18");
    }
    int width = card.architecture().width();
    if (!String.valueOf(width).equals(paper.get("--width"))) {
      found.add("width %d instead of %s".formatted(width, paper.get("--width")));
    }
  }

  private void data(String dataset) {
    if (card.dataset().isEmpty()) {
      found.add("unknown dataset");
    } else if (!card.dataset().equals(dataset)) {
      found.add("trained on %s instead of %s".formatted(card.dataset(), dataset));
    }
    String images = card.training().getOrDefault("images", "");
    String all = dataset.equals("CIFAR-10") ? "50000" : "5000";
    if (images.isEmpty()) {
      found.add("unknown number of training images");
    } else if (!images.equals(all)) {
      found.add("%s training images instead of %s".formatted(images, all));
    }
  }

  private void numbers() {
    for (String name : List.of("epochs", "batch", "lr", "momentum", "weight-decay", "lambda")) {
      String words = Objects.requireNonNull(NUMBERS.get(name));
      if (paper.containsKey("--" + name) && !card.training().containsKey(name)) {
        found.add("unknown " + UNKNOWN.getOrDefault(name, name));
      }
      differs(name).ifPresent(value -> found.add(words.formatted(value, paper.get("--" + name))));
    }
  }

  /** The card's value, where both say one and they are not the same number. */
  private Optional<String> differs(String name) {
    String here = card.training().get(name);
    String there = paper.get("--" + name);
    if (here == null || there == null) {
      return Optional.empty();
    }
    try {
      return Double.parseDouble(here) == Double.parseDouble(there)
          ? Optional.empty()
          : Optional.of(here);
    } catch (NumberFormatException e) {
      return Optional.of(here);
    }
  }

  private void augmentation() {
    Map<String, String> training = card.training();
    String schedule = training.getOrDefault("schedule", "");
    if (!schedule.equals("constant")) {
      found.add(
          schedule.isEmpty()
              ? "unknown schedule"
              : "schedule " + schedule + " instead of a constant learning rate");
    }
    String padding = training.getOrDefault("crop-padding", "");
    if (!padding.equals(PADDING)) {
      found.add(
          padding.isEmpty()
              ? "unknown crop padding"
              : padding.equals("0")
                  ? "not cropped"
                  : "crop padding %s instead of %s".formatted(padding, PADDING));
    }
    String flips = training.getOrDefault("horizontal-flip", "");
    if (!isNumber(flips, FLIPS)) {
      found.add(
          flips.isEmpty()
              ? "unknown horizontal flips"
              : "flipped with probability %s instead of %s".formatted(flips, FLIPS));
    }
    if (training.containsKey("mixed-precision")) {
      found.add("convolutions in " + training.get("mixed-precision"));
    }
  }

  private static boolean isNumber(String text, double number) {
    try {
      return Double.parseDouble(text) == number;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /**
   * Of those with aligned gradients; cards are older than the choice of gradient and statistics.
   */
  private void alignment() {
    if (!paper.containsKey("--lambda")) {
      return;
    }
    Map<String, String> training = card.training();
    String targets = training.getOrDefault("targets-per-step", "");
    String classes = String.valueOf(card.classes().size());
    if (targets.isEmpty()) {
      found.add("unknown number of target classes per step");
    } else if (!targets.equals(classes)) {
      found.add("%s of %s target classes per step instead of all".formatted(targets, classes));
    }
    String gradient = Alignment.USUAL.gradient().id();
    String align = training.getOrDefault("align", gradient);
    if (!align.equals(gradient)) {
      found.add("gradients of the %s instead of the %s".formatted(align, gradient));
    }
    String running = Alignment.USUAL.statistics().id();
    String statistics = training.getOrDefault("statistics", running);
    if (!statistics.equals(running)) {
      found.add(
          "batch norms' statistics of the %s (the recipe: %s)".formatted(statistics, running));
    }
  }
}
