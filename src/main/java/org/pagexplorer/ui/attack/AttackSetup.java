package org.pagexplorer.ui.attack;

import java.util.List;
import java.util.function.Supplier;
import javafx.collections.ObservableList;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.Image;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.TargetGrid;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.ui.support.Notice;

/**
 * What is attacked, towards what, and how; the screens that attack share one, so that what one sees
 * on one is what one compares on the other.
 *
 * @param rows the images
 * @param targets the target classes, in the order of the columns
 * @param settings every parameter
 * @param classes the class names of the chosen model, which the targets are among; empty while
 *     there is none
 * @param notice takes sentences for the user
 * @param likely whether the model chooses the targets
 */
public record AttackSetup(
    ImageRows rows,
    ObservableList<Integer> targets,
    AttackSettings settings,
    Supplier<List<String>> classes,
    Notice notice,
    LikelyTargets likely) {
  /** For the pictures of all grids of a screen, in bytes. */
  private static final long MOST_MEMORY = 1L << 30;

  /** Nobody has chosen targets yet. */
  public AttackSetup(
      ImageRows rows,
      ObservableList<Integer> targets,
      AttackSettings settings,
      Supplier<List<String>> classes,
      Notice notice) {
    this(rows, targets, settings, classes, notice, new LikelyTargets());
  }

  /** Whether it leads towards targets, rather than away from each image's label. */
  public boolean isTargeted() {
    return settings.targetedProperty().get();
  }

  /** The heads of the columns beside the original: some of a model's classes. */
  public List<String> heads(List<String> ofModel, List<Integer> columns) {
    return isTargeted() ? columns.stream().map(ofModel::get).toList() : List.of("anything else");
  }

  /**
   * The attack as it is set now, not yet begun.
   *
   * @param columns the target classes among the model's
   * @param labels what an untargeted attack leads away from, one an image
   * @param grids how many share the memory for pictures
   * @param changed told on the engine's thread that there is something new to show
   */
  public GridAttack attack(
      ModelFile model, List<Integer> columns, List<Integer> labels, int grids, Runnable changed) {
    List<Image> originals = rows.images().stream().map(OriginalImage::image).toList();
    List<Tile> tiles =
        isTargeted()
            ? TargetGrid.tiles(originals, columns)
            : TargetGrid.tilesAway(originals, labels);
    return new GridAttack(
        model,
        rows.images(),
        rows.shownFrom(),
        heads(model.card().classes(), columns),
        settings.precisionProperty().get(),
        settings.specification(),
        tiles,
        Math.min(MOST_MEMORY, Runtime.getRuntime().maxMemory() / 3) / grids,
        changed,
        notice);
  }
}
