package org.pagexplorer.ui.attack;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.dataset.Samples;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.StartImage;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.PaintedRegion;
import org.pagexplorer.ui.support.Complaint;
import org.pagexplorer.ui.support.Notice;

/** The grid's rows and where they come from. On the FX thread; files are read on others. */
public final class ImageRows {
  private final DatasetSource source;
  private final Complaint trouble;
  private final OwnPictures own;
  private final Fitting fitting;
  private final AddedPictures added;
  private final RowReading reading;
  private final RowChoice choice;
  private ShownRows asked = ShownRows.FIRST;
  private Optional<Awaited> awaited = Optional.empty();

  /** A dataset that is being opened again, with the rows to be shown of it. */
  private record Awaited(Optional<Path> place, String part, ShownRows rows) {}

  public ImageRows(Notice notice) {
    trouble = new Complaint(notice);
    own = new OwnPictures(notice);
    fitting = new Fitting(notice);
    source = new DatasetSource(() -> awaited = Optional.empty(), this::failed, this::sourceSettled);
    added = new AddedPictures(own, source, fitting, notice, trouble, this::settle);
    source.datasetProperty().addListener((property, old, now) -> beginSource());
    reading = new RowReading(source, own, fitting, this::now, this::failed);
    choice = new RowChoice(reading, notice, trouble, this::replace);
  }

  /** Which images of the open dataset they are, and how they are arranged. */
  public RowChoice choice() {
    return choice;
  }

  private ShownRows now() {
    return choice.now();
  }

  private void sourceSettled() {
    added.datasetCame();
    settle();
  }

  private void settle() {
    reading.settle();
  }

  /** The rows of a dataset that has come: those that are asked for, or the first. */
  private void beginSource() {
    ShownRows next = asked;
    asked = ShownRows.FIRST;
    choice.show(next);
  }

  /** What is shown, or will be when its dataset has come. */
  ShownRows shown() {
    return awaited.map(Awaited::rows).orElseGet(choice::now);
  }

  /** What is open, or being opened again; nothing for the samples. */
  Optional<Path> wantedPlace() {
    return awaited.map(Awaited::place).orElseGet(source::place);
  }

  /** The part of the dataset that is open, or being opened again; empty where it has none. */
  String wantedPart() {
    return awaited.map(Awaited::part).orElseGet(source.partProperty()::get);
  }

  /**
   * Shows rows of a dataset, which is opened first where another one is.
   *
   * @param place a dataset's folder or file, or a figure's specification; nothing for the samples
   * @param name of its part; empty for the one that it opens with
   */
  void show(Optional<Path> place, String name, ShownRows rows) {
    boolean open = place.equals(source.place()) && name.equals(source.partProperty().get());
    Split split = name.isEmpty() ? Split.ANY : Split.of(name);
    boolean shown = open && awaited.isEmpty() && reading.dataset() != null;
    if (shown && rows.unarranged().equals(choice.now().unarranged())) {
      choice.arrange(rows.order());
      return;
    }
    if (!shown || !rows.isLongerOrShorter(now())) { // undoing more leaves one's own pictures there
      replace();
    }
    if (shown) {
      choice.show(rows);
      return;
    }
    awaited = Optional.of(new Awaited(place, name, rows));
    asked = rows;
    place.ifPresentOrElse(
        from -> source.open(from, split), () -> open(() -> Samples.open(Home.assets())));
  }

  /**
   * Shows other rows, read on a thread of their own; the latest choice wins. What is added
   * meanwhile stands before them.
   */
  public void show(Function<ImageSource, List<OriginalImage>> drawn) {
    choice.show(drawn);
  }

  /** The user asks for other rows: what was added to those before goes when these have come. */
  private void replace() {
    trouble.settle();
    added.replace();
  }

  /** What is asked for now is to be seen from its first rows on. */
  private void first() {
    awaited = Optional.empty();
    asked = ShownRows.FIRST;
  }

  private void failed(Throwable failure) {
    if (reading.dataset() == null && awaited.flatMap(Awaited::place).isPresent()) {
      open(() -> Samples.open(Home.assets())); // the remembered one is gone
    }
    first();
    own.keep();
    trouble.report(failure);
  }

  /**
   * What rows are to be resized to; asked again for every choice.
   *
   * @param shape empty where no model is chosen: rows stay as they are
   */
  public void fitTo(Supplier<Optional<InputShape>> shape) {
    reading.fitTo(shape);
  }

  /** Another model is chosen: rows that it does not take are read again, in its size. */
  public void refit() {
    reading.refit();
  }

  /** Another model is chosen, which may get other images wrong, too. */
  public void modelChanged() {
    reading.modelChanged();
  }

  /** What the chosen model takes; nothing where none is chosen. */
  public Optional<InputShape> input() {
    return reading.input();
  }

  /**
   * Reads the same rows, arranged alike, as a model of another input takes them; not on the FX
   * thread.
   *
   * @param view of the dataset that is open, in that size; nothing where none is
   */
  Callable<SizedRows> as(InputShape shape, Optional<Dataset> view) {
    return reading.as(shape, view);
  }

  /** Where a row of another grid is among these, which it may lack some of; −1 where it is not. */
  public int placeOf(List<OriginalImage> others, int row) {
    return SizedRows.place(others, row, images());
  }

  /** Where a row of these is in another grid, which may lack some of them; −1 where it is not. */
  public int placeIn(List<OriginalImage> others, int row) {
    return SizedRows.place(images(), row, others);
  }

  /** Whether a dataset or other rows are being read. */
  public ReadOnlyBooleanProperty readingProperty() {
    return reading.busyProperty();
  }

  /** An image was resized, which is said; by any thread. */
  void resized(String sentence) {
    fitting.say(sentence);
  }

  /** How images of other sizes become what the model takes. */
  public ObjectProperty<Fit> fitProperty() {
    return fitting.fitProperty();
  }

  /** Whether any of the rows had to be resized. */
  ReadOnlyBooleanProperty resizedProperty() {
    return fitting.resizedProperty().getReadOnlyProperty();
  }

  /**
   * Adds the user's own pictures as the first rows, fitted to the shape that the model takes, in
   * the order given. Rows that are chosen later stand in their place.
   *
   * @param shape asked again when they have been read, since another model may take another one
   */
  public void addPictures(List<Path> files, Supplier<Optional<InputShape>> shape) {
    added.add(files.stream().<RowSource>map(RowSource.File::new).toList(), shape);
  }

  /** Adds a start image as the first row, made for the shape that the chosen model takes. */
  public void addStart(StartImage start) {
    added.add(List.of(new RowSource.Start(start)), reading::input);
  }

  /**
   * The files of the user's own pictures, from the top; those that are going are not among them.
   */
  List<String> ownFiles() {
    return added.files();
  }

  /** Adds them again as they were; while there is no model none is. */
  void showOwn(List<String> files) {
    if (!files.isEmpty() && input().isPresent()) {
      added.restore(files, reading::input);
    }
  }

  /** Takes those away that are not among these, and adds those again that are. */
  void changeOwn(List<String> files) {
    if (!files.equals(ownFiles()) && input().isPresent()) {
      added.change(files, reading::input);
    }
  }

  /**
   * Shows the images of a figure's specification, in its own order.
   *
   * @param subjects all of them, with what is painted on them
   */
  public void openFigure(Path specification, List<OriginalImage> subjects) {
    replace();
    reading.paintFigure(specification, subjects);
    asked =
        new ShownRows(
            RowChoice.TYPED,
            0,
            RowChoice.ROWS,
            IntStream.range(0, subjects.size()).boxed().toList(),
            RowOrder.NONE);
    awaited = Optional.of(new Awaited(Optional.of(specification), "", asked));
    source.open(specification, Split.ANY);
  }

  /** Opens a dataset's folder, or a file of one: its test images, or what it has. */
  public void openDataset(Path folder) {
    replace();
    first();
    source.open(folder, Split.ANY);
  }

  /** Shows another part of the opened dataset, for instance {@code train}. */
  void choosePart(String name) {
    if (!name.equals(source.partProperty().get()) && source.parts().contains(name)) {
      replace();
      first();
      source.folder().ifPresent(folder -> source.open(folder, Split.of(name)));
    }
  }

  /** Opens what lies in no folder that the user chose; the latest one wins. */
  public void open(Callable<Dataset> open) {
    source.open(open);
  }

  /** The names of the opened dataset's parts; empty for the samples. */
  ObservableList<String> parts() {
    return source.parts();
  }

  /** The part that is shown; empty for the samples. */
  ReadOnlyStringProperty partProperty() {
    return source.partProperty();
  }

  /** Only these regions of a row may be changed from now on; of none, all of it. */
  public void paint(int row, List<PaintedRegion> regions) {
    reading.paint(row, regions);
  }

  /** What is painted on images. */
  Painted painted() {
    return reading.painted();
  }

  /** Which of the user's own pictures a row is; nothing for a dataset's. */
  Optional<Path> fileOf(OriginalImage row) {
    return own.sourceOf(row)
        .filter(RowSource.File.class::isInstance)
        .map(source -> ((RowSource.File) source).path());
  }

  /** Which start image a row is; nothing for pictures. */
  public Optional<StartImage> startOf(OriginalImage row) {
    return own.sourceOf(row)
        .filter(RowSource.Start.class::isInstance)
        .map(source -> ((RowSource.Start) source).image());
  }

  /** Whether it is made of what is said of it, and of no picture. */
  boolean isStart(OriginalImage row) {
    return startOf(row).filter(start -> !start.isOfClass()).isPresent();
  }

  /** The opened dataset's folder; nothing for the samples and for a figure's images. */
  public Optional<Path> folder() {
    return source.folder();
  }

  /** Whether the rows are images of a figure's specification. */
  boolean areOfFigure() {
    return source.isOfFigure();
  }

  /** The rows, from the top. */
  public ObservableList<OriginalImage> images() {
    return reading.images();
  }

  /** Where the rows that are shown come from, but for the user's own pictures. */
  public Optional<Dataset> shownFrom() {
    return reading.shownFrom();
  }

  /** Where rows come from; null until the samples have been read. */
  public ObjectProperty<@Nullable Dataset> sourceProperty() {
    return source.datasetProperty();
  }
}
