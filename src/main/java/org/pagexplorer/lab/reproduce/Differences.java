package org.pagexplorer.lab.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
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
    differences.rest();
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
    if (!card.dataset().equals(dataset)) {
      found.add("trained on %s instead of %s".formatted(card.dataset(), dataset));
    }
    String images = card.training().getOrDefault("images", "");
    String all = dataset.equals("CIFAR-10") ? "50000" : "5000";
    if (!images.isEmpty() && !images.equals(all)) {
      found.add("%s training images instead of %s".formatted(images, all));
    }
  }

  private void numbers() {
    for (String name : List.of("epochs", "batch", "lr", "momentum", "weight-decay", "lambda")) {
      String words = Objects.requireNonNull(NUMBERS.get(name));
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

  private void rest() {
    Map<String, String> training = card.training();
    String schedule = training.getOrDefault("schedule", "constant");
    if (!schedule.equals("constant")) {
      found.add("schedule " + schedule + " instead of a constant learning rate");
    }
    if (training.getOrDefault("crop-padding", "4").equals("0")) {
      found.add("not cropped");
    }
    String targets = training.getOrDefault("targets-per-step", "");
    String classes = String.valueOf(card.classes().size());
    if (!targets.isEmpty() && !targets.equals(classes)) {
      found.add("%s of %s target classes per step instead of all".formatted(targets, classes));
    }
    if (training.containsKey("mixed-precision")) {
      found.add("convolutions in " + training.get("mixed-precision"));
    }
    if (training.containsKey("teacher")) {
      found.add("the teacher is %s instead of a ResNet-50".formatted(training.get("teacher")));
    }
  }
}
