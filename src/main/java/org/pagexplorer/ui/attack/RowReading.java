package org.pagexplorer.ui.attack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.PaintedRegion;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Request;
import org.pagexplorer.ui.support.Requests;

/**
 * Reads the rows in the size that the chosen model takes, and shows them once nothing more is on
 * its way. On the FX thread; files are read on others.
 */
final class RowReading {
  private final ObservableList<OriginalImage> images = FXCollections.observableArrayList();
  private final DatasetSource source;
  private final OwnPictures own;
  private final Fitting fitting;
  private final Supplier<ShownRows> now;
  private final Consumer<Throwable> failed;
  private final Requests asked = new Requests();
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final Painted painted = new Painted();
  private Supplier<Optional<InputShape>> input = Optional::empty;
  private Optional<Misclassified> misclassified = Optional.empty();
  private RowDrawing shown = RowDrawing.of(ShownRows.FIRST, Optional.empty());
  private List<OriginalImage> drawn = List.of();
  private @Nullable Dataset shownFrom;
  private Optional<InputShape> fittedTo = Optional.empty();

  /**
   * @param now what is asked for, and how it is arranged
   * @param failed told why a dataset's images could not be read
   */
  RowReading(
      DatasetSource source,
      OwnPictures own,
      Fitting fitting,
      Supplier<ShownRows> now,
      Consumer<Throwable> failed) {
    this.source = source;
    this.own = own;
    this.fitting = fitting;
    this.now = now;
    this.failed = failed;
    fitting.fitProperty().addListener((property, old, fit) -> readAnew());
    painted.changes().addListener(property -> settle());
    asked.busyProperty().addListener((property, before, is) -> busy.set(isBusy()));
    source.openingProperty().addListener((property, before, is) -> busy.set(isBusy()));
  }

  @Nullable Dataset dataset() {
    return source.datasetProperty().get();
  }

  /** The rows that the chosen model gets wrong are found by this. */
  void findMisclassified(Misclassified finding) {
    misclassified = Optional.of(finding);
  }

  Optional<Misclassified> misclassified() {
    return misclassified;
  }

  void show(RowDrawing drawing) {
    shown = drawing;
    read();
  }

  /** Reads what is to be shown, in the size and in the way of now. */
  private void read() {
    Dataset dataset = dataset();
    if (dataset == null && own.isEmpty()) {
      return;
    }
    Request mine = asked.next();
    Optional<InputShape> wanted = wanted();
    wanted.ifPresent(shape -> own.refit(shape, fitting.fitProperty().get(), mine, this::settle));
    if (dataset != null) {
      RowDrawing drawing = shown;
      misclassified.ifPresent(Misclassified::begin);
      Dataset view = fitting.of(dataset, wanted);
      BackgroundTask.of(() -> drawing.draw(new ImageSource(view), mine::isCancelled))
          .within(mine)
          .onDone(rows -> drawn(dataset, rows))
          .onFailed(this::failedToDraw)
          .andFinally(this::settle)
          .start();
    }
    fittedTo = wanted;
  }

  private void drawn(Dataset from, List<OriginalImage> rows) {
    shownFrom = from;
    drawn = rows;
    if (!source.isOpening()) {
      own.drop();
    }
  }

  /** Rows from before would be taken for those that this model gets wrong. */
  private void failedToDraw(Throwable failure) {
    if (now.get().choice().equals(RowChoice.WRONG)) {
      drawn = List.of();
    }
    failed.accept(failure);
  }

  boolean isBusy() {
    return asked.isBusy() || source.isOpening();
  }

  ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /** Shows what has been read, once nothing more is on its way. */
  void settle() {
    if (isBusy()) {
      return;
    }
    Optional<InputShape> shape = wanted().or(own::shape);
    List<OriginalImage> all = new ArrayList<>(own.images());
    all.addAll(drawn);
    List<OriginalImage> next = new ArrayList<>(now.get().order().of(all, this::keyOf));
    // Rows of another size, from before another model was chosen, would fit no model together.
    next.removeIf(row -> shape.isPresent() && !shape.get().equals(row.image().shape()));
    next.replaceAll(row -> painted.on(row, paintKeyOf(row)));
    if (!images.equals(next)) {
      images.setAll(next);
    }
    if (own.areResized()) {
      fitting.resizedProperty().set(true);
    }
    refit(); // for a model that was chosen meanwhile
  }

  /**
   * What rows are to be resized to; asked again for every choice.
   *
   * @param shape empty where no model is chosen: rows stay as they are
   */
  void fitTo(Supplier<Optional<InputShape>> shape) {
    input = shape;
  }

  /** Another model is chosen: rows that it does not take are read again, in its size. */
  void refit() {
    Optional<InputShape> wanted = wanted();
    boolean fits =
        wanted.isEmpty()
            || (images.isEmpty()
                ? wanted.equals(fittedTo)
                : images.stream().allMatch(row -> wanted.get().equals(row.image().shape())));
    if (!fits) {
      readAnew();
    }
  }

  /** Another model is chosen, which may get other images wrong, too. */
  void modelChanged() {
    if (now.get().choice().equals(RowChoice.WRONG)) {
      readAnew();
    } else {
      refit();
    }
  }

  private void readAnew() {
    if (dataset() != null || !own.isEmpty()) {
      images.clear();
    }
    read();
  }

  /** What the chosen model takes; nothing where none is chosen. */
  Optional<InputShape> input() {
    return input.get();
  }

  /** A model of something else than pictures leaves rows as they are. */
  private Optional<InputShape> wanted() {
    return input.get().filter(s -> s.channels() == 1 || s.channels() == 3);
  }

  /**
   * Reads the same rows, arranged alike, as a model of another input takes them; not on the FX
   * thread. All sizes have the same ones in the same order, also those that do not fit.
   *
   * @param view of the dataset that is open, in that size; nothing where none is
   */
  Callable<SizedRows> as(InputShape shape, Optional<Dataset> view) {
    RowDrawing drawing = sameDrawing();
    RowOrder order = now.get().order();
    Supplier<SizedRows> ofUser = own.as(shape, fitting.fitProperty().get());
    Map<String, List<PaintedRegion>> regions = painted.now();
    String place = place();
    Fit fit = fitting.fitProperty().get();
    return () -> {
      SizedRows pictures = ofUser.get();
      if (pictures.rows().stream().anyMatch(row -> !row.image().note().isEmpty())) {
        Platform.runLater(() -> fitting.resizedProperty().set(true));
      }
      List<SizedRows.Row> all = new ArrayList<>();
      pictures.rows().forEach(row -> all.add(painted(row, row.key(), fit, regions)));
      if (view.isPresent()) {
        for (OriginalImage row : drawing.draw(new ImageSource(view.get()), () -> false)) {
          String key = keyInDataset(row);
          all.add(painted(new SizedRows.Row(key, row), place + key, fit, regions));
        }
      }
      return new SizedRows(order.of(all, SizedRows.Row::key), pictures.unfit());
    };
  }

  private static SizedRows.Row painted(
      SizedRows.Row row, String image, Fit fit, Map<String, List<PaintedRegion>> regions) {
    List<PaintedRegion> own = regions.getOrDefault(paintKey(image, fit), List.of());
    return new SizedRows.Row(row.key(), Painted.on(row.image(), own));
  }

  /** Draws what was drawn, which is not to be looked for again in another size. */
  private RowDrawing sameDrawing() {
    List<Integer> indices =
        drawn.stream().map(row -> Integer.valueOf(keyInDataset(row).substring(1))).toList();
    return now.get().choice().equals(RowChoice.WRONG)
        ? (from, over) -> from.ofIndices(indices)
        : shown;
  }

  /** Tells an image from all others, also of other datasets. */
  private String paintKeyOf(OriginalImage row) {
    String key =
        own.sourceOf(row).map(RowSource::text).orElseGet(() -> place() + keyInDataset(row));
    return paintKey(key, fitting.fitProperty().get());
  }

  /** Fitted in another way, other content lies below a mask. */
  private static String paintKey(String image, Fit fit) {
    return fit == Fit.CROP ? image : image + "|" + fit.id();
  }

  private String place() {
    return source.place().map(Path::toString).orElse("samples") + "|" + source.partProperty().get();
  }

  /** Only these regions of a row may be changed from now on; of none, all of it. */
  void paint(int row, List<PaintedRegion> regions) {
    if (row >= 0 && row < images.size()) {
      painted.put(paintKeyOf(images.get(row)), regions);
    }
  }

  /** What is painted on a figure's images, which have their numbers in its specification. */
  void paintFigure(Path specification, List<OriginalImage> subjects) {
    for (int i = 0; i < subjects.size(); i++) {
      String key = paintKey(specification + "|#" + i, fitting.fitProperty().get());
      painted.put(key, subjects.get(i).regions());
    }
  }

  /** What is painted on images. */
  Painted painted() {
    return painted;
  }

  List<String> keys() {
    return images.stream().map(this::keyOf).toList();
  }

  private String keyOf(OriginalImage row) {
    return own.sourceOf(row).map(RowSource::text).orElseGet(() -> keyInDataset(row));
  }

  private static String keyInDataset(OriginalImage row) {
    return row.origin().substring(Math.max(0, row.origin().lastIndexOf('#')));
  }

  ObservableList<OriginalImage> images() {
    return images;
  }

  /** Where the rows that are shown come from, but for the user's own pictures. */
  Optional<Dataset> shownFrom() {
    boolean some = images.stream().anyMatch(image -> image.label().isPresent());
    return Optional.ofNullable(some ? shownFrom : null);
  }
}
