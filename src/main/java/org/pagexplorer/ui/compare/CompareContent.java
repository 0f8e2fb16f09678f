package org.pagexplorer.ui.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.TilePictures;
import org.pagexplorer.ui.attack.TileWords;
import org.pagexplorer.ui.attack.Trajectory.Step;
import org.pagexplorer.ui.control.TileContent;
import org.pagexplorer.ui.control.TileState;
import org.pagexplorer.ui.support.Pictures.Picture;

/** Rows interleaved by model, as in the paper's Figure 4: each image once a model. */
final class CompareContent implements TileContent {
  private final CompareViewModel model;
  private final TilePictures pictures = new TilePictures();
  private List<GridAttack> attacks = List.of();
  private List<String> names = List.of();
  private List<String> heads = List.of();

  CompareContent(CompareViewModel model) {
    this.model = model;
  }

  /** Takes over what the models have made so far. */
  void update() {
    if (!attacks.equals(model.attacks())) {
      pictures.clear();
    }
    // Kept, since between two updates the model may change its own and the grid be painted.
    attacks = model.attacks();
    if (attacks.isEmpty()) {
      names = List.of();
      return;
    }
    names = attacks.stream().map(attack -> attack.model().card().name()).toList();
    heads = attacks.getFirst().heads();
  }

  @Override
  public int rows() {
    return attacks.isEmpty() ? 0 : attacks.getFirst().images().size() * names.size();
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
  public int imageOf(int row) {
    return row / names.size();
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
  public int leastSide() {
    return attacks.stream()
        .mapToInt(attack -> TilePictures.leastSide(attack.images()))
        .max()
        .orElseGet(() -> TilePictures.leastSide(List.of()));
  }

  /** Once an image, and again where the next model takes it in another size. */
  @Override
  public @Nullable Picture original(int row, int pixels) {
    int own = row % names.size();
    OriginalImage image = image(own, row / names.size());
    boolean repeated = own > 0 && shape(image).equals(shape(image(own - 1, row / names.size())));
    return repeated ? null : pictures.original(image, pixels);
  }

  private OriginalImage image(int model, int image) {
    return attacks.get(model).images().get(image);
  }

  private static InputShape shape(OriginalImage image) {
    return image.image().shape();
  }

  @Override
  public TileState tile(int row, int column, int pixels) {
    GridAttack attack = attacks.get(modelOf(row));
    int index = row / names.size() * columns() + column;
    Tile tile = attack.tiles().get(index);
    Step step = attack.trajectory(index).at(model.scrubbedStepProperty().get());
    int place = row * columns() + column;
    return pictures.tile(place, tile.image().shape(), tile.goal(), step, pixels);
  }

  @Override
  public String words(int row, int column) {
    GridAttack attack = attacks.get(modelOf(row));
    int index = row / names.size() * columns() + column;
    return TileWords.of(attack, index, model.scrubbedStepProperty().get());
  }
}
