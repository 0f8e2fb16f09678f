package org.pagexplorer.ui.explore;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.Trajectory.Step;
import org.pagexplorer.ui.control.TileContent;
import org.pagexplorer.ui.control.TileState;
import org.pagexplorer.ui.support.Pictures;
import org.pagexplorer.ui.support.Pictures.Picture;

/** The grid's pictures: of the attack on what is chosen now, or none. */
final class GridContent implements TileContent {
  private final ExploreViewModel model;
  private final List<Picture> originals = new ArrayList<>();
  private final List<OriginalImage> shownOriginals = new ArrayList<>();
  private List<String> heads = List.of();
  private final List<TileState> tiles = new ArrayList<>();
  private final List<Optional<Step>> shown = new ArrayList<>();
  private Optional<GridAttack> shownAttack = Optional.empty();

  GridContent(ExploreViewModel model) {
    this.model = model;
  }

  /**
   * Brings the pictures up to what the running attack has made; on the FX thread.
   *
   * @return the tiles that have changed, row by row, or nothing where everything may have
   */
  Optional<BitSet> update() {
    boolean others = updateOriginals() || !heads.equals(model.heads());
    heads = model.heads();
    int count = rows() * columns();
    if (!model.attack().equals(shownAttack) || tiles.size() != count) {
      others = true;
      shownAttack = model.attack();
      tiles.clear();
      tiles.addAll(Collections.nCopies(count, TileState.EMPTY));
      shown.clear();
      shown.addAll(Collections.nCopies(count, Optional.empty()));
    }
    BitSet changed = shownAttack.map(this::updateTiles).orElseGet(BitSet::new);
    return others ? Optional.empty() : Optional.of(changed);
  }

  /** Whether there are others. */
  private boolean updateOriginals() {
    if (shownOriginals.equals(model.rows().images())) {
      return false;
    }
    shownOriginals.clear();
    shownOriginals.addAll(model.rows().images());
    originals.clear();
    for (OriginalImage image : shownOriginals) {
      InputShape shape = image.image().shape();
      Picture picture = Picture.of(shape.width(), shape.height());
      Pictures.fromImage(image.image(), picture.pixels());
      originals.add(picture);
    }
    return true;
  }

  private BitSet updateTiles(GridAttack attack) {
    BitSet changed = new BitSet();
    int scrubbed = model.scrubbedStepProperty().get();
    for (int i = 0; i < tiles.size(); i++) {
      Optional<Step> step = Optional.ofNullable(attack.trajectory(i).at(scrubbed));
      if (!step.equals(shown.get(i))) {
        changed.set(i);
        shown.set(i, step);
        tiles.set(
            i, step.isEmpty() ? TileState.EMPTY : state(attack.tiles().get(i), i, step.get()));
      }
    }
    return changed;
  }

  private TileState state(Tile tile, int i, Step step) {
    InputShape shape = tile.image().shape();
    Picture old = tiles.get(i).picture();
    Picture picture = old != null ? old : Picture.of(shape.width(), shape.height());
    Pictures.fromBytes(step.pixels(), 0, shape, picture.pixels());
    picture.changed();
    boolean success = tile.goal().isMetBy(step.predicted());
    return new TileState(picture, step.confidence(), success, true);
  }

  @Override
  public int rows() {
    return originals.size();
  }

  @Override
  public List<String> heads() {
    return heads;
  }

  @Override
  public Picture original(int row) {
    return originals.get(row);
  }

  @Override
  public TileState tile(int row, int column) {
    int index = row * columns() + column;
    return index < tiles.size() ? tiles.get(index) : TileState.EMPTY;
  }
}
