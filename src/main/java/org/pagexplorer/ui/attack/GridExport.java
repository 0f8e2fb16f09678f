package org.pagexplorer.ui.attack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.lab.AttackedGrid;
import org.pagexplorer.lab.GridSubject;
import org.pagexplorer.lab.OpenModel;
import org.pagexplorer.lab.figure.FigureMaker;
import org.pagexplorer.lab.figure.FigureSpecification.Pictures;
import org.pagexplorer.lab.figure.FigureSpecification.Source;
import org.pagexplorer.lab.figure.FigureText;

/**
 * A finished grid, or the grids of several models of the same images, on the way to a file: the
 * paper's Figure 4 as PNG, PDF or SVG, and beside it the specification that makes it again.
 *
 * @param runs one a model, with the same images, columns and attack
 * @param results the tiles of each, row by row
 * @param source the data set that is open, which most images are from
 */
public record GridExport(
    List<GridRun> runs, List<List<AttackedImage>> results, Optional<Dataset> source) {

  /**
   * The grids of these runs, or nothing while tiles are still under attack.
   *
   * @param source the data set that is open
   */
  public static Optional<GridExport> of(List<GridRun> runs, @Nullable Dataset source) {
    List<List<AttackedImage>> results = new ArrayList<>();
    for (GridRun run : runs) {
      List<AttackedImage> own = new ArrayList<>();
      for (int i = 0; i < run.tiles().size(); i++) {
        AttackedImage result = run.trajectory(i).result();
        if (result == null) {
          return Optional.empty();
        }
        own.add(result);
      }
      results.add(own);
    }
    return runs.isEmpty()
        ? Optional.empty()
        : Optional.of(new GridExport(runs, results, Optional.ofNullable(source)));
  }

  private GridRun first() {
    return runs.getFirst();
  }

  /** Writes {@code file} and the same name with {@code .json}; not on the FX thread. */
  public void write(Path file) {
    List<OpenModel> models = runs.stream().map(run -> OpenModel.read(run.model().file())).toList();
    List<GridSubject> subjects = subjects(models.getFirst());
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
            source.map(dataset -> new Source(dataset.name(), Datasets.hash(dataset))),
            first().heads(),
            first().tiles().getFirst().goal().targeted(),
            first().specification(),
            first().precision(),
            first().device(),
            first().batch(),
            0);
    FigureMaker.drawing(specification, grid).write(file);
    FigureText.write(file, specification);
  }

  /** {@code grid.png} → {@code grid.json}. */
  public static Path beside(Path file) {
    return FigureText.beside(file);
  }

  private List<GridSubject> subjects(OpenModel open) {
    List<GridSubject> subjects = new ArrayList<>();
    for (OriginalImage image : first().images()) {
      String caption =
          image.label().isPresent()
              ? open.card().classes().get(image.label().getAsInt())
              : image.name();
      subjects.add(new GridSubject(image.name(), caption, image.image(), image.label(), ""));
    }
    return subjects;
  }
}
