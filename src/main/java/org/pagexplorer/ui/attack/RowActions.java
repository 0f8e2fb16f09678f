package org.pagexplorer.ui.attack;

import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.FileDialogs;

/** What one does with the selected row's original. On the FX thread. */
public final class RowActions {
  private final AttackSetup setup;
  private final IntSupplier selected;
  private final Supplier<List<GridAttack>> attacks;
  private final FileDialogs dialogs;

  /**
   * @param selected the row's place among the images; −1 for none
   * @param attacks those on the screen, one a model
   */
  public RowActions(
      AttackSetup setup,
      IntSupplier selected,
      Supplier<List<GridAttack>> attacks,
      FileDialogs dialogs) {
    this.setup = setup;
    this.selected = selected;
    this.attacks = attacks;
    this.dialogs = dialogs;
  }

  private ImageRows rows() {
    return setup.rows();
  }

  private Optional<OriginalImage> shown() {
    int row = selected.getAsInt();
    boolean there = row >= 0 && row < rows().images().size();
    return there ? Optional.of(rows().images().get(row)) : Optional.empty();
  }

  /** Whether there is such a row. */
  public boolean isPossible() {
    return shown().isPresent();
  }

  /** The original, and what it is. */
  public void copy() {
    shown().ifPresent(row -> Copying.both(row.image(), row.origin()));
  }

  void copyPicture() {
    shown().ifPresent(row -> Copying.picture(row.image()));
  }

  /** Whether the row is being attacked, so that there is a command for it. */
  boolean isAttacked() {
    return isPossible()
        && !attacks.get().isEmpty()
        && origins(attacks.get().getFirst().images()).equals(origins(rows().images()));
  }

  /** Another model may take the same images in another size. */
  private static List<String> origins(List<OriginalImage> images) {
    return images.stream().map(OriginalImage::origin).toList();
  }

  void copyCommand() {
    if (isAttacked()) {
      Copying.command(
          TileCommand.ofRow(attacks.get(), selected.getAsInt(), rows()), setup.notice());
    }
  }

  void save() {
    shown()
        .ifPresent(
            row ->
                dialogs
                    .save(Copying.fileName(row.origin()) + ".png")
                    .ifPresent(file -> Copying.save(row.image(), file, setup.notice())));
  }

  /** The row's attack, from step to step. */
  void saveAnimation() {
    if (isAttacked()) {
      dialogs.export(List.of(ofRow(), ofGrid()));
    }
  }

  private ExportChoice ofRow() {
    return AttackAnimation.ofRow(attacks.get(), selected.getAsInt())
        .choice("Attack on this row", "row");
  }

  private ExportChoice ofGrid() {
    return AttackAnimation.ofGrid(attacks.get()).choice("Attack on the grid", "grid");
  }

  /** That of all rows. */
  void saveGridAnimation() {
    if (isAttacked()) {
      dialogs.export(List.of(ofGrid(), ofRow()));
    }
  }

  boolean canMove(int by) {
    int to = selected.getAsInt() + by;
    return isPossible() && to >= 0 && to < rows().images().size();
  }

  /** Among the rows that are left, so that undoing brings the others back. */
  void useAlone() {
    setup.undo().keep();
    rows().choice().keepOnly(selected.getAsInt());
  }
}
