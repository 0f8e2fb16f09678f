package org.pagexplorer.ui.explore;

import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.TilePictures;
import org.pagexplorer.ui.attack.TileWords;
import org.pagexplorer.ui.control.TileContent;
import org.pagexplorer.ui.control.TileState;
import org.pagexplorer.ui.support.Pictures.Picture;

/** The grid's pictures: of the attack on what is chosen now, or none. */
final class GridContent implements TileContent {
  private final ExploreViewModel model;
  private final TilePictures pictures = new TilePictures();
  private List<OriginalImage> originals = List.of();
  private List<String> heads = List.of();
  private Optional<GridAttack> attack = Optional.empty();

  GridContent(ExploreViewModel model) {
    this.model = model;
  }

  /**
   * Takes over what is chosen; on the FX thread.
   *
   * @return whether anything else than tiles may have changed
   */
  boolean update() {
    List<String> nowHeads = model.heads();
    boolean others =
        !originals.equals(model.rows().images())
            || !heads.equals(nowHeads)
            || !attack.equals(model.attack());
    if (others) {
      originals = List.copyOf(model.rows().images());
      heads = List.copyOf(nowHeads);
      attack = model.attack();
      pictures.clear();
    }
    return others;
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
  public int leastSide() {
    return TilePictures.leastSide(originals);
  }

  @Override
  public Picture original(int row, int pixels) {
    return pictures.original(originals.get(row), pixels);
  }

  @Override
  public TileState tile(int row, int column, int pixels) {
    int place = row * columns() + column;
    if (attack.isEmpty() || place >= attack.get().tiles().size()) {
      return TileState.EMPTY;
    }
    Tile tile = attack.get().tiles().get(place);
    InputShape shape = tile.image().shape();
    int scrubbed = model.scrubbedStepProperty().get();
    return pictures.tile(
        place, shape, tile.goal(), attack.get().trajectory(place).at(scrubbed), pixels);
  }

  @Override
  public String words(int row, int column) {
    int place = row * columns() + column;
    return attack
        .filter(now -> place < now.tiles().size())
        .map(now -> TileWords.of(now, place, model.scrubbedStepProperty().get()))
        .orElse(heads.get(column));
  }
}
