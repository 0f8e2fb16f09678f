package org.pagexplorer.ui.attack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Requests;

/** The grid's rows and where they come from. On the FX thread; files are read on others. */
public final class ImageRows {
  private final ObservableList<OriginalImage> images = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable Dataset> source = new SimpleObjectProperty<>();
  private final Notice notice;

  /** As many rows as a usual window shows. */
  static final int ROWS = 7;

  /** Rows of {@link #EACH} class at a time: a hundred images by a hundred targets fit in memory. */
  static final int MOST_CLASSES = 100;

  static final String EACH = "one of each class";
  static final String RANDOM = "at random";
  static final String TYPED = "by index";

  private final StringProperty choice = new SimpleStringProperty(EACH);
  private int page;
  private Optional<Path> sourceFolder = Optional.empty();
  private @Nullable Dataset shownFrom;
  private Supplier<Optional<InputShape>> input = Optional::empty;
  private Function<ImageSource, List<OriginalImage>> shown =
      from -> from.onePerClass(MOST_CLASSES, 0);
  private @Nullable Dataset fittedFrom;
  private @Nullable Dataset fitted;
  private Optional<InputShape> fittedTo = Optional.empty();

  private final Requests rowsAsked = new Requests();
  private final Requests sourcesAsked = new Requests();

  /** What the user asked to see; pictures are added to it. */
  private final Requests choices = new Requests();

  /** Pictures that were read before the rows that they are to stand before. */
  private final List<OriginalImage> early = new ArrayList<>();

  public ImageRows(Notice notice) {
    this.notice = notice;
    source.addListener((property, old, now) -> begin(EACH));
  }

  /** Shows the first images of a choice: of {@link #EACH} class, at {@link #RANDOM}, or a class. */
  void choose(String what) {
    replace();
    begin(what);
  }

  /** The user asks for other rows: what was to be added to those before is not added to these. */
  private void replace() {
    choices.cancel();
    early.clear();
  }

  private void begin(String what) {
    page = 0;
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
    Dataset dataset = source.get();
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
    Dataset dataset = source.get();
    if (dataset == null) {
      return;
    }
    shown = choice;
    Dataset view = fitted(dataset);
    BackgroundTask.of(() -> choice.apply(new ImageSource(view)))
        .within(rowsAsked.next())
        .onDone(
            rows -> {
              shownFrom = dataset;
              images.setAll(rows);
              refit(); // for a model that was chosen meanwhile
            })
        .onFailed(notice::report)
        .andFinally(this::addEarly)
        .start();
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
    boolean fit =
        wanted.isEmpty()
            || (images.isEmpty()
                ? wanted.equals(fittedTo)
                : images.stream().allMatch(row -> wanted.get().equals(row.image().shape())));
    if (!fit) {
      images.clear();
      show(shown);
    }
  }

  /** A model of something else than pictures leaves rows as they are. */
  private Optional<InputShape> wanted() {
    return input.get().filter(s -> s.channels() == 1 || s.channels() == 3);
  }

  /** One view for each size, so that what is resized is said once. */
  private Dataset fitted(Dataset dataset) {
    Optional<InputShape> wanted = wanted();
    Dataset known = fitted;
    if (known != null && dataset == fittedFrom && wanted.equals(fittedTo)) {
      return known;
    }
    Dataset now =
        wanted.map(shape -> dataset.fitted(shape, Fit.CROP, notice::sayLater)).orElse(dataset);
    fittedFrom = dataset;
    fittedTo = wanted;
    fitted = now;
    return now;
  }

  /** Shows the images of typed indices, for instance {@code 0, 7, 12}. */
  public void showIndices(String text) {
    Dataset dataset = source.get();
    if (dataset == null || text.isBlank()) {
      return;
    }
    try {
      List<Integer> indices = parse(text, dataset);
      replace();
      choice.set(TYPED);
      show(from -> indices.stream().map(from::image).toList());
    } catch (UserException e) {
      notice.report(e);
    }
  }

  private static List<Integer> parse(String text, Dataset dataset) {
    List<Integer> indices = new ArrayList<>();
    for (String part : text.strip().split("[,;\\s]+", -1)) {
      indices.add(index(part, dataset));
    }
    return indices;
  }

  private static int index(String part, Dataset dataset) {
    int last = dataset.size() - 1;
    try {
      int index = Integer.parseInt(part);
      if (index >= 0 && index <= last) {
        return index;
      }
    } catch (NumberFormatException e) {
      throw new UserException(
          "\"" + part + "\" is no index; type numbers from 0 to " + last + ".", e);
    }
    throw new UserException(
        dataset.name() + " has images 0 to " + last + ", not " + part + "; type another index.");
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
      notice.say("Choose a model first: it says what size pictures have to be.");
      return;
    }
    BackgroundTask.of(() -> fit(files, wanted.get()))
        .within(choices.latest()) // not where other rows have been chosen since
        .onDone(
            fitted -> {
              if (shape.get().equals(wanted)) {
                fitted.forEach(Fitted::tell);
              } else {
                addPictures(files, shape);
              }
            })
        .onFailed(notice::report)
        .start();
  }

  /** What became of a file, told on the FX thread. */
  private interface Fitted {
    void tell();
  }

  private List<Fitted> fit(List<Path> files, InputShape shape) {
    List<Fitted> all = new ArrayList<>();
    for (Path file : files) {
      try {
        ImageFiles.FittedImage fitted = ImageFiles.fit(file, shape);
        all.add(() -> add(file, fitted));
      } catch (UserException e) {
        all.add(() -> notice.report(e));
      }
    }
    return all;
  }

  private void add(Path file, ImageFiles.FittedImage fitted) {
    String name = Printable.of(String.valueOf(file.getFileName()));
    OriginalImage image =
        new OriginalImage(name, name, fitted.image(), OptionalInt.empty(), fitted.note());
    early.add(image);
    addEarly();
    if (!fitted.note().isEmpty()) {
      notice.say(name + " was " + fitted.note() + ".");
    }
  }

  /** Once the rows that were chosen before have been read. */
  private void addEarly() {
    if (!rowsAsked.isBusy() && !sourcesAsked.isBusy()) {
      early.forEach(this::addFirst);
      early.clear();
    }
  }

  private void addFirst(OriginalImage image) {
    List<OriginalImage> next = new ArrayList<>(List.of(image));
    // Rows of another size, from before another model was chosen, would fit no model together.
    images.stream()
        .filter(other -> other.image().shape().equals(image.image().shape()))
        .forEach(next::add);
    images.setAll(next);
  }

  /** Opens a data set's folder, or a file of one: its test images, or what it has. */
  public void openDataset(Path folder) {
    replace();
    open(() -> Datasets.open(folder, Split.ANY), Optional.of(folder));
  }

  /**
   * Opens a data set; the latest one wins.
   *
   * @param folder where it is, if the user chose it
   */
  public void open(Callable<Dataset> open, Optional<Path> folder) {
    BackgroundTask.of(open)
        .within(sourcesAsked.next())
        .onDone(
            dataset -> {
              sourceFolder = folder;
              source.set(dataset);
            })
        .onFailed(notice::report)
        .andFinally(this::addEarly)
        .start();
  }

  /** The opened data set's folder; nothing for the samples. */
  public Optional<Path> folder() {
    return sourceFolder;
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
    return source;
  }
}
