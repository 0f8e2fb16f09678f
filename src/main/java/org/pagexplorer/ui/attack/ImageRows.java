package org.pagexplorer.ui.attack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javafx.application.Platform;
import javafx.beans.Observable;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.dataset.Samples;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.UserPath;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Complaint;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Request;
import org.pagexplorer.ui.support.Requests;

/** The grid's rows and where they come from. On the FX thread; files are read on others. */
public final class ImageRows {
  private final ObservableList<OriginalImage> images = FXCollections.observableArrayList();
  private final DatasetSource source;
  private final Notice notice;
  private final Complaint trouble;

  /** As many rows as a usual window shows. */
  static final int ROWS = 7;

  /** Rows of {@link #EACH} class at a time: a hundred images by a hundred targets fit in memory. */
  static final int MOST_CLASSES = 100;

  static final String EACH = "one of each class";
  static final String RANDOM = "at random";
  static final String TYPED = "by index";

  /** By the chosen model. */
  static final String WRONG = "misclassified";

  private final StringProperty choice = new SimpleStringProperty(EACH);
  private final IntegerProperty revision = new SimpleIntegerProperty();
  private ShownRows asked = ShownRows.FIRST;
  private Optional<Awaited> awaited = Optional.empty();
  private ShownRows now = ShownRows.FIRST;
  private @Nullable Dataset shownFrom;
  private Supplier<Optional<InputShape>> input = Optional::empty;
  private RowDrawing shown = RowDrawing.of(ShownRows.FIRST, Optional.empty());
  private Optional<Misclassified> misclassified = Optional.empty();
  private Optional<InputShape> fittedTo = Optional.empty();

  private final Requests rowsAsked = new Requests();

  /** What the user asked to see; pictures are added to it. */
  private final Requests choices = new Requests();

  private final OwnPictures own;

  /** The files of those that are being read again. */
  private List<String> ownAwaited = List.of();

  private List<OriginalImage> drawn = List.of();
  private final Fitting fitting;

  public ImageRows(Notice notice) {
    this.notice = notice;
    trouble = new Complaint(notice);
    own = new OwnPictures(notice);
    fitting = new Fitting(notice);
    source = new DatasetSource(() -> awaited = Optional.empty(), this::failed, this::settle);
    source.datasetProperty().addListener((property, old, now) -> beginSource());
    fitProperty().addListener((property, old, now) -> readAnew());
  }

  private @Nullable Dataset dataset() {
    return source.datasetProperty().get();
  }

  /** The rows of a dataset that has come: those that are asked for, or the first. */
  private void beginSource() {
    ShownRows next = asked;
    asked = ShownRows.FIRST;
    show(next);
  }

  /** Shows rows of the dataset that is open; the first where it has no such ones. */
  void show(ShownRows wanted) {
    Dataset dataset = dataset();
    begin(dataset != null && RowDrawing.isPossible(wanted, dataset) ? wanted : ShownRows.FIRST);
  }

  /** What is shown, or will be when its dataset has come. */
  ShownRows shown() {
    return awaited.map(Awaited::rows).orElse(now);
  }

  /** A dataset that is being opened again, with the rows to be shown of it. */
  private record Awaited(Optional<Path> place, String part, ShownRows rows) {}

  /** What is open, or being opened again; nothing for the samples. */
  Optional<Path> wantedPlace() {
    return awaited.map(Awaited::place).orElseGet(source::place);
  }

  /** The part of the dataset that is open, or being opened again; empty where it has none. */
  String wantedPart() {
    return awaited.map(Awaited::part).orElseGet(source.partProperty()::get);
  }

  /** What is asked for now is to be seen from its first rows on. */
  private void first() {
    awaited = Optional.empty();
    asked = ShownRows.FIRST;
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
    boolean shown = open && awaited.isEmpty() && dataset() != null;
    if (shown && rows.unarranged().equals(now.unarranged())) {
      arrange(rows.order());
      return;
    }
    replace();
    if (shown) {
      show(rows);
      return;
    }
    awaited = Optional.of(new Awaited(place, name, rows));
    asked = rows;
    place.ifPresentOrElse(
        from -> source.open(from, split), () -> open(() -> Samples.open(Home.assets())));
  }

  /** Told of whatever may have changed what is shown. */
  Observable shownProperty() {
    return revision;
  }

  /** Shows the first images of a choice: of {@link #EACH} class, at {@link #RANDOM}, or a class. */
  public void choose(String what) {
    replace();
    begin(new ShownRows(what, 0, ROWS, List.of(), RowOrder.NONE));
  }

  /** The user asks for other rows: what was added to those before goes when these have come. */
  private void replace() {
    trouble.settle();
    choices.cancel();
    ownAwaited = List.of();
    own.replace();
  }

  private void begin(ShownRows rows) {
    now = rows;
    choice.set(rows.choice());
    Dataset dataset = dataset();
    if (isOfEach() && dataset != null && dataset.classes().size() > MOST_CLASSES) {
      notice.say(
          "%s has %,d classes; %d of them are shown at a time."
              .formatted(dataset.name(), dataset.classes().size(), MOST_CLASSES));
    }
    show(RowDrawing.of(rows, misclassified));
  }

  private boolean isOfEach() {
    return now.choice().equals(EACH);
  }

  /** Shows later images of the choice, or earlier ones. */
  void turn(int pages) {
    int page = now.page() + pages;
    if (hasPages() && (page >= 0 || !now.choice().equals(WRONG))) { // where its last is not known
      replace();
      begin(new ShownRows(now.choice(), page, now.count(), List.of(), RowOrder.NONE));
    }
  }

  private boolean hasPages() {
    return !now.choice().equals(TYPED);
  }

  /** Whether there can be more of the choice than are shown. */
  boolean canBeMore() {
    boolean fromTheFirst = now.page() == 0 || now.choice().equals(RANDOM);
    return hasPages() && !isOfEach() && fromTheFirst && now.count() < MOST_CLASSES;
  }

  /** Shows more images of the choice below those that are shown. */
  void more() {
    if (canBeMore()) {
      int count = Math.min(MOST_CLASSES, now.count() + ROWS);
      begin(new ShownRows(now.choice(), now.page(), count, List.of(), now.order()));
    }
  }

  /** The rows that the chosen model gets wrong are found by this. */
  public void findMisclassified(Misclassified newMisclassified) {
    misclassified = Optional.of(newMisclassified);
  }

  /** Finds misclassified images, where it is known by which model. */
  Optional<Misclassified> misclassified() {
    return misclassified;
  }

  /** What was found so far is enough. */
  public void stopSearch() {
    misclassified.ifPresent(Misclassified::stop);
  }

  /** Moves a row to another place. */
  public void move(int from, int to) {
    boolean inside = Math.min(from, to) >= 0 && Math.max(from, to) < images.size();
    if (inside && from != to && !isReading()) {
      arrange(now.order().moved(keys(), from, to));
    }
  }

  /** Takes a row out; undoing brings it back. */
  public void remove(int row) {
    if (row >= 0 && row < images.size() && !isReading()) {
      arrange(now.order().without(keys(), row));
    }
  }

  /** Takes all other rows out. */
  public void keepOnly(int row) {
    if (row >= 0 && row < images.size() && !isReading()) {
      List<String> removed = new ArrayList<>(now.order().removed());
      List<String> keys = new ArrayList<>(keys());
      List<String> kept = List.of(keys.remove(row));
      removed.addAll(keys);
      arrange(new RowOrder(kept, removed));
    }
  }

  private void arrange(RowOrder order) {
    now = new ShownRows(now.choice(), now.page(), now.count(), now.indices(), order);
    revision.set(revision.get() + 1);
    settle();
  }

  private List<String> keys() {
    return images.stream().map(this::keyOf).toList();
  }

  private String keyOf(OriginalImage row) {
    return fileOf(row).map(Path::toString).orElseGet(() -> keyInDataset(row));
  }

  private static String keyInDataset(OriginalImage row) {
    return row.origin().substring(Math.max(0, row.origin().lastIndexOf('#')));
  }

  /** What is shown of the source. */
  public ReadOnlyStringProperty choiceProperty() {
    return choice;
  }

  /**
   * Shows other rows, read on a thread of their own; the latest choice wins. What is added
   * meanwhile stands before them.
   */
  public void show(Function<ImageSource, List<OriginalImage>> choice) {
    show(RowDrawing.of(choice));
  }

  private void show(RowDrawing drawing) {
    shown = drawing;
    revision.set(revision.get() + 1);
    read();
  }

  /** Reads what is to be shown, in the size and in the way of now. */
  private void read() {
    Dataset dataset = dataset();
    if (dataset == null && own.isEmpty()) {
      return;
    }
    Request mine = rowsAsked.next();
    Optional<InputShape> wanted = wanted();
    wanted.ifPresent(shape -> own.refit(shape, fitProperty().get(), mine, this::settle));
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
    if (now.choice().equals(WRONG)) {
      drawn = List.of();
    }
    failed(failure);
  }

  private void failed(Throwable failure) {
    if (dataset() == null && awaited.flatMap(Awaited::place).isPresent()) {
      open(() -> Samples.open(Home.assets())); // the remembered one is gone
    }
    awaited = Optional.empty();
    asked = ShownRows.FIRST;
    own.keep();
    trouble.report(failure);
  }

  private boolean isReading() {
    return rowsAsked.isBusy() || source.isOpening();
  }

  /** Shows what has been read, once nothing more is on its way. */
  private void settle() {
    if (isReading()) {
      return;
    }
    Optional<InputShape> shape = wanted().or(own::shape);
    List<OriginalImage> all = new ArrayList<>(own.images());
    all.addAll(drawn);
    List<OriginalImage> next = new ArrayList<>(now.order().of(all, this::keyOf));
    // Rows of another size, from before another model was chosen, would fit no model together.
    next.removeIf(row -> shape.isPresent() && !shape.get().equals(row.image().shape()));
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
  public void fitTo(Supplier<Optional<InputShape>> shape) {
    input = shape;
  }

  /** Another model is chosen: rows that it does not take are read again, in its size. */
  public void refit() {
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
  public void modelChanged() {
    if (now.choice().equals(WRONG)) {
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
  public Optional<InputShape> input() {
    return input.get();
  }

  /** A model of something else than pictures leaves rows as they are. */
  private Optional<InputShape> wanted() {
    return input.get().filter(s -> s.channels() == 1 || s.channels() == 3);
  }

  /**
   * Reads the same rows, arranged alike, as a model of another input takes them; not on the FX
   * thread.
   *
   * @param view of the dataset that is open, in that size; nothing where none is
   */
  Callable<List<OriginalImage>> as(InputShape shape, Optional<Dataset> view) {
    RowDrawing drawing = sameDrawing();
    RowOrder order = now.order();
    Supplier<List<OriginalImage>> ofUser = own.as(shape, fitting.fitProperty().get());
    List<String> files = own.images().stream().map(this::keyOf).toList();
    return () -> {
      List<OriginalImage> all = new ArrayList<>(ofUser.get());
      if (all.stream().anyMatch(picture -> !picture.note().isEmpty())) {
        Platform.runLater(() -> fitting.resizedProperty().set(true));
      }
      Map<OriginalImage, String> keys = new IdentityHashMap<>();
      for (int i = 0; i < files.size(); i++) {
        keys.put(all.get(i), files.get(i));
      }
      if (view.isPresent()) {
        all.addAll(drawing.draw(new ImageSource(view.get()), () -> false));
      }
      return order.of(all, row -> keys.computeIfAbsent(row, ImageRows::keyInDataset));
    };
  }

  /** Draws what was drawn, which is not to be looked for again in another size. */
  private RowDrawing sameDrawing() {
    List<Integer> indices =
        drawn.stream().map(row -> Integer.valueOf(keyInDataset(row).substring(1))).toList();
    return now.choice().equals(WRONG) ? (from, over) -> from.ofIndices(indices) : shown;
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

  /** Shows the images of typed indices, for instance {@code 0, 7, 12}. */
  public void showIndices(String text) {
    Dataset dataset = dataset();
    if (dataset == null || text.isBlank()) {
      return;
    }
    try {
      List<Integer> indices = TypedIndices.parse(text, dataset);
      replace();
      begin(new ShownRows(TYPED, 0, ROWS, List.copyOf(indices), RowOrder.NONE));
    } catch (UserException e) {
      trouble.report(e);
    }
  }

  /**
   * Adds the user's own pictures as the first rows, fitted to the shape that the model takes, in
   * the order given. Rows that are chosen later stand in their place.
   *
   * @param shape asked again when they have been read, since another model may take another one
   */
  public void addPictures(List<Path> files, Supplier<Optional<InputShape>> shape) {
    Optional<InputShape> wanted = shape.get();
    if (wanted.isEmpty()) {
      trouble.say("Choose a model first: it says what size pictures have to be.");
      return;
    }
    Fit how = fitProperty().get();
    BackgroundTask.of(() -> OwnPictures.read(files, wanted.get(), how))
        .within(choices.latest()) // not where other rows have been chosen since
        .onDone(
            pictures -> {
              if (shape.get().equals(wanted) && fitProperty().get() == how) {
                ownAwaited = List.of();
                own.add(pictures);
                settle();
              } else {
                addPictures(files, shape);
              }
            })
        .onFailed(notice::report)
        .start();
  }

  /**
   * The files of the user's own pictures, from the top; those that are going are not among them.
   */
  List<String> ownFiles() {
    return ownAwaited.isEmpty()
        ? own.files().stream().map(Path::toString).toList()
        : ownAwaited; // lest they be forgotten where the window closes at once
  }

  /** Adds them again as they were; while there is no model none is. */
  void showOwn(List<String> files) {
    if (!files.isEmpty() && input.get().isPresent()) {
      ownAwaited = List.copyOf(files);
      // Each that is added stands before those that were.
      addPictures(files.reversed().stream().map(UserPath::of).toList(), input);
    }
  }

  /**
   * Shows the images of a figure's specification, in its own order.
   *
   * @param size how many there are
   */
  public void openFigure(Path specification, int size) {
    replace();
    asked = new ShownRows(TYPED, 0, ROWS, IntStream.range(0, size).boxed().toList(), RowOrder.NONE);
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

  /** Which of the user's own pictures a row is; nothing for a dataset's. */
  Optional<Path> fileOf(OriginalImage row) {
    return own.fileOf(row);
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
    return images;
  }

  /** Where the rows that are shown come from, but for the user's own pictures. */
  public Optional<Dataset> shownFrom() {
    boolean some = images.stream().anyMatch(image -> image.label().isPresent());
    return Optional.ofNullable(some ? shownFrom : null);
  }

  /** Where rows come from; null until the samples have been read. */
  public ObjectProperty<@Nullable Dataset> sourceProperty() {
    return source.datasetProperty();
  }
}
