package org.pagexplorer.ui.explore;

import java.util.List;
import java.util.Optional;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.support.ModelShelf;

/** Whether everything is there that an attack needs, and what is said of it. On the FX thread. */
final class Readiness {
  private final ModelShelf shelf;
  private final AttackSetup setup;
  private final LikelyColumns likely;
  private final RowLabels labels;

  Readiness(ModelShelf shelf, AttackSetup setup, LikelyColumns likely, RowLabels labels) {
    this.shelf = shelf;
    this.setup = setup;
    this.likely = likely;
    this.labels = labels;
  }

  /**
   * Whether the attack can begin; says why images do not fit the model.
   *
   * @param again called when labels that are not known yet have been found
   */
  boolean isReady(ModelFile model, Runnable again) {
    List<OriginalImage> images = setup.rows().images();
    return !images.isEmpty()
        && !likely.isPending()
        && (!setup.isTargeted() || !setup.targets().isEmpty())
        && fits(model.card(), images)
        && (!setup.needsLabels() || labels.areKnown(model, images, again));
  }

  /** Whether what is missing is being computed. */
  boolean isComing() {
    return likely.isPending() || labels.askedProperty().get() > 0;
  }

  private boolean fits(ModelCard card, List<OriginalImage> images) {
    InputShape input = card.architecture().input();
    Optional<InputShape> other =
        images.stream().map(row -> row.image().shape()).filter(s -> !s.equals(input)).findFirst();
    other.ifPresent(
        shape ->
            setup
                .notice()
                .say(
                    "\"%s\" takes %s images, but these are %s; choose other images or another model."
                        .formatted(card.name(), input, shape)));
    return other.isEmpty();
  }

  /** What one sees, or what is missing, in words; empty where the pictures speak for themselves. */
  String hint() {
    if (shelf.chosen().isEmpty()) {
      return "";
    } else if (setup.targets().isEmpty() && setup.isTargeted() && !likely.isPending()) {
      return "No target is chosen: select classes in the list of targets.";
    } else if (shelf.chosen().get().card().method().equals("vanilla") && setup.isOfClasses()) {
      return "A vanilla model reaches its targets with what looks like noise, at every ε:"
          + " that is the finding, not a fault.";
    }
    return "";
  }
}
