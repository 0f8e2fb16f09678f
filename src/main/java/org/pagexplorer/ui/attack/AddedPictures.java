package org.pagexplorer.ui.attack;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.files.UserPath;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Complaint;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Requests;

/** Adds the user's own pictures to the rows. On the FX thread; files are read on others. */
final class AddedPictures {
  private final OwnPictures own;
  private final Fitting fitting;
  private final Notice notice;
  private final Complaint trouble;
  private final Runnable added;

  /** What the user asked to see; pictures are added to it. */
  private final Requests choices = new Requests();

  /** The files of those that are being read again. */
  private List<String> awaited = List.of();

  /**
   * @param added called when pictures have come
   */
  AddedPictures(
      OwnPictures own, Fitting fitting, Notice notice, Complaint trouble, Runnable added) {
    this.own = own;
    this.fitting = fitting;
    this.notice = notice;
    this.trouble = trouble;
    this.added = added;
  }

  /** Other rows are asked for: what was added to those before goes when these have come. */
  void replace() {
    choices.cancel();
    awaited = List.of();
    own.replace();
  }

  /** Adds them above the others, as {@link ImageRows#addPictures}. */
  void add(List<Path> files, Supplier<Optional<InputShape>> shape) {
    Optional<InputShape> wanted = shape.get();
    if (wanted.isEmpty()) {
      trouble.say("Choose a model first: it says what size pictures have to be.");
      return;
    }
    Fit how = fitting.fitProperty().get();
    BackgroundTask.of(() -> OwnPictures.read(files, wanted.get(), how))
        .within(choices.latest()) // not where other rows have been chosen since
        .onDone(
            pictures -> {
              if (shape.get().equals(wanted) && fitting.fitProperty().get() == how) {
                awaited = List.of();
                own.add(pictures);
                added.run();
              } else {
                add(files, shape);
              }
            })
        .onFailed(notice::report)
        .start();
  }

  /** Adds them again as they were, the first at the top. */
  void restore(List<String> files, Supplier<Optional<InputShape>> shape) {
    awaited = List.copyOf(files);
    // Each that is added stands before those that were.
    add(files.reversed().stream().map(UserPath::of).toList(), shape);
  }

  /** Their files, from the top; those that are going are not among them. */
  List<String> files() {
    return awaited.isEmpty()
        ? own.files().stream().map(Path::toString).toList()
        : awaited; // lest they be forgotten where the window closes at once
  }
}
