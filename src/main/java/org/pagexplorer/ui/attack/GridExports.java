package org.pagexplorer.ui.attack;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.pagexplorer.lab.figure.FigureFile;
import org.pagexplorer.ui.support.Exhibit;
import org.pagexplorer.ui.support.ExportChoice;

/** What can be exported of the grids on a screen; on the FX thread. */
public final class GridExports {
  private GridExports() {}

  /**
   * All of the grids, or a part of them.
   *
   * @param now the screen's attacks
   * @param part nothing before there are any
   * @param resting whether another screen is shown
   * @param busy whether they run
   */
  public static ExportChoice choice(
      String title,
      String stem,
      Supplier<List<GridAttack>> now,
      Optional<GridPart> part,
      BooleanSupplier resting,
      BooleanSupplier busy) {
    Supplier<Optional<Exhibit>> whole =
        () ->
            part.filter(some -> GridExport.mixture(now.get()).isEmpty())
                .flatMap(some -> GridExport.of(now.get(), some))
                .map(grid -> grid.exhibit(stem));
    String trouble = GridExport.trouble(now.get());
    return new ExportChoice(
        title,
        stem,
        FigureFile.ENDINGS,
        whole,
        () ->
            part.filter(some -> some.isWhole() && GridExport.mixture(now.get()).isEmpty())
                .flatMap(all -> UnfinishedGrid.of(now.get(), stem)),
        () ->
            part.isPresent() && trouble.isEmpty() && busy.getAsBoolean()
                ? Optional.of(new GridWait(now, resting, busy, shown -> whole.get()))
                : Optional.empty(),
        trouble.isEmpty() ? "There are no finished pictures: choose images and targets." : trouble);
  }
}
