package org.pagexplorer.ui.attack;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.InvalidationListener;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Complaint;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Request;

/**
 * The grid's rows as models of several input sizes take them. On the FX thread; files are read on
 * others.
 */
public final class FittedRows {
  private final ImageRows rows;
  private final Notice notice;
  private final Complaint unfit;

  /** The rows that have been read, until there are others. */
  private final Map<InputShape, SizedRows> read = new HashMap<>();

  /** One for each size, so that what is resized is said once. */
  private final Map<InputShape, Dataset> views = new HashMap<>();

  private int revision;

  public FittedRows(ImageRows rows, Notice notice) {
    this.rows = rows;
    this.notice = notice;
    unfit = new Complaint(notice);
    InvalidationListener others =
        property -> {
          read.clear();
          revision++;
        };
    rows.images().addListener(others);
    InvalidationListener otherViews = property -> views.clear();
    rows.sourceProperty().addListener(otherViews);
    rows.fitProperty().addListener(otherViews);
  }

  /**
   * Gives the rows in every one of these sizes, at once where they are known; each list has the
   * same images in the same order. What cannot be made to fit one of them is in none, and said.
   *
   * @param mine when it is over, nothing is given
   */
  public void in(
      Set<InputShape> shapes, Request mine, Consumer<Map<InputShape, List<OriginalImage>>> answer) {
    Optional<Map<InputShape, List<OriginalImage>>> known = known(shapes);
    if (known.isPresent()) {
      answer.accept(known.get());
      return;
    }
    int asked = revision;
    Map<InputShape, Callable<SizedRows>> readings = new LinkedHashMap<>();
    shapes.forEach(shape -> readings.put(shape, rows.as(shape, view(shape))));
    BackgroundTask.of(
            () -> {
              Map<InputShape, SizedRows> all = new LinkedHashMap<>();
              for (var reading : readings.entrySet()) {
                all.put(reading.getKey(), reading.getValue().call());
              }
              return all;
            })
        .within(mine)
        .onDone(
            all -> {
              if (asked == revision) { // else who asked is told of the others, and asks again
                read.putAll(all);
                answer.accept(shared(all));
              }
            })
        .onFailed(notice::report)
        .start();
  }

  /** Nobody looks at them: what was said of them goes. */
  public void settle() {
    unfit.settle();
  }

  private Optional<Map<InputShape, List<OriginalImage>>> known(Set<InputShape> shapes) {
    List<OriginalImage> images = rows.images();
    if (shapes.size() == 1) {
      InputShape only = shapes.iterator().next();
      if (images.stream().allMatch(row -> row.image().shape().equals(only))) {
        unfit.settle();
        return Optional.of(Map.of(only, List.copyOf(images)));
      }
    }
    if (!read.keySet().containsAll(shapes)) {
      return Optional.empty();
    }
    Map<InputShape, SizedRows> all = new LinkedHashMap<>();
    shapes.forEach(shape -> all.put(shape, Objects.requireNonNull(read.get(shape))));
    return Optional.of(shared(all));
  }

  /** Those that are there in each size. */
  private Map<InputShape, List<OriginalImage>> shared(Map<InputShape, SizedRows> all) {
    List<SizedRows.Unfit> lacking =
        all.values().stream().flatMap(rows -> rows.unfit().stream()).toList();
    unfit.sayOnce(SizedRows.sentence(lacking));
    Set<String> keys = lacking.stream().map(SizedRows.Unfit::key).collect(Collectors.toSet());
    Map<InputShape, List<OriginalImage>> shared = new LinkedHashMap<>();
    all.forEach((shape, rows) -> shared.put(shape, rows.without(keys)));
    return shared;
  }

  private Optional<Dataset> view(InputShape shape) {
    Optional<Dataset> source = Optional.ofNullable(rows.sourceProperty().get());
    boolean pictures = shape.channels() == 1 || shape.channels() == 3;
    return source.map(
        dataset ->
            !pictures
                ? dataset
                : views.computeIfAbsent(
                    shape, s -> dataset.fitted(s, rows.fitProperty().get(), rows::resized)));
  }
}
