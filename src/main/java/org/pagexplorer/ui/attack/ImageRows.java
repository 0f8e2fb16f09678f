package org.pagexplorer.ui.attack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
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
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.ui.support.Background;

/** The grid's rows and where they come from. On the FX thread; files are read on others. */
public final class ImageRows {
  private final ObservableList<OriginalImage> images = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable Dataset> source = new SimpleObjectProperty<>();
  private final Consumer<String> say;
  private final Consumer<Throwable> report;

  /** As many rows as a usual window shows. */
  static final int ROWS = 7;

  static final String EACH = "one of each class";
  static final String RANDOM = "at random";

  private final StringProperty choice = new SimpleStringProperty(EACH);
  private int page;
  private @Nullable Path sourceFolder;
  private @Nullable Dataset shownFrom;
  private int requests;

  /**
   * @param say receives sentences for the user
   * @param report receives what went wrong
   */
  public ImageRows(Consumer<String> say, Consumer<Throwable> report) {
    this.say = say;
    this.report = report;
    source.addListener((property, old, now) -> choose(EACH));
  }

  /** Shows the first images of a choice: of {@link #EACH} class, at {@link #RANDOM}, or a class. */
  void choose(String what) {
    page = 0;
    choice.set(what);
    showPage();
  }

  /** Shows later images of the choice, or earlier ones. */
  void turn(int pages) {
    page += pages;
    showPage();
  }

  private void showPage() {
    String chosen = choice.get();
    int now = page;
    show(
        from ->
            switch (chosen) {
              case EACH -> from.onePerClass(ROWS, now);
              case RANDOM -> from.atRandom(ROWS, now);
              default -> from.ofClass(from.dataset().classes().indexOf(chosen), ROWS, now);
            });
  }

  /** What is shown of the source. */
  ReadOnlyStringProperty choiceProperty() {
    return choice;
  }

  /** Shows other rows, read on a thread of their own; the latest choice wins. */
  public void show(Function<ImageSource, List<OriginalImage>> choice) {
    Dataset dataset = source.get();
    if (dataset == null) {
      return;
    }
    requests++;
    int mine = requests;
    Background.run(
        () -> choice.apply(new ImageSource(dataset)),
        rows -> {
          if (mine == requests) {
            shownFrom = dataset;
            images.setAll(rows);
          }
        },
        report);
  }

  /** Shows the images of typed indices, for instance {@code 0, 7, 12}. */
  public void showIndices(String text) {
    Dataset dataset = source.get();
    if (dataset == null || text.isBlank()) {
      return;
    }
    try {
      List<Integer> indices = parse(text, dataset);
      show(from -> indices.stream().map(from::image).toList());
    } catch (UserException e) {
      report.accept(e);
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

  /** Adds the user's own pictures as the first rows, fitted to the shape that the model takes. */
  public void addPictures(List<Path> files, Optional<InputShape> shape) {
    if (shape.isEmpty()) {
      say.accept("Choose a model first: it says what size pictures have to be.");
      return;
    }
    for (Path file : files) {
      Background.run(
          () -> ImageFiles.fit(file, shape.get()), fitted -> addFirst(file, fitted), report);
    }
  }

  private void addFirst(Path file, ImageFiles.FittedImage fitted) {
    String name = String.valueOf(file.getFileName());
    List<OriginalImage> next = new ArrayList<>();
    next.add(new OriginalImage(fitted.image(), name, Optional.empty()));
    // Rows of another size, from before another model was chosen, would fit no model together.
    images.stream()
        .filter(other -> other.image().shape().equals(fitted.image().shape()))
        .forEach(next::add);
    images.setAll(next);
    if (!fitted.note().isEmpty()) {
      say.accept(name + " was " + fitted.note() + ".");
    }
  }

  /** Opens a data set's folder, its test images. */
  public void openDataset(Path folder) {
    Background.run(
        () -> Datasets.open(folder, Split.TEST),
        opened -> {
          sourceFolder = folder;
          source.set(opened);
        },
        report);
  }

  /** The opened data set's folder; nothing for the samples. */
  public Optional<Path> folder() {
    return Optional.ofNullable(sourceFolder);
  }

  /** The rows, from the top. */
  public ObservableList<OriginalImage> images() {
    return images;
  }

  /** Where the rows that are shown come from, but for the user's own pictures. */
  public Optional<Dataset> shownFrom() {
    boolean some = images.stream().anyMatch(image -> image.className().isPresent());
    return Optional.ofNullable(some ? shownFrom : null);
  }

  /** Where rows come from; null until the samples have been read. */
  public ObjectProperty<@Nullable Dataset> sourceProperty() {
    return source;
  }
}
