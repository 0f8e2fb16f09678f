package org.pagexplorer.ui.compare;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.Scrubber;
import org.pagexplorer.ui.attack.Trajectory;
import org.pagexplorer.ui.control.TileContent;
import org.pagexplorer.ui.control.TileState;
import org.pagexplorer.ui.support.Pictures;
import org.pagexplorer.ui.support.Pictures.Picture;

/** Rows interleaved by model, as in the paper's Figure 4: each image once a model. */
final class CompareContent implements TileContent {
  private final CompareViewModel model;
  private final Map<Image, Picture> originals = new HashMap<>();
  private final Map<Integer, Picture> pictures = new HashMap<>();
  private List<GridAttack> attacks = List.of();
  private List<String> names = List.of();
  private List<OriginalImage> images = List.of();
  private List<String> heads = List.of();

  CompareContent(CompareViewModel model) {
    this.model = model;
  }

  /** Takes over what the models have made so far. */
  void update() {
    // Kept, since between two updates the model may change its own and the grid be painted.
    attacks = model.attacks();
    if (attacks.isEmpty()) {
      names = List.of();
      images = List.of();
      return;
    }
    if (!images.equals(attacks.getFirst().images())) {
      originals.clear();
      pictures.clear();
    }
    names = attacks.stream().map(attack -> attack.model().card().name()).toList();
    images = attacks.getFirst().images();
    heads = attacks.getFirst().heads();
  }

  @Override
  public int rows() {
    return images.size() * names.size();
  }

  @Override
  public List<String> heads() {
    return heads;
  }

  @Override
  public String name(int row) {
    String name = names.get(modelOf(row));
    return isFlipped(row) ? "⇄ " + name : name;
  }

  @Override
  public boolean beginsGroup(int row) {
    return row > 0 && row % names.size() == 0;
  }

  /** While the pointer is held on a row, it shows the pictures of the next model. */
  private int modelOf(int row) {
    int own = row % names.size();
    return isFlipped(row) ? (own + 1) % names.size() : own;
  }

  private boolean isFlipped(int row) {
    int held = model.heldTileProperty().get();
    return held >= 0 && columns() > 0 && held / columns() == row;
  }

  @Override
  public @Nullable Picture original(int row) {
    return row % names.size() > 0
        ? null
        : originals.computeIfAbsent(
            images.get(row / names.size()).image(), CompareContent::picture);
  }

  private static Picture picture(Image image) {
    Picture picture = Picture.of(image.shape().width(), image.shape().height());
    Pictures.fromImage(image, picture.pixels());
    return picture;
  }

  @Override
  public TileState tile(int row, int column) {
    GridAttack attack = attacks.get(modelOf(row));
    int tile = row / names.size() * columns() + column;
    Trajectory trajectory = attack.trajectory(tile);
    int scrubbed = model.scrubbedStepProperty().get();
    int step = scrubbed == Scrubber.FOLLOW ? trajectory.latest() : scrubbed;
    byte[] pixels = trajectory.pixels(step);
    if (pixels == null) {
      return TileState.EMPTY;
    }
    InputShape shape = attack.tiles().get(tile).image().shape();
    Picture picture =
        pictures.computeIfAbsent(
            row * columns() + column, place -> Picture.of(shape.width(), shape.height()));
    Pictures.fromBytes(pixels, 0, shape, picture.pixels());
    picture.changed();
    boolean met = attack.tiles().get(tile).goal().isMetBy(trajectory.predicted(step));
    return new TileState(picture, trajectory.confidence(step), met, true);
  }
}
