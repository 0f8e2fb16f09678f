package org.pagexplorer.ui.attack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  private final StringProperty choice = new SimpleStringProperty(EACH);
  private final IntegerProperty revision = new SimpleIntegerProperty();
  private Shown asked = Shown.FIRST;
  private Optional<Awaited> awaited = Optional.empty();
  private List<Integer> typedIndices = List.of();
  private int page;
  private @Nullable Dataset shownFrom;
  private Supplier<Optional<InputShape>> input = Optional::empty;
  private Function<ImageSource, List<OriginalImage>> shown =
      from -> from.onePerClass(MOST_CLASSES, 0);
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

  /** Which rows of a dataset are shown, as they are remembered and undone. */
  record Shown(String choice, int page, List<Integer> indices) {
    static final Shown FIRST = new Shown(EACH, 0, List.of());
  }

  private @Nullable Dataset dataset() {
    return source.datasetProperty().get();
  }

  /** The rows of a dataset that has come: those that are asked for, or the first. */
  private void beginSource() {
    Shown next = asked;
    asked = Shown.FIRST;
    show(next);
  }

  /** Shows rows of the dataset that is open; the first where it has no such ones. */
  void show(Shown wanted) {
    Dataset dataset = dataset();
    boolean typed = wanted.choice().equals(TYPED);
    boolean known =
        dataset != null
            && (typed
                ? !wanted.indices().isEmpty()
                    && wanted.indices().stream().allMatch(i -> i >= 0 && i < dataset.size())
                : List.of(EACH, RANDOM).contains(wanted.choice())
                    || dataset.classes().contains(wanted.choice()));
    if (known && typed) {
      showTyped(wanted.indices());
    } else {
      begin(known ? wanted.choice() : EACH, known ? wanted.page() : 0);
    }
  }

  /** What is shown, or will be when its dataset has come. */
  Shown shown() {
    return awaited.map(Awaited::rows).orElseGet(() -> new Shown(choice.get(), page, typedIndices));
  }

  /** A dataset that is being opened again, with the rows to be shown of it. */
  private record Awaited(Optional<Path> folder, String part, Shown rows) {}

  /** The folder that is open, or being opened again; nothing for the samples. */
  Optional<Path> wantedFolder() {
    return awaited.map(Awaited::folder).orElse(source.folder());
  }

  /** The part of the dataset that is open, or being opened again; empty where it has none. */
  String wantedPart() {
    return awaited.map(Awaited::part).orElseGet(source.partProperty()::get);
  }

  /** What is asked for now is to be seen from its first rows on. */
  private void first() {
    awaited = Optional.empty();
    asked = Shown.FIRST;
  }

  /**
   * Shows rows of a dataset, which is opened first where another one is.
   *
   * @param folder where it is; nothing for the samples
   * @param name of its part; empty for the one that it opens with
   */
  void show(Optional<Path> folder, String name, Shown rows) {
    boolean open = folder.equals(source.folder()) && name.equals(source.partProperty().get());
    Split split = name.isEmpty() ? Split.ANY : Split.of(name);
    replace();
    if (open && awaited.isEmpty() && dataset() != null) {
      show(rows);
      return;
    }
    awaited = Optional.of(new Awaited(folder, name, rows));
    asked = rows;
    folder.ifPresentOrElse(
        place -> source.open(place, split), () -> open(() -> Samples.open(Home.assets())));
  }

  /** Told of whatever may have changed what is shown. */
  Observable shownProperty() {
    return revision;
  }

  /** Shows the first images of a choice: of {@link #EACH} class, at {@link #RANDOM}, or a class. */
  void choose(String what) {
    replace();
    begin(what);
  }

  /** The user asks for other rows: what was added to those before goes when these have come. */
  private void replace() {
    trouble.settle();
    choices.cancel();
    ownAwaited = List.of();
    own.replace();
  }

  private void begin(String what) {
    begin(what, 0);
  }

  private void begin(String what, int from) {
    page = from;
    typedIndices = List.of();
    choice.set(what);
    showPage();
  }

  /** Shows later images of the choice, or earlier ones. */
  void turn(int pages) {
    if (!choice.get().equals(TYPED)) {
      replace();
      page += pages;
      showPage();
    }
  }

  private void showPage() {
    String chosen = choice.get();
    int now = page;
    Dataset dataset = dataset();
    if (chosen.equals(EACH) && dataset != null && dataset.classes().size() > MOST_CLASSES) {
      notice.say(
          "%s has %,d classes; %d of them are shown at a time."
              .formatted(dataset.name(), dataset.classes().size(), MOST_CLASSES));
    }
    show(
        from ->
            switch (chosen) {
              case EACH -> from.onePerClass(MOST_CLASSES, now);
              case RANDOM -> from.atRandom(ROWS, now);
              default -> from.ofClass(from.dataset().classes().indexOf(chosen), ROWS, now);
            });
  }

  /** What is shown of the source. */
  ReadOnlyStringProperty choiceProperty() {
    return choice;
  }

  /**
   * Shows other rows, read on a thread of their own; the latest choice wins. What is added
   * meanwhile stands before them.
   */
  public void show(Function<ImageSource, List<OriginalImage>> choice) {
    shown = choice;
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
      Function<ImageSource, List<OriginalImage>> choice = shown;
      Dataset view = fitting.of(dataset, wanted);
      BackgroundTask.of(() -> choice.apply(new ImageSource(view)))
          .within(mine)
          .onDone(rows -> drawn(dataset, rows))
          .onFailed(this::failed)
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

  private void failed(Throwable failure) {
    if (dataset() == null && awaited.flatMap(Awaited::folder).isPresent()) {
      open(() -> Samples.open(Home.assets())); // the remembered one is gone
    }
    awaited = Optional.empty();
    asked = Shown.FIRST;
    own.keep();
    trouble.report(failure);
  }

  /** Shows what has been read, once nothing more is on its way. */
  private void settle() {
    if (rowsAsked.isBusy() || source.isOpening()) {
      return;
    }
    Optional<InputShape> shape = wanted().or(own::shape);
    List<OriginalImage> next = new ArrayList<>(own.images());
    next.addAll(drawn);
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

  private void readAnew() {
    if (dataset() != null || !own.isEmpty()) {
      images.clear();
    }
    read();
  }

  /** A model of something else than pictures leaves rows as they are. */
  private Optional<InputShape> wanted() {
    return input.get().filter(s -> s.channels() == 1 || s.channels() == 3);
  }

  /**
   * Reads the same rows as a model of another input takes them; not on the FX thread.
   *
   * @param view of the dataset that is open, in that size; nothing where none is
   */
  Supplier<List<OriginalImage>> as(InputShape shape, Optional<Dataset> view) {
    Function<ImageSource, List<OriginalImage>> choice = shown;
    Supplier<List<OriginalImage>> ofUser = own.as(shape, fitting.fitProperty().get());
    return () -> {
      List<OriginalImage> all = new ArrayList<>(ofUser.get());
      if (all.stream().anyMatch(picture -> !picture.note().isEmpty())) {
        Platform.runLater(() -> fitting.resizedProperty().set(true));
      }
      view.ifPresent(dataset -> all.addAll(choice.apply(new ImageSource(dataset))));
      return all;
    };
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
      showTyped(indices);
    } catch (UserException e) {
      trouble.report(e);
    }
  }

  private void showTyped(List<Integer> indices) {
    typedIndices = List.copyOf(indices);
    choice.set(TYPED);
    show(from -> indices.stream().map(from::image).toList());
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

  /** Shows all images of what lies in no folder, for instance a figure's, in its own order. */
  public void openAll(Dataset dataset) {
    replace();
    awaited = Optional.empty();
    asked = new Shown(TYPED, 0, IntStream.range(0, dataset.size()).boxed().toList());
    open(() -> dataset);
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

  /** The opened dataset's folder; nothing for the samples. */
  public Optional<Path> folder() {
    return source.folder();
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
