package org.pagexplorer.ui.attack;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.lab.figure.SpecifiedImages;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Requests;

/**
 * The dataset that rows come from, and how another one takes its place; the latest one that is
 * asked for wins. On the FX thread; files are read on others.
 */
final class DatasetSource {
  private final ObjectProperty<@Nullable Dataset> dataset = new SimpleObjectProperty<>();
  private final ObservableList<String> parts = FXCollections.observableArrayList();
  private final StringProperty part = new SimpleStringProperty("");
  private final Requests asked = new Requests();
  private final Runnable opened;
  private final Consumer<Throwable> failed;
  private final Runnable settled;
  private Optional<Path> place = Optional.empty();

  /**
   * @param opened told that one has been opened, right before {@link #datasetProperty} has it
   * @param failed told why one could not be opened
   * @param settled told at last, in any case
   */
  DatasetSource(Runnable opened, Consumer<Throwable> failed, Runnable settled) {
    this.opened = opened;
    this.failed = failed;
    this.settled = settled;
  }

  /** Opens a part of what is in a folder, or in a file; of a figure's specification its images. */
  void open(Path from, Split split) {
    BackgroundTask.of(() -> part(from, split))
        .within(asked.next())
        .onDone(found -> show(Optional.of(from), found.parts(), found.part(), found.dataset()))
        .onFailed(
            failure -> {
              parts.setAll(List.copyOf(parts)); // for who shows what was chosen in vain
              failed.accept(failure);
            })
        .andFinally(settled)
        .start();
  }

  /** Opens what lies in no folder that the user chose. */
  void open(Callable<Dataset> work) {
    BackgroundTask.of(work)
        .within(asked.next())
        .onDone(found -> show(Optional.empty(), List.of(), "", found))
        .onFailed(failed)
        .andFinally(settled)
        .start();
  }

  private static Datasets.Part part(Path from, Split split) {
    return SpecifiedImages.areAt(from)
        ? new Datasets.Part(SpecifiedImages.in(from), "", List.of())
        : Datasets.openPart(from, split);
  }

  private void show(Optional<Path> from, List<String> all, String shown, Dataset found) {
    parts.setAll(all);
    part.set(shown);
    place = from;
    opened.run();
    dataset.set(found);
  }

  /** Whether one is being opened. */
  boolean isOpening() {
    return asked.isBusy();
  }

  ReadOnlyBooleanProperty openingProperty() {
    return asked.busyProperty();
  }

  /** The names of its parts; empty for what lies in no folder. */
  ObservableList<String> parts() {
    return parts;
  }

  /** The part that it is; empty for what lies in no folder. */
  StringProperty partProperty() {
    return part;
  }

  /** Where it is, a dataset or a figure's specification; nothing for the samples. */
  Optional<Path> place() {
    return place;
  }

  /** Where it is; nothing for the samples and for a figure's images. */
  Optional<Path> folder() {
    return place.filter(from -> !isOfFigure());
  }

  /** Whether these are the images of a figure's specification. */
  boolean isOfFigure() {
    return dataset.get() instanceof SpecifiedImages;
  }

  /** Null until one has been opened. */
  ObjectProperty<@Nullable Dataset> datasetProperty() {
    return dataset;
  }
}
