package org.pagexplorer.ui.attack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.AttackFrame;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.OutOfMemory;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.TargetGrid;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.ui.support.Notice;

/**
 * One attack on all tiles of the grid, from its start to its end or to its being overtaken by the
 * next.
 */
public final class GridAttack implements TargetGrid.Observer {
  /** Iterates of the whole grid kept for the scrubber, in bytes. */
  private static final long MEMORY_BUDGET = 512L << 20;

  /**
   * Copies of a picture's values, in bytes each, that a tile has at the least: two steps, floats.
   */
  private static final int LEAST_COPIES = 2 + Float.BYTES;

  private static final long MOST_MEMORY = 1L << 30;

  /** Tiles attacked at once: few enough that a CPU shows a step several times a second. */
  private static final int CPU_BATCH = 40;

  private static final int CUDA_BATCH = 400;

  private final ModelFile model;
  private final List<OriginalImage> images;
  private final Optional<Dataset> source;
  private final List<String> heads;
  private final Precision precision;
  private final AttackSpecification specification;
  private final List<Tile> tiles;
  private final int stride;
  private final List<Trajectory> trajectories = new ArrayList<>();
  private final Runnable changed;
  private final Notice notice;
  private final AtomicLong imageSteps = new AtomicLong();
  private volatile boolean cancelled;
  private volatile boolean finished;
  private volatile int batch;
  private volatile String device = "";
  private volatile @Nullable OpenModel opened;
  private int offset;
  private @Nullable AttackFrame frame;

  /**
   * @param images the rows
   * @param source where most of them come from
   * @param heads the columns
   * @param changed told on the engine's thread that there is something new to show
   * @throws IllegalArgumentException if so many tiles of that size do not fit in memory
   */
  public GridAttack(
      ModelFile model,
      List<OriginalImage> images,
      Optional<Dataset> source,
      List<String> heads,
      Precision precision,
      AttackSpecification specification,
      List<Tile> tiles,
      Runnable changed,
      Notice notice) {
    this.model = model;
    this.images = List.copyOf(images);
    this.source = source;
    this.heads = List.copyOf(heads);
    this.precision = precision;
    this.specification = specification;
    this.tiles = tiles;
    this.changed = changed;
    this.notice = notice;
    checkSize();
    stride = stride();
    tiles.forEach(tile -> trajectories.add(new Trajectory(specification.steps(), stride)));
  }

  private void checkSize() {
    if (!tiles.isEmpty()) {
      InputShape shape = tiles.getFirst().image().shape();
      if ((long) shape.size() * LEAST_COPIES * tiles.size() > MOST_MEMORY) {
        throw new IllegalArgumentException(
            "%,d pictures of %s do not fit in memory; choose fewer targets or images."
                .formatted(tiles.size(), shape));
      }
    }
  }

  private int stride() {
    long pixels = tiles.isEmpty() ? 1 : tiles.getFirst().image().pixels().length;
    long size = pixels + (long) Float.BYTES * classes().size();
    long all = size * tiles.size() * (specification.steps() + 1);
    return (int) Math.max(1, Math.ceilDiv(all, MEMORY_BUDGET));
  }

  /**
   * Attacks batch after batch; between two, other work gets the lane. Ends quietly when cancelled,
   * or when the lane has moved to another device: a grid is made on one.
   */
  public CompletableFuture<Void> start(EngineLane lane) {
    return lane.submit(this::attackNextBatch)
        .thenCompose(more -> more ? start(lane) : CompletableFuture.completedFuture(null));
  }

  /** On the lane; whether there is more to do. */
  private boolean attackNextBatch(EngineLane lane) {
    if (cancelled || offset >= tiles.size()) {
      return false;
    }
    if (batch == 0) {
      device = lane.device();
      batch = device.equals("cpu") ? CPU_BATCH : CUDA_BATCH;
    }
    if (!device.equals(lane.device())) {
      cancelled = true;
      return false;
    }
    int n = Math.min(batch, tiles.size() - offset);
    new TargetGrid(classifier(lane), specification, n).run(tiles.subList(offset, offset + n), this);
    offset += n;
    finished = !cancelled && offset >= tiles.size();
    changed.run();
    return !cancelled && offset < tiles.size();
  }

  /** The weights that the attack began with, whatever is in the file by now. */
  private Classifier classifier(EngineLane lane) {
    EngineLane.Loaded loaded = loaded(lane);
    if (!loaded.card().equals(model.card())) {
      throw new UserException(model.file() + " has changed since it was opened; open it again.");
    }
    opened = OpenModel.shown(model.file(), loaded);
    return loaded.classifier();
  }

  /** The weights that it began with, or would begin with; only from work on the lane. */
  public EngineLane.Loaded loaded(EngineLane lane) {
    OpenModel known = opened;
    return known == null
        ? lane.model(model.file(), precision)
        : lane.model(model.file(), known.sha256(), precision);
  }

  public void cancel() {
    cancelled = true;
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public boolean wantsFrames() {
    return true;
  }

  @Override
  public boolean wantsIterates() {
    return true;
  }

  @Override
  public void frame(int from, AttackFrame latest) {
    frame = latest;
  }

  /** The frame has rounded pixels, which are shown; norms are of these. */
  @Override
  public void iterate(int from, int t, float[] pixels) {
    AttackFrame shown = Objects.requireNonNull(frame);
    int n = shown.confidence().length;
    for (int i = 0; i < n; i++) {
      Image original = tiles.get(offset + from + i).image();
      Image iterate = new Image(original.shape(), part(pixels, i, n));
      trajectories
          .get(offset + from + i)
          .add(
              new Trajectory.Step(
                  t,
                  part(shown.pixels(), i, n),
                  shown.confidence()[i],
                  shown.predicted()[i],
                  part(shown.probabilities(), i, n),
                  Norm.L2.distance(original, iterate),
                  Norm.LINF.distance(original, iterate)));
    }
    imageSteps.addAndGet(t == 0 ? 0 : n);
    changed.run();
  }

  private static float[] part(float[] all, int i, int n) {
    return Arrays.copyOfRange(all, i * (all.length / n), (i + 1) * (all.length / n));
  }

  private static byte[] part(byte[] all, int i, int n) {
    return Arrays.copyOfRange(all, i * (all.length / n), (i + 1) * (all.length / n));
  }

  @Override
  public void done(int from, List<AttackedImage> results) {
    for (int i = 0; i < results.size(); i++) {
      trajectories.get(offset + from + i).finish(results.get(i));
    }
    changed.run();
  }

  @Override
  public void batchHalved(int smaller) {
    batch = smaller;
    notice.sayLater(OutOfMemory.goingOnWith(smaller));
  }

  /** How far the furthest tile is. */
  public int furthestStep() {
    return Math.max(0, trajectories.stream().mapToInt(Trajectory::latest).max().orElse(0));
  }

  /**
   * The step that tiles show where one is scrubbed to, which is an earlier one where a large grid's
   * steps are not all kept; that of the furthest tile for {@link Scrubber#FOLLOW}.
   */
  public int shownStep(int scrubbed) {
    return scrubbed == Scrubber.FOLLOW ? furthestStep() : scrubbed - scrubbed % stride;
  }

  public Trajectory trajectory(int tile) {
    return trajectories.get(tile);
  }

  public List<Tile> tiles() {
    return tiles;
  }

  public AttackSpecification specification() {
    return specification;
  }

  public ModelFile model() {
    return model;
  }

  /** The rows that it was started with, whatever the screen shows by now. */
  public List<OriginalImage> images() {
    return images;
  }

  /** Where most rows come from. */
  public Optional<Dataset> source() {
    return source;
  }

  /** The columns that it was started with. */
  public List<String> heads() {
    return heads;
  }

  /** The model's class names. */
  public List<String> classes() {
    return model.card().classes();
  }

  public Precision precision() {
    return precision;
  }

  public boolean isFinished() {
    return finished;
  }

  /** What was attacked, with the SHA-256 of its weights; empty before it began. */
  public Optional<OpenModel> opened() {
    return Optional.ofNullable(opened);
  }

  /** Where it computed; empty before it began. */
  public String device() {
    return device;
  }

  /** Tiles attacked at once, row by row; 0 before it began. */
  public int batch() {
    return batch;
  }

  /** PGD steps of single images so far. */
  public long imageSteps() {
    return imageSteps.get();
  }
}
