package org.pagexplorer.ui.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.support.Notice;

/**
 * Which of a dataset's images the chosen model misclassifies, in the order of their indices. It
 * looks only as far as it has to, a batch at a time, in turn with other work on the engine's lane.
 */
public final class Misclassified {
  private static final int BATCH = 64;

  private final EngineLane lane;
  private final Supplier<Optional<ModelFile>> chosen;
  private final Notice notice;
  private final ReadOnlyStringWrapper progress = new ReadOnlyStringWrapper("");
  private volatile boolean enough;
  private volatile Optional<ModelFile> model = Optional.empty();
  private @Nullable Search search;

  /** What is known of a dataset and a model so far. */
  private static final class Search {
    final Dataset dataset;
    final ModelFile model;
    final List<Integer> found = new ArrayList<>();
    int next;

    Search(Dataset dataset, ModelFile model) {
      this.dataset = dataset;
      this.model = model;
    }

    boolean isOf(Dataset other, ModelFile otherModel) {
      return dataset == other && model.equals(otherModel);
    }

    boolean isOver() {
      return next >= dataset.size();
    }

    String words() {
      return "%,d of %,d images classified, %,d of them wrong"
          .formatted(next, dataset.size(), found.size());
    }
  }

  public Misclassified(EngineLane lane, Supplier<Optional<ModelFile>> chosen, Notice notice) {
    this.lane = lane;
    this.chosen = chosen;
    this.notice = notice;
  }

  /** A search that begins from now on is of the model that is chosen now; on the FX thread. */
  void begin() {
    enough = false;
    model = chosen.get();
  }

  /** What was found so far is enough: a search under way ends after its batch. */
  void stop() {
    enough = true;
  }

  /**
   * A page of misclassified images; fewer where there are no more. Waits for the engine's lane: not
   * on the FX thread.
   *
   * @param page from 0; after the last comes the first
   * @param over whether nobody waits for it anymore
   * @throws UserException if no model is chosen, or it knows none of the dataset's classes
   */
  synchronized List<Integer> find(Dataset dataset, int page, int count, BooleanSupplier over)
      throws ExecutionException, InterruptedException {
    ModelFile by =
        model.orElseThrow(
            () -> new UserException("Choose a model first: it says what is misclassified."));
    Search known = search;
    if (known == null || !known.isOf(dataset, by)) {
      known = new Search(dataset, by);
      search = known;
    }
    int wanted = (page + 1) * count;
    int[] labels = labels(dataset, by.card().classes());
    try {
      while (known.found.size() < wanted && !known.isOver() && !enough && !over.getAsBoolean()) {
        classify(known, labels);
        say(known.words());
      }
    } finally {
      say("");
    }
    if (over.getAsBoolean()) {
      return List.of();
    }
    sayWhatIsMissing(known, wanted);
    return page(known.found, page, count);
  }

  private static List<Integer> page(List<Integer> found, int page, int count) {
    int pages = Math.max(1, Math.ceilDiv(found.size(), count));
    int from = Math.min(page % pages * count, found.size());
    return List.copyOf(found.subList(from, Math.min(found.size(), from + count)));
  }

  /** Of each of the dataset's classes the model's number; −1 for what the model does not know. */
  private static int[] labels(Dataset dataset, List<String> classes) {
    Dataset named = Datasets.labeled(dataset, classes, sentence -> {}).orElse(dataset);
    int[] labels = named.classes().stream().mapToInt(classes::indexOf).toArray();
    if (IntStream.of(labels).allMatch(label -> label < 0)) {
      throw new UserException(
          "The model knows none of the classes of %s, so it is not known which images it misclassifies."
              .formatted(dataset.name()));
    }
    return labels;
  }

  private void classify(Search known, int[] labels)
      throws ExecutionException, InterruptedException {
    int end = Math.min(known.dataset.size(), known.next + BATCH);
    int[] indices =
        IntStream.range(known.next, end)
            .filter(index -> labels[known.dataset.label(index)] >= 0)
            .toArray();
    if (indices.length > 0) {
      List<Image> images = Datasets.images(known.dataset, indices);
      int[] named =
          lane.submit(l -> l.classifier(known.model.file(), Precision.EXACT).predictions(images))
              .get();
      for (int i = 0; i < indices.length; i++) {
        if (named[i] != labels[known.dataset.label(indices[i])]) {
          known.found.add(indices[i]);
        }
      }
    }
    known.next = end;
  }

  private void say(String words) {
    Platform.runLater(() -> progress.set(words));
  }

  private void sayWhatIsMissing(Search known, int wanted) {
    String name = known.model.card().name();
    if (known.found.isEmpty()) {
      notice.sayLater(
          known.isOver()
              ? "\"%s\" classifies all %,d images of %s correctly."
                  .formatted(name, known.next, known.dataset.name())
              : "\"%s\" classifies the first %,d images of %s correctly; the others were not checked."
                  .formatted(name, known.next, known.dataset.name()));
    } else if (known.found.size() < wanted && !known.isOver()) {
      notice.sayLater(
          "Stopped: \"%s\" misclassifies %,d of the first %,d images of %s."
              .formatted(name, known.found.size(), known.next, known.dataset.name()));
    }
  }

  /** How far a search is, in words; empty while there is none. */
  ReadOnlyStringProperty progressProperty() {
    return progress.getReadOnlyProperty();
  }
}
