package org.pagexplorer.ui.attack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.attack.AttackedGrid;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.figure.FigureMaker;
import org.pagexplorer.lab.figure.FigureSpecification.Pictures;
import org.pagexplorer.lab.figure.FigureSpecification.Source;
import org.pagexplorer.lab.figure.FigureText;
import org.pagexplorer.lab.figure.GridSize;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Notice;

/**
 * A finished grid, or the grids of several models of the same images, on the way to a file: the
 * paper's Figure 4 as PNG, PDF or SVG, and beside it the specification that makes it again.
 *
 * @param attacks one a model, with the same images, columns and attack
 * @param results the tiles of each, row by row
 */
public record GridExport(List<GridAttack> attacks, List<List<AttackedImage>> results) {

  /** The grids of these attacks, or nothing while tiles are still under attack. */
  public static Optional<GridExport> of(List<GridAttack> attacks) {
    List<List<AttackedImage>> results = new ArrayList<>();
    for (GridAttack attack : attacks) {
      List<AttackedImage> own = new ArrayList<>();
      for (int i = 0; i < attack.tiles().size(); i++) {
        AttackedImage result = attack.trajectory(i).result();
        if (result == null) {
          return Optional.empty();
        }
        own.add(result);
      }
      results.add(own);
    }
    return attacks.isEmpty() ? Optional.empty() : Optional.of(new GridExport(attacks, results));
  }

  private GridAttack first() {
    return attacks.getFirst();
  }

  /**
   * Writes the grids of these attacks in the background, if they are finished, and says what became
   * of it; on the FX thread.
   */
  public static void save(List<GridAttack> attacks, Path file, Notice notice) {
    Optional<GridExport> grids = of(attacks);
    if (attacks.stream().anyMatch(GridAttack::isFull)) {
      notice.say(
          "Not all of these pictures fit in memory together: choose fewer targets or images, then"
              + " export.");
      return;
    }
    if (attacks.stream().map(GridExport::shape).distinct().count() > 1) {
      notice.say(
          "A figure has images of one size: leave models that take another one out of the"
              + " comparison, then export.");
      return;
    }
    boolean targeted = attacks.stream().allMatch(a -> a.tiles().getFirst().goal().targeted());
    if (!targeted && attacks.stream().map(GridAttack::classes).distinct().count() > 1) {
      notice.say(
          "An untargeted figure has models of the same classes: leave the others out of the"
              + " comparison, then export.");
      return;
    }
    if (grids.isEmpty()) {
      notice.say("The pictures are not finished yet; export them when every one is done.");
      return;
    }
    BackgroundTask.of(Executors.callable(() -> grids.get().write(file)))
        .onDone(
            done ->
                notice.done(
                    "Saved " + file + " and " + FigureText.beside(file).getFileName() + "."))
        .onFailed(notice::report)
        .start();
  }

  private static InputShape shape(GridAttack attack) {
    return attack.model().card().architecture().input();
  }

  /** Writes {@code file} and its specification beside it; not on the FX thread. */
  public void write(Path file) {
    // Not the files, which may hold other weights by now.
    List<OpenModel> models = attacks.stream().map(attack -> attack.opened().orElseThrow()).toList();
    List<String> classes = models.getFirst().card().classes();
    List<OriginalImage> subjects =
        first().images().stream().map(image -> image.among(classes)).toList();
    AttackedGrid grid =
        new AttackedGrid(
            models,
            subjects,
            first().heads(),
            results.stream().map(own -> AttackedGrid.rows(own, first().heads().size())).toList());
    Pictures specification =
        new Pictures(
            4,
            FigureMaker.references(models),
            subjects,
            first().source().map(dataset -> new Source(dataset.name(), Datasets.hash(dataset))),
            first().heads(),
            first().tiles().getFirst().goal().targeted(),
            first().specification(),
            first().precision(),
            first().device(),
            first().batch(),
            0);
    specification.size().checkFigure(file);
    GridSize.checkOriginals(subjects.size(), specification.size().shape());
    FigureMaker.drawing(specification, grid).write(file);
    FigureText.write(file, specification);
  }
}
