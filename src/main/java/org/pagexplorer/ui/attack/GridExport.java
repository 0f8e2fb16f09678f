package org.pagexplorer.ui.attack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.attack.Aim;
import org.pagexplorer.lab.attack.AttackedGrid;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.PaintedRegion;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.lab.figure.FigureFile;
import org.pagexplorer.lab.figure.FigureMaker;
import org.pagexplorer.lab.figure.FigureSpecification.Pictures;
import org.pagexplorer.lab.figure.FigureSpecification.Source;
import org.pagexplorer.lab.figure.FigureText;
import org.pagexplorer.lab.figure.GridSize;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.ui.support.Exhibit;
import org.pagexplorer.ui.support.ExportWatch;

/**
 * A finished grid, or the grids of several models of the same images, on the way to a file: the
 * paper's Figure 4 as PNG, PDF or SVG, and beside it the specification that makes it again.
 *
 * @param attacks one a model, with the same images, columns and attack
 * @param results the tiles of each, row by row
 * @param part the rows and columns that these are
 */
public record GridExport(
    List<GridAttack> attacks, List<List<AttackedImage>> results, GridPart part) {

  /**
   * The grids of these attacks, or nothing while tiles are still under attack; those that are shown
   * of an attack before are none of theirs.
   */
  public static Optional<GridExport> of(List<GridAttack> attacks) {
    return attacks.isEmpty() ? Optional.empty() : of(attacks, GridPart.whole(attacks.getFirst()));
  }

  /** The same of some rows and columns. */
  public static Optional<GridExport> of(List<GridAttack> attacks, GridPart part) {
    List<List<AttackedImage>> results = new ArrayList<>();
    for (GridAttack attack : attacks) {
      List<AttackedImage> own = new ArrayList<>();
      for (int tile : part.tiles(attack)) {
        AttackedImage result = attack.made(tile).result();
        if (result == null) {
          return Optional.empty();
        }
        own.add(result);
      }
      results.add(own);
    }
    return attacks.isEmpty() || results.getFirst().isEmpty()
        ? Optional.empty()
        : Optional.of(new GridExport(attacks, results, part));
  }

  /**
   * For a dialog.
   *
   * @param stem of the file's name
   */
  public Exhibit exhibit(String stem) {
    return new Exhibit(
        stem,
        FigureFile.ENDINGS,
        Optional.of(() -> FigureMaker.drawing(specification(Optional.empty()), grid())),
        Optional.empty(),
        this::write);
  }

  private GridAttack first() {
    return attacks.getFirst();
  }

  /** Why these attacks will never make a figure, in a sentence; empty where they may. */
  public static String trouble(List<GridAttack> attacks) {
    return attacks.stream().anyMatch(GridAttack::isFull)
        ? "Not all of these pictures fit in memory together: choose fewer targets or images, then"
            + " export."
        : mixture(attacks);
  }

  /** Why they do not fit one another, in a sentence; empty where they do. */
  static String mixture(List<GridAttack> attacks) {
    if (attacks.stream().map(GridExport::shape).distinct().count() > 1) {
      return "A figure has images of one size: leave models that take another one out of the"
          + " comparison, then export.";
    }
    boolean targeted =
        attacks.stream().flatMap(a -> a.tiles().stream()).allMatch(t -> t.goal().targeted());
    return !targeted && attacks.stream().map(GridAttack::classes).distinct().count() > 1
        ? "An untargeted figure has models of the same classes: leave the others out of the"
            + " comparison, then export."
        : "";
  }

  private static InputShape shape(GridAttack attack) {
    return attack.model().card().architecture().input();
  }

  /** Writes {@code file} and its specification beside it; not on the FX thread. */
  public void write(Path file) {
    var _ = write(file, Exhibit.SCALE, new ExportWatch(""));
  }

  /** A sentence that says where it is. */
  private String write(Path file, int scale, ExportWatch watch) {
    Pictures specification =
        specification(
            first().source().map(dataset -> new Source(dataset.name(), Datasets.hash(dataset))));
    specification.size().checkFigure(file, scale);
    GridSize.checkOriginals(specification.subjects().size(), specification.size().shape());
    String saved = Exhibit.draw(FigureMaker.drawing(specification, grid()), file, scale, watch);
    FigureText.write(file, specification);
    return saved.substring(0, saved.length() - 1)
        + " and "
        + FigureText.beside(file).getFileName()
        + ".";
  }

  /** Not the files, which may hold other weights by now. */
  private List<OpenModel> models() {
    return attacks.stream().map(attack -> attack.opened().orElseThrow()).toList();
  }

  private List<OriginalImage> subjects() {
    List<String> classes = models().getFirst().card().classes();
    return part.ofRows(first().images()).stream()
        .map(image -> image.among(classes).within(PaintedRegion.known(image.regions(), classes)))
        .toList();
  }

  private AttackedGrid grid() {
    List<String> heads = part.ofColumns(first().heads());
    return new AttackedGrid(
        models(),
        subjects(),
        heads,
        results.stream().map(own -> AttackedGrid.rows(own, heads.size())).toList());
  }

  private Pictures specification(Optional<Source> source) {
    Optional<Aim> aim =
        Aim.of(
            part.ofColumns(
                first().tiles().stream().limit(first().heads().size()).map(Tile::goal).toList()),
            models().getFirst().card().classes());
    return new Pictures(
        4,
        FigureMaker.references(4, models()),
        subjects(),
        source,
        aim.map(Aim::columns).orElseGet(() -> part.ofColumns(first().heads())),
        first().tiles().getFirst().goal().targeted(),
        aim,
        first().specification(),
        first().precision(),
        first().device(),
        first().batch(),
        0);
  }
}
