package org.pagexplorer.ui.attack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.dataset.ImageFiles.FittedImage;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.StartImages;
import org.pagexplorer.ui.attack.SizedRows.Unfit;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Complaint;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Request;

/**
 * The rows that the user added: own pictures and start images, in whatever size the chosen model
 * takes.
 */
final class OwnPictures {
  private final Notice notice;
  private final Complaint unfit;
  private final List<Own> pictures = new ArrayList<>();

  /** Those that other rows, which are still on their way, are to stand in the place of. */
  private final List<Own> replaced = new ArrayList<>();

  /** A row and how it was made to fit; no other is equal to it, not even of the same file. */
  private static final class Own {
    private final RowSource source;
    private final OriginalImage image;
    private final Fit fit;

    /** The dataset that it was made of, if any. */
    private final Optional<Dataset> from;

    private Own(RowSource source, OriginalImage image, Fit fit, Optional<Dataset> from) {
      this.source = source;
      this.image = image;
      this.fit = fit;
      this.from = from;
    }

    static Own of(RowSource source, InputShape shape, Fit fit, Optional<Dataset> from) {
      return switch (source) {
        case RowSource.File file -> of(file, ImageFiles.fit(file.path(), shape, fit), fit);
        case RowSource.Start start ->
            new Own(
                source,
                StartImages.of(start.image(), shape, () -> fitted(from, shape, fit)),
                fit,
                source.needsDataset() ? from : Optional.empty());
      };
    }

    private static Dataset fitted(Optional<Dataset> from, InputShape shape, Fit fit) {
      return from.orElseThrow(() -> new UserException("Open a dataset first: it has the class."))
          .fitted(shape, fit, said -> {});
    }

    private static Own of(RowSource.File file, FittedImage fitted, Fit fit) {
      String name = Printable.of(String.valueOf(file.path().getFileName()));
      return new Own(
          file,
          new OriginalImage(name, name, fitted.image(), OptionalInt.empty(), fitted.note())
              .keyed(file.text()),
          fit,
          Optional.empty());
    }

    /** Its file may be gone by now: then what is there of it is resized. */
    Own in(InputShape shape, Fit how) {
      if (image.image().shape().equals(shape) && fit == how) {
        return this;
      }
      try {
        return of(source, shape, how, from);
      } catch (UserException e) {
        if (source instanceof RowSource.File file) {
          return of(file, ImageFiles.fit(ImageFiles.toBuffered(image.image()), shape, how), how);
        }
        throw e;
      }
    }
  }

  /** What became of a file: a picture, or why there is none. */
  record Read(@Nullable Own picture, @Nullable UserException failure) {}

  OwnPictures(Notice notice) {
    this.notice = notice;
    unfit = new Complaint(notice);
  }

  /**
   * Reads or makes rows, each on its own; not on the FX thread.
   *
   * @param from has the classes of start images
   */
  static List<Read> read(
      List<RowSource> sources, InputShape shape, Fit fit, Optional<Dataset> from) {
    List<Read> all = new ArrayList<>();
    for (RowSource source : sources) {
      try {
        all.add(new Read(Own.of(source, shape, fit, from), null));
      } catch (UserException e) {
        all.add(new Read(null, e));
      }
    }
    return all;
  }

  /** Puts each before those that are there, and says what was done to it. */
  void add(List<Read> files) {
    for (Read file : files) {
      if (file.failure() != null) {
        notice.report(file.failure());
      } else if (file.picture() != null) {
        pictures.addFirst(file.picture());
        OriginalImage image = file.picture().image;
        if (!image.note().isEmpty()) {
          notice.say(image.origin() + " was " + image.note() + ".");
        }
      }
    }
  }

  /** Reads again what has another size, or was fitted in another way; what cannot be stays. */
  void refit(InputShape shape, Fit fit, Request mine, Runnable settled) {
    List<Own> before = List.copyOf(pictures);
    BackgroundTask.of(
            () -> {
              Map<Own, Read> now = new LinkedHashMap<>();
              before.forEach(one -> now.put(one, again(one, shape, fit)));
              return now;
            })
        .within(mine)
        .onDone(
            now -> {
              pictures.replaceAll(one -> refitted(one, now.get(one)));
              replaced.replaceAll(one -> refitted(one, now.get(one)));
              now.keySet().retainAll(pictures); // others have been read, or have gone meanwhile
              unfit.sayOnce(SizedRows.sentence(unfit(now)));
            })
        .onFailed(notice::report)
        .andFinally(settled)
        .start();
  }

  private static Read again(Own one, InputShape shape, Fit fit) {
    try {
      return new Read(one.in(shape, fit), null);
    } catch (UserException e) {
      return new Read(null, e);
    }
  }

  private static Own refitted(Own one, @Nullable Read now) {
    return now == null || now.picture() == null ? one : now.picture();
  }

  private static List<Unfit> unfit(Map<Own, Read> all) {
    List<Unfit> found = new ArrayList<>();
    all.forEach(
        (one, read) -> {
          if (read.failure() != null) {
            found.add(new Unfit(one.image.key(), one.image.caption(), read.failure()));
          }
        });
    return found;
  }

  /**
   * Reads the same pictures as a model of another input takes them; not on the FX thread. Those
   * that cannot be made to fit are among the rows as they are, since others stand where they do to
   * them.
   */
  Supplier<SizedRows> as(InputShape shape, Fit fit) {
    List<Own> now = List.copyOf(pictures);
    return () -> {
      Map<Own, Read> all = new LinkedHashMap<>();
      now.forEach(one -> all.put(one, again(one, shape, fit)));
      List<SizedRows.Row> rows = new ArrayList<>();
      all.forEach(
          (one, read) -> rows.add(new SizedRows.Row(one.source.text(), refitted(one, read).image)));
      return new SizedRows(rows, unfit(all));
    };
  }

  /** Other rows are asked for. */
  void replace() {
    replaced.clear();
    replaced.addAll(pictures);
  }

  /** They have come. */
  void drop() {
    pictures.removeAll(replaced);
    replaced.clear();
    if (pictures.isEmpty()) {
      unfit.settle();
    }
  }

  /** Takes away all but these, and as many of one as there are here. */
  void retain(List<String> sources) {
    List<String> left = new ArrayList<>(sources);
    pictures.removeIf(one -> !left.remove(one.source.text()));
  }

  /** They do not come. */
  void keep() {
    replaced.clear();
  }

  boolean isEmpty() {
    return pictures.isEmpty();
  }

  List<OriginalImage> images() {
    return pictures.stream().map(one -> one.image).toList();
  }

  /** Of those that stay. */
  List<String> sources() {
    return pictures.stream()
        .filter(one -> !replaced.contains(one))
        .map(one -> one.source.text())
        .toList();
  }

  /** What a row of these is made of, whatever is painted on it. */
  Optional<RowSource> sourceOf(OriginalImage row) {
    return pictures.stream()
        .filter(one -> one.image.image() == row.image())
        .findFirst()
        .map(one -> one.source);
  }

  /** That of the first. */
  Optional<InputShape> shape() {
    return pictures.stream().map(one -> one.image.image().shape()).findFirst();
  }

  boolean areResized() {
    return pictures.stream().anyMatch(one -> !one.image.note().isEmpty());
  }
}
