package org.pagexplorer.ui.attack;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Request;

/**
 * The grid's rows as models of several input sizes take them. On the FX thread; files are read on
 * others.
 */
public final class FittedRows {
  private final ImageRows rows;
  private final Notice notice;

  /** The rows that have been read, until there are others. */
  private final Map<InputShape, List<OriginalImage>> read = new HashMap<>();

  /** One for each size, so that what is resized is said once. */
  private final Map<InputShape, Dataset> views = new HashMap<>();

  private int revision;

  public FittedRows(ImageRows rows, Notice notice) {
    this.rows = rows;
    this.notice = notice;
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
   * same images in the same order.
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
    Map<InputShape, Callable<List<OriginalImage>>> readings = new LinkedHashMap<>();
    shapes.forEach(shape -> readings.put(shape, rows.as(shape, view(shape))));
    BackgroundTask.of(
            () -> {
              Map<InputShape, List<OriginalImage>> all = new LinkedHashMap<>();
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
                answer.accept(all);
              }
            })
        .onFailed(notice::report)
        .start();
  }

  private Optional<Map<InputShape, List<OriginalImage>>> known(Set<InputShape> shapes) {
    List<OriginalImage> images = rows.images();
    if (shapes.size() == 1) {
      InputShape only = shapes.iterator().next();
      if (images.stream().allMatch(row -> row.image().shape().equals(only))) {
        return Optional.of(Map.of(only, List.copyOf(images)));
      }
    }
    return read.keySet().containsAll(shapes) ? Optional.of(Map.copyOf(read)) : Optional.empty();
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
