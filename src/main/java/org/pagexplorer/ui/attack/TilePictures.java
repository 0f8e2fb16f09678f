package org.pagexplorer.ui.attack;

import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.PaintedRegion;
import org.pagexplorer.ui.control.TileState;
import org.pagexplorer.ui.support.Pictures;
import org.pagexplorer.ui.support.Pictures.Picture;

/**
 * What a grid's tiles and originals look like, made when they come into sight. Those that were seen
 * last are kept, as many as fit in a little memory, however large the grid is.
 */
public final class TilePictures {
  /** More than any screen has. */
  private static final long MOST_PIXELS = 16L << 20;

  /** What is left of the brightness where nothing may change. */
  private static final float DIMMED = 0.3f;

  private final Map<Integer, Shown> tiles = new LinkedHashMap<>(16, 0.75f, true);

  /** By which one it is: to compare all of its pixels at every painting takes too long. */
  private final Map<OriginalImage, Shown> originals = new IdentityHashMap<>();

  private final long most;
  private long held;

  private record Shown(Trajectory.@Nullable Step step, TileState state, Picture picture) {}

  public TilePictures() {
    this(MOST_PIXELS);
  }

  /**
   * @param most pixels that are kept of tiles, and of originals
   */
  TilePictures(long most) {
    this.most = most;
  }

  /**
   * The state of a tile at a step: the same object as long as nothing of it changes.
   *
   * @param place tells it from the others of the grid
   * @param pixels its side on the screen
   */
  public TileState tile(
      int place, InputShape shape, Goal goal, Trajectory.@Nullable Step step, int pixels) {
    if (step == null) {
      return TileState.EMPTY;
    }
    Shown known = tiles.get(place);
    boolean fits = known != null && hasSize(known.picture(), shape, pixels);
    if (known != null && fits && known.step() == step) {
      return known.state();
    }
    Picture picture = known != null && fits ? known.picture() : picture(shape, pixels);
    Pictures.fromBytes(step.pixels(), shape, picture);
    picture.changed();
    boolean met = goal.isMetBy(step.predicted());
    Shown now = new Shown(step, new TileState(picture, step.confidence(), met, true), picture);
    keep(tiles, place, now);
    return now.state();
  }

  /** The picture of an original, dimmed where nothing of it may be changed. */
  public Picture original(OriginalImage original, int pixels) {
    Image image = original.image();
    Shown known = originals.get(original);
    if (known == null || !hasSize(known.picture(), image.shape(), pixels)) {
      Picture picture = picture(image.shape(), pixels);
      Pictures.fromBytes(Pictures.toBytes(image), image.shape(), picture);
      if (!original.regions().isEmpty()) {
        dim(picture, image.shape(), original.regions());
      }
      known = new Shown(null, TileState.EMPTY, picture);
      keep(originals, original, known);
    }
    return known.picture();
  }

  private static void dim(Picture picture, InputShape shape, List<PaintedRegion> regions) {
    List<float[]> masks = regions.stream().map(region -> region.mask().values()).toList();
    int width = picture.buffer().getWidth();
    for (int i = 0; i < picture.pixels().length; i++) {
      int x = (2 * (i % width) + 1) * shape.width() / (2 * width);
      int y = (2 * (i / width) + 1) * shape.height() / (2 * picture.buffer().getHeight());
      float free = 0;
      for (float[] mask : masks) {
        free = Math.max(free, mask[y * shape.width() + x]);
      }
      picture.pixels()[i] = times(picture.pixels()[i], DIMMED + (1 - DIMMED) * free);
    }
  }

  private static int times(int argb, float factor) {
    int dimmed = argb & 0xFF000000;
    for (int shift = 0; shift < 24; shift += 8) {
      dimmed |= Math.round((argb >> shift & 255) * factor) << shift;
    }
    return dimmed;
  }

  private static Picture picture(InputShape shape, int pixels) {
    return Picture.of(Math.min(shape.width(), pixels), Math.min(shape.height(), pixels));
  }

  private static boolean hasSize(Picture picture, InputShape shape, int pixels) {
    return picture.buffer().getWidth() == Math.min(shape.width(), pixels)
        && picture.buffer().getHeight() == Math.min(shape.height(), pixels);
  }

  private <K> void keep(Map<K, Shown> kept, K key, Shown now) {
    Shown before = kept.put(key, now);
    held += now.picture().pixels().length;
    held -= before == null ? 0 : before.picture().pixels().length;
    Iterator<Shown> eldest = kept.values().iterator();
    while (held > most && kept.size() > 1) {
      held -= eldest.next().picture().pixels().length;
      eldest.remove();
    }
  }

  /** Large pictures are not shown as small as icons. */
  public static int leastSide(List<OriginalImage> images) {
    boolean large = !images.isEmpty() && images.getFirst().image().shape().width() > 64;
    return large ? 64 : 32;
  }

  /** Pixels that are kept. */
  long held() {
    return held;
  }

  /** The grid is another one: nothing of it is shown anymore. */
  public void clear() {
    tiles.clear();
    originals.clear();
    held = 0;
  }
}
