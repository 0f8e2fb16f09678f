package org.pagexplorer.ui.explore;

import java.util.ArrayList;
import java.util.List;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.ui.attack.GridRun;
import org.pagexplorer.ui.attack.OriginalImage;
import org.pagexplorer.ui.attack.Trajectory;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.control.TileGrid.TileState;
import org.pagexplorer.ui.support.Pictures;
import org.pagexplorer.ui.support.Pictures.Picture;

/**
 * The grid's pictures. What a tile showed stays until the new attack has something for it, so that
 * nothing flickers while a slider moves.
 */
final class GridContent implements TileGrid.Content {
  private final ExploreViewModel model;
  private final List<Picture> originals = new ArrayList<>();
  private final List<OriginalImage> shownOriginals = new ArrayList<>();
  private List<String> heads = List.of();
  private final List<TileState> tiles = new ArrayList<>();
  private final List<byte[]> shownPixels = new ArrayList<>();

  GridContent(ExploreViewModel model) {
    this.model = model;
  }

  /** Brings the pictures up to what the running attack has made; on the FX thread. */
  void update() {
    updateOriginals();
    heads = model.heads();
    int count = rows() * columns();
    while (tiles.size() > count) {
      tiles.removeLast();
      shownPixels.removeLast();
    }
    while (tiles.size() < count) {
      tiles.add(TileState.EMPTY);
      shownPixels.add(new byte[0]);
    }
    model
        .run()
        .filter(run -> run.images().equals(shownOriginals) && run.tiles().size() == count)
        .ifPresent(this::updateTiles);
  }

  private void updateOriginals() {
    if (shownOriginals.equals(model.rows().images())) {
      return;
    }
    shownOriginals.clear();
    shownOriginals.addAll(model.rows().images());
    originals.clear();
    tiles.clear();
    shownPixels.clear();
    for (OriginalImage image : shownOriginals) {
      InputShape shape = image.image().shape();
      Picture picture = Picture.of(shape.width(), shape.height());
      Pictures.fromImage(image.image(), picture.pixels());
      originals.add(picture);
    }
  }

  private void updateTiles(GridRun run) {
    int scrubbed = model.scrubbedStepProperty().get();
    for (int i = 0; i < tiles.size(); i++) {
      Trajectory trajectory = run.trajectory(i);
      int step = scrubbed == ExploreViewModel.FOLLOW ? trajectory.latest() : scrubbed;
      byte[] pixels = trajectory.pixels(step);
      if (pixels != null && pixels != shownPixels.get(i)) {
        show(run, i, step, pixels, trajectory);
      }
    }
  }

  private void show(GridRun run, int i, int step, byte[] pixels, Trajectory trajectory) {
    InputShape shape = run.tiles().get(i).image().shape();
    Picture old = tiles.get(i).picture();
    Picture picture =
        old != null && old.pixels().length == shape.width() * shape.height()
            ? old
            : Picture.of(shape.width(), shape.height());
    Pictures.fromBytes(pixels, 0, shape, picture.pixels());
    picture.changed();
    boolean success = run.tiles().get(i).goal().isMetBy(trajectory.predicted(step));
    tiles.set(i, new TileState(picture, trajectory.confidence(step), success, true));
    shownPixels.set(i, pixels);
  }

  @Override
  public int rows() {
    return originals.size();
  }

  @Override
  public int columns() {
    return heads.size();
  }

  @Override
  public String head(int column) {
    return heads.get(column);
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
