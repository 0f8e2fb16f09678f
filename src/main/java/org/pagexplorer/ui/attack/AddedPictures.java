package org.pagexplorer.ui.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Complaint;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Requests;

/** Adds the user's own pictures to the rows. On the FX thread; files are read on others. */
final class AddedPictures {
  private final OwnPictures own;
  private final DatasetSource datasets;
  private final Fitting fitting;
  private final Notice notice;
  private final Complaint trouble;
  private final Runnable added;

  /** What the user asked to see; pictures are added to it. */
  private final Requests choices = new Requests();

  /** Those that are being read again. */
  private List<String> awaited = List.of();

  /** What is to be done once a dataset is there. */
  private final List<Runnable> waiting = new ArrayList<>();

  /**
   * @param added called when pictures have come
   */
  AddedPictures(
      OwnPictures own,
      DatasetSource datasets,
      Fitting fitting,
      Notice notice,
      Complaint trouble,
      Runnable added) {
    this.own = own;
    this.datasets = datasets;
    this.fitting = fitting;
    this.notice = notice;
    this.trouble = trouble;
    this.added = added;
  }

  /** Other rows are asked for: what was added to those before goes when these have come. */
  void replace() {
    choices.cancel();
    awaited = List.of();
    waiting.clear();
    own.replace();
  }

  /** A dataset may have come. */
  void datasetCame() {
    if (isReady()) {
      List<Runnable> next = List.copyOf(waiting);
      waiting.clear();
      next.forEach(Runnable::run);
    }
  }

  private boolean isReady() {
    return datasets.datasetProperty().get() != null && !datasets.isOpening();
  }

  /** Adds them above the others, as {@link ImageRows#addPictures}. */
  void add(List<RowSource> sources, Supplier<Optional<InputShape>> shape) {
    if (sources.stream().anyMatch(RowSource::needsDataset) && !isReady()) {
      waiting.add(() -> add(sources, shape));
      return;
    }
    Optional<InputShape> wanted = shape.get();
    if (wanted.isEmpty()) {
      trouble.say("Choose a model first: it says what size pictures have to be.");
      return;
    }
    Fit how = fitting.fitProperty().get();
    Optional<Dataset> from = Optional.ofNullable(datasets.datasetProperty().get());
    BackgroundTask.of(() -> OwnPictures.read(sources, wanted.get(), how, from))
        .within(choices.latest()) // not where other rows have been chosen since
        .onDone(
            pictures -> {
              if (shape.get().equals(wanted) && fitting.fitProperty().get() == how) {
                awaited = List.of();
                own.add(pictures);
                added.run();
              } else {
                add(sources, shape);
              }
            })
        .onFailed(notice::report)
        .start();
  }

  /** Adds them again as they were, the first at the top. */
  void restore(List<String> files, Supplier<Optional<InputShape>> shape) {
    awaited = List.copyOf(files);
    // Each that is added stands before those that were.
    add(files.reversed().stream().flatMap(AddedPictures::known).toList(), shape);
  }

  /** Takes away what is not among them, and adds again what is there no more, at the top. */
  void change(List<String> files, Supplier<Optional<InputShape>> shape) {
    own.retain(files);
    List<String> missing = new ArrayList<>(files);
    own.sources().forEach(missing::remove);
    choices.cancel();
    awaited = List.of();
    added.run();
    if (!missing.isEmpty()) {
      restore(missing, shape);
      awaited = List.copyOf(files);
    }
  }

  /** Another version's start images are left out. */
  private static Stream<RowSource> known(String text) {
    try {
      return Stream.of(RowSource.of(text));
    } catch (UserException e) {
      return Stream.empty();
    }
  }

  /** Their files, from the top; those that are going are not among them. */
  List<String> files() {
    return awaited.isEmpty()
        ? own.sources()
        : awaited; // lest they be forgotten where the window closes at once
  }
}
