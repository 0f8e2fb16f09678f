package org.pagexplorer.lab.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.domain.Outcome;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.OutOfMemory;
import org.pagexplorer.engine.UntargetedAttack;
import org.pagexplorer.lab.model.OpenModel;

/**
 * Accuracies of several models under several attacks (the paper's Tables 1 and 2), measured a piece
 * at a time: all cells grow together, on the same images in the same order, classes in turn. It may
 * be left at any time and resumed, also with more images. Safe for one thread that measures and
 * others that look.
 */
public final class RobustnessTable {
  private final List<OpenModel> models;
  private final List<Column> columns;
  private final Dataset dataset;
  private final Cell[][] cells;
  private final List<MeasuredPiece> measured = new ArrayList<>();
  private int first;
  private int wanted;
  private int batch;

  /**
   * Images of one cell that come next.
   *
   * @param from the first, in the table's order
   * @param to behind the last
   */
  public record Piece(int model, int column, int from, int to) {}

  /**
   * @param dataset all of its images may be asked for
   * @param wanted how many to measure on; all if there are no more
   * @param batch images of a piece, at least 1
   */
  public RobustnessTable(
      List<OpenModel> models, List<Column> columns, Dataset dataset, int wanted, int batch) {
    this.models = List.copyOf(models);
    this.columns = List.copyOf(columns);
    this.dataset = Datasets.balanced(dataset, 0);
    this.batch = Math.max(1, batch);
    cells = new Cell[models.size()][columns.size()];
    for (Cell[] row : cells) {
      java.util.Arrays.fill(row, Cell.EMPTY);
    }
    want(wanted);
  }

  public List<OpenModel> models() {
    return models;
  }

  public List<Column> columns() {
    return columns;
  }

  /** The images in the order of measuring. */
  public Dataset dataset() {
    return dataset;
  }

  public synchronized int wanted() {
    return wanted;
  }

  /** Measures on so many images: more than before, or fewer, which takes nothing back. */
  public synchronized void want(int images) {
    wanted = Math.clamp(images, 1, dataset.size());
  }

  /** As {@link Divisible#only}. */
  synchronized void only(int from, int to) {
    want(to);
    first = Math.clamp(from, 0, wanted);
  }

  /** Images of a piece; fewer once the device was short of memory. */
  public synchronized int batch() {
    return batch;
  }

  public synchronized Cell cell(int model, int column) {
    return cells[model][column];
  }

  /** The paper's accuracy in [0, 1], where this number is of the same model, images and attack. */
  public Optional<Double> paper(int model, int column) {
    return PaperNumbers.of(models.get(model).card(), columns.get(column), dataset.name());
  }

  /** What to measure next: the shortest cell; nothing when all are done. */
  public synchronized Optional<Piece> next() {
    Optional<Piece> next = Optional.empty();
    int least = wanted;
    for (int model = 0; model < cells.length; model++) {
      for (int column = 0; column < cells[model].length; column++) {
        int n = first + cells[model][column].n();
        if (n < least) {
          least = n;
          next = Optional.of(new Piece(model, column, n, Math.min(wanted, n + batch)));
        }
      }
    }
    return next;
  }

  /**
   * Measures a piece. Where the device has too little memory the pieces are halved, and nothing is
   * added.
   *
   * @param f the piece's model, in float32
   * @return false if the observer cancelled; then nothing is added
   */
  public boolean measure(Piece piece, Classifier f, AttackObserver observer) {
    Images some = Images.of(dataset, piece.from(), piece.to());
    long began = System.nanoTime();
    Optional<List<Outcome>> outcomes;
    try {
      outcomes = outcomes(piece, f, some, observer);
    } catch (RuntimeException e) {
      halveOrThrow(e, piece.to() - piece.from());
      return true;
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    outcomes.ifPresent(found -> add(piece, found, seconds));
    return outcomes.isPresent();
  }

  private Optional<List<Outcome>> outcomes(
      Piece piece, Classifier f, Images some, AttackObserver observer) {
    Column column = columns.get(piece.column());
    if (column.attack().isPresent()) {
      return UntargetedAttack.of(f, column.attack().get())
          .run(some.images(), some.labels(), observer);
    }
    int[] named = f.predictions(some.images());
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < named.length; i++) {
      outcomes.add(new Outcome(some.images().get(i), named[i] == some.labels()[i], 0));
    }
    return Optional.of(outcomes);
  }

  private synchronized void halveOrThrow(RuntimeException e, int attempted) {
    batch = OutOfMemory.half(e, attempted);
  }

  private synchronized void add(Piece piece, List<Outcome> outcomes, double seconds) {
    boolean[] right = new boolean[outcomes.size()];
    int[] standing = new int[parts(piece.column())];
    double zeros = 0;
    for (int i = 0; i < right.length; i++) {
      right[i] = outcomes.get(i).survived();
      zeros += outcomes.get(i).zeroGradientShare() / right.length;
      for (int part = 0; part < Math.min(standing.length, outcomes.get(i).withstood()); part++) {
        standing[part]++;
      }
    }
    add(new MeasuredPiece(piece, right, standing, zeros, seconds));
  }

  /** Attacks whose survivors are counted, each on those of the one before: of a suite. */
  private int parts(int column) {
    return columns
        .get(column)
        .attack()
        .filter(attack -> attack.method().isSuite())
        .map(attack -> attack.method().parts().size())
        .orElse(0);
  }

  /** Everything that was measured, or added, in that order. */
  synchronized List<MeasuredPiece> measured() {
    return List.copyOf(measured);
  }

  /**
   * Adds what is measured.
   *
   * @throws IllegalArgumentException if it is not what its cell needs next
   */
  synchronized void add(MeasuredPiece piece) {
    boolean within =
        piece.model() >= 0
            && piece.model() < models.size()
            && piece.column() >= 0
            && piece.column() < columns.size();
    if (!within
        || piece.from() != first + cells[piece.model()][piece.column()].n()
        || piece.from() + piece.right().length() > dataset.size()
        || (piece.standing().length > 0 && piece.standing().length != parts(piece.column()))) {
      throw new IllegalArgumentException("it is not the table's next piece");
    }
    Cell[] row = cells[piece.model()];
    row[piece.column()] = row[piece.column()].with(piece);
    measured.add(piece);
  }

  /** How far it is, in [0, 1], by time. */
  public synchronized double progress() {
    double spent = 0;
    for (Cell[] row : cells) {
      for (Cell cell : row) {
        spent += cell.seconds();
      }
    }
    double left = secondsLeft();
    return left == 0 ? 1 : Double.isFinite(left) ? spent / (spent + left) : 0;
  }

  /**
   * How long the rest will take: each cell at its own speed, and those that have not begun by their
   * number of passes; infinite before the first piece.
   */
  public synchronized double secondsLeft() {
    double left = 0;
    for (int model = 0; model < cells.length; model++) {
      for (int column = 0; column < cells[model].length; column++) {
        Cell cell = cells[model][column];
        int images = Math.max(0, wanted - first - cell.n());
        left +=
            images == 0
                ? 0
                : images * (cell.n() > 0 ? cell.secondsAnImage() : guess(model, column));
      }
    }
    return left;
  }

  private double guess(int model, int column) {
    double seconds = 0;
    double passes = 0;
    for (int m = 0; m < cells.length; m++) {
      for (int c = 0; c < cells[m].length; c++) {
        seconds += cells[m][c].seconds();
        passes += cells[m][c].n() * passes(m, c);
      }
    }
    return passes == 0 ? Double.POSITIVE_INFINITY : seconds / passes * passes(model, column);
  }

  private double passes(int model, int column) {
    return columns.get(column).passes(models.get(model).card().classes().size());
  }
}
