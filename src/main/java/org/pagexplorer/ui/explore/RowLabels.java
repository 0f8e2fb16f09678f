package org.pagexplorer.ui.explore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Notice;

/**
 * What an untargeted attack leads away from: an image's true class, or where nobody knows it, what
 * the chosen model names it. On the FX thread.
 */
final class RowLabels {
  private final EngineLane lane;
  private final ModelShelf shelf;
  private final Notice notice;
  private final Map<Image, Integer> named = new HashMap<>();
  private final IntegerProperty asked = new SimpleIntegerProperty();

  RowLabels(EngineLane lane, ModelShelf shelf, Notice notice) {
    this.lane = lane;
    this.shelf = shelf;
    this.notice = notice;
  }

  /** How often the model is being asked. */
  ReadOnlyIntegerProperty askedProperty() {
    return asked;
  }

  /** Another model names pictures otherwise. */
  void forget() {
    named.clear();
  }

  /** The label of each image; all have to be known. */
  List<Integer> of(List<OriginalImage> images) {
    List<String> classes = shelf.chosen().orElseThrow().card().classes();
    return images.stream().map(image -> label(image, classes).orElseThrow()).toList();
  }

  private OptionalInt label(OriginalImage image, List<String> classes) {
    Integer guess = named.get(image.image());
    OptionalInt label = image.labelAmong(classes);
    return label.isEmpty() && guess != null ? OptionalInt.of(guess) : label;
  }

  /** Whether each image has a label; else the model is asked, and {@code then} is called later. */
  boolean areKnown(ModelFile model, List<OriginalImage> images, Runnable then) {
    List<Image> unlabeled =
        images.stream()
            .filter(image -> label(image, model.card().classes()).isEmpty())
            .map(OriginalImage::image)
            .toList();
    if (unlabeled.isEmpty()) {
      return true;
    }
    asked.set(asked.get() + 1);
    BackgroundTask.on(lane, l -> l.classifier(model.file(), Precision.EXACT).predictions(unlabeled))
        .onDone(
            classes -> {
              if (shelf.chosen().equals(Optional.of(model))) {
                for (int i = 0; i < classes.length; i++) {
                  named.put(unlabeled.get(i), classes[i]);
                }
                then.run();
              }
            })
        .onFailed(notice::report)
        .andFinally(() -> asked.set(asked.get() - 1))
        .start();
    return false;
  }
}
