package org.pagexplorer.lab.alignment;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.engine.OutOfMemory;
import org.pagexplorer.lab.measure.Divisible;

/**
 * A study in pieces: what it has measured, and which piece of which model is next. Safe for several
 * threads.
 */
abstract class MeasuredPieces implements Divisible {
  private final int realizations;
  private final int available;
  private final Pace pace;
  private final ModelAlignment[] found;
  private final List<MeasuredPiece> measured = new ArrayList<>();
  private int first;
  private int wanted;
  private int batch;

  /** What is done of an image. */
  enum Kind {
    GRADIENTS,
    PICTURES
  }

  /** Images of a model, in the study's order. */
  record Piece(Kind kind, int model, int from, int to) {
    int size() {
      return to - from;
    }
  }

  /**
   * @param available images, all of which are wanted
   * @param batch images of a piece, at least 1
   * @param pace by the kinds' ordinals
   */
  MeasuredPieces(int models, int realizations, int available, int batch, Pace pace) {
    this.realizations = realizations;
    this.available = available;
    this.pace = pace;
    this.batch = Math.max(1, batch);
    wanted = available;
    found = new ModelAlignment[models];
    Arrays.fill(found, ModelAlignment.none(realizations, models));
  }

  public synchronized ModelAlignment of(int model) {
    return found[model];
  }

  @Override
  public int available() {
    return available;
  }

  @Override
  public boolean isDone() {
    return next().isEmpty();
  }

  @Override
  public synchronized int wanted() {
    return wanted;
  }

  @Override
  public synchronized int batch() {
    return batch;
  }

  /** Measures on so many images: more than before, or fewer, which takes nothing back. */
  public synchronized void want(int images) {
    wanted = Math.clamp(images, 1, available);
  }

  @Override
  public synchronized void wantAtLeast(int images) {
    want(Math.max(images, wanted));
  }

  @Override
  public synchronized void only(int from, int to) {
    want(to);
    first = Math.clamp(from, 0, wanted);
  }

  /**
   * Smaller pieces from now on.
   *
   * @throws RuntimeException the failure itself, if it is not that memory was too small
   */
  synchronized void halveOrThrow(RuntimeException failure, Piece attempted) {
    batch = OutOfMemory.half(failure, attempted.size());
  }

  /** The kind of work that is furthest behind; gradients first. */
  synchronized Optional<Piece> next() {
    Optional<Piece> next = Optional.empty();
    int least = wanted;
    for (Kind kind : Kind.values()) {
      for (int model = 0; model < found.length; model++) {
        int n = done(kind, model);
        if (n < least) {
          least = n;
          next = Optional.of(new Piece(kind, model, n, Math.min(wanted, n + batch)));
        }
      }
    }
    return next;
  }

  private int done(Kind kind, int model) {
    return first
        + switch (kind) {
          case GRADIENTS -> found[model].n();
          case PICTURES -> found[model].pictures();
        };
  }

  void took(Piece piece, double seconds) {
    pace.add(piece.kind().ordinal(), piece.size(), seconds);
  }

  @Override
  public synchronized List<JsonObject> measured() {
    return measured.stream().map(MeasuredPiece::json).toList();
  }

  @Override
  public void add(JsonObject piece) {
    add(MeasuredPiece.of(piece));
  }

  /**
   * @throws IllegalArgumentException if it is not the next one of its kind
   */
  synchronized void add(MeasuredPiece piece) {
    if (!isNext(piece)) {
      throw new IllegalArgumentException("it is not the study's next piece");
    }
    ModelAlignment more = found[piece.model()];
    for (ImageMeasures image : piece.images()) {
      more = more.with(image);
    }
    found[piece.model()] =
        piece.isOfGradients() ? more : more.withPictures(piece.named(), piece.energies());
    measured.add(piece);
  }

  private boolean isNext(MeasuredPiece piece) {
    Kind kind = piece.isOfGradients() ? Kind.GRADIENTS : Kind.PICTURES;
    return piece.model() >= 0
        && piece.model() < found.length
        && piece.from() == done(kind, piece.model())
        && switch (kind) {
          case GRADIENTS ->
              piece.images().stream().allMatch(i -> i.cosines().size() == realizations);
          case PICTURES ->
              piece.named().size() == found.length && piece.energies().size() == piece.pictures();
        };
  }

  @Override
  public synchronized double progress() {
    return pace.progress(secondsLeft());
  }

  @Override
  public synchronized double secondsLeft() {
    double left = 0;
    for (Kind kind : Kind.values()) {
      int images = 0;
      for (int model = 0; model < found.length; model++) {
        images += Math.max(0, wanted - done(kind, model));
      }
      left += pace.secondsFor(kind.ordinal(), images);
    }
    return left;
  }
}
