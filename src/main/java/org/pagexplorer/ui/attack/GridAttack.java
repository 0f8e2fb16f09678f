package org.pagexplorer.ui.attack;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.ImageRegion;
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
import org.pagexplorer.ui.control.TileRange;
import org.pagexplorer.ui.support.Notice;

/**
 * One attack on all tiles of the grid, from its start to its end or to its being overtaken by the
 * next.
 */
public final class GridAttack implements TargetGrid.Observer {
  /** Tiles attacked at once of 32×32 pixels: few enough that a CPU shows steps all the time. */
  private static final int CPU_BATCH = 40;

  private static final int CUDA_BATCH = 400;

  private final ModelFile model;
  private final List<OriginalImage> images;
  private final Optional<Dataset> source;
  private final List<String> heads;
  private final Precision precision;
  private final AttackSpecification specification;
  private final List<Tile> tiles;
  private final KeptTiles kept;
  private final Runnable changed;
  private final Notice notice;
  private final AtomicLong imageSteps = new AtomicLong();
  private volatile boolean cancelled;
  private volatile boolean overtaken;
  private KeptTiles.Run current = new KeptTiles.Run(0, 0);
  private volatile boolean finished;
  private volatile boolean full;
  private volatile int batch;
  private volatile String device = "";
  private volatile @Nullable OpenModel opened;
  private volatile TileRange inSight = TileRange.ALL;
  private final GridProgress progress;
  private String earlierDevice = "";
  private @Nullable OpenModel earlierModel;
  private int offset;
  private @Nullable AttackFrame frame;

  /**
   * @param images the rows
   * @param source where most of them come from
   * @param heads the columns
   * @param memory bytes that its pictures may take; where all of them need more, those nearest to
   *     what is in sight are there
   * @param changed told on the engine's thread that there is something new to show
   */
  public GridAttack(
      ModelFile model,
      List<OriginalImage> images,
      Optional<Dataset> source,
      List<String> heads,
      Precision precision,
      AttackSpecification specification,
      List<Tile> tiles,
      long memory,
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
    int columns = Math.max(1, heads.size());
    kept = new KeptTiles(tiles, columns, specification.steps(), classes().size(), memory);
    progress = new GridProgress(tiles.size(), kept.capacity(), specification.steps());
  }

  /**
   * Shows what an attack before has made of the same tiles, wherever they stood, until they are
   * made again in batches as a figure's specification has them; what is new is attacked first. Call
   * it before the start.
   */
  public void keep(GridAttack before) {
    if (!before.model.isSameAs(model)
        || before.precision != precision
        || !before.specification.equals(specification)
        || !kept.haveRoomTwice()) {
      return;
    }
    Map<Image, Map<Made, Integer>> places = new IdentityHashMap<>();
    for (int i = 0; i < before.tiles.size(); i++) {
      Tile tile = before.tiles.get(i);
      places.computeIfAbsent(tile.image(), image -> new HashMap<>()).putIfAbsent(Made.of(tile), i);
    }
    for (int i = 0; i < tiles.size(); i++) {
      Tile tile = tiles.get(i);
      Integer place = places.getOrDefault(tile.image(), Map.of()).get(Made.of(tile));
      if (place != null && before.trajectory(place).result() != null) {
        kept.keepEarlier(i, before.trajectory(place));
      }
    }
    earlierDevice = before.device.isEmpty() ? before.earlierDevice : before.device;
    earlierModel = before.opened == null ? before.earlierModel : before.opened;
  }

  /** What a tile's result, and its random start, depends on beside its image and the attack. */
  private record Made(Goal goal, List<ImageRegion> regions) {
    static Made of(Tile tile) {
      return new Made(tile.goal(), tile.regions());
    }
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
    if (cancelled || finished) {
      return false;
    }
    if (batch == 0) {
      device = lane.device();
      batch = batchOn(device);
      if (!device.equals(earlierDevice)) {
        kept.dropEarlier();
      }
    }
    if (!device.equals(lane.device())) {
      cancelled = true;
      return false;
    }
    KeptTiles.Run next;
    synchronized (kept) {
      next = kept.next(batch, inSight);
      current = next;
      overtaken = false;
    }
    if (next.count() > 0) {
      attack(lane, next);
    }
    boolean more = !cancelled && hasMore();
    changed.run();
    return more;
  }

  private boolean hasMore() {
    synchronized (kept) { // what comes into sight meanwhile is looked at after it
      finished = kept.isComplete();
      full = !finished && kept.next(batch, inSight).count() == 0;
      return !finished && !full;
    }
  }

  private void attack(EngineLane lane, KeptTiles.Run next) {
    offset = next.from();
    List<Tile> some = tiles.subList(offset, offset + next.count());
    progress.begin(some.size());
    boolean whole =
        new TargetGrid(classifier(lane), specification, some.size()).run(some, this).isPresent();
    progress.end(whole ? some.size() : 0);
    if (!whole && !cancelled) {
      kept.forget(next);
    }
    kept.dropFarthest(inSight);
  }

  /** Larger pictures take longer, and more memory. */
  private int batchOn(String where) {
    int most = where.equals("cpu") ? CPU_BATCH : CUDA_BATCH;
    int size = tiles.isEmpty() ? 1 : tiles.getFirst().image().shape().size();
    return Math.clamp((long) most * InputShape.CIFAR.size() / size, 1, most);
  }

  /**
   * The tiles in sight come first, then those around them; on the FX thread. A batch out of sight
   * ends within one step, and is attacked again later.
   *
   * @return whether an attack that had made all that fits in memory should be started again
   */
  public boolean look(TileRange now) {
    synchronized (kept) {
      inSight = now;
      overtaken |= isElsewhere(now);
      boolean again = full && !cancelled && kept.next(Math.max(1, batch), now).count() > 0;
      full = full && !again;
      return again;
    }
  }

  /** Whether what is being attacked is out of sight, and something in sight is still to be. */
  private boolean isElsewhere(TileRange now) {
    KeptTiles.Run wanted = kept.next(Math.max(1, batch), now);
    return current.count() > 0
        && kept.distance(current, now) > 0
        && wanted.count() > 0
        && kept.distance(wanted, now) == 0;
  }

  /** The weights that the attack began with, whatever is in the file by now. */
  private Classifier classifier(EngineLane lane) {
    EngineLane.Loaded loaded = loaded(lane);
    if (!loaded.card().equals(model.card())) {
      throw new UserException(model.file() + " has changed since it was opened; open it again.");
    }
    OpenModel now = OpenModel.shown(model.file(), loaded);
    if (earlierModel != null && !now.sha256().equals(earlierModel.sha256())) {
      kept.dropEarlier(); // of weights that were in the file before
    }
    opened = now;
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
    return cancelled || overtaken;
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
  public void step(int t) {
    progress.step(t);
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
      kept.trajectory(offset + from + i)
          .add(
              new Trajectory.Step(
                  t,
                  part(shown.pixels(), i, n),
                  shown.confidence()[i],
                  shown.predicted()[i],
                  part(shown.probabilities(), i, n),
                  Norm.L1.distance(original, iterate),
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
      kept.trajectory(offset + from + i).finish(results.get(i));
    }
    kept.done(offset + from, results.size());
    changed.run();
  }

  @Override
  public void batchHalved(int smaller) {
    batch = smaller;
    notice.sayLater(OutOfMemory.goingOnWith(smaller));
  }

  /** How far the furthest tile is. */
  public int furthestStep() {
    return kept.furthestStep();
  }

  /**
   * The step that tiles show where one is scrubbed to, which is an earlier one where a large grid's
   * steps are not all kept; that of the furthest tile for {@link Scrubber#FOLLOW}.
   */
  public int shownStep(int scrubbed) {
    return scrubbed == Scrubber.FOLLOW ? furthestStep() : scrubbed - scrubbed % kept.stride();
  }

  /** A tile's steps so far; none of one that is not begun, or too far out of sight to be kept. */
  public Trajectory trajectory(int tile) {
    return kept.known(tile);
  }

  /** The same of what this attack itself has made, and no other before it. */
  Trajectory made(int tile) {
    return kept.made(tile);
  }

  /** How much is done, and how long the rest takes. */
  public GridProgress progress() {
    return progress;
  }

  /** Whether everything is made that fits in memory, which is not everything. */
  public boolean isFull() {
    return full;
  }

  /** Whether there is nothing more to do as long as nothing else comes into sight. */
  public boolean isSettled() {
    return finished || full;
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
