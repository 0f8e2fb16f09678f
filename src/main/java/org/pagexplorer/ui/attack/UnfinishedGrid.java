package org.pagexplorer.ui.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.attack.AttackedGrid;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.SpecificationFields;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.lab.figure.Drawing;
import org.pagexplorer.lab.figure.FigureFile;
import org.pagexplorer.lab.figure.GridFigure;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.ui.support.Exhibit;

/**
 * What there is of grids under attack: the rows whose pictures have all been begun, each picture at
 * the step that it has reached. No specification would make that again, so none is beside it.
 */
public final class UnfinishedGrid {
  private UnfinishedGrid() {}

  /**
   * As it is at this moment; nothing before the first row is there.
   *
   * @param stem of the file's name
   */
  public static Optional<Exhibit> of(List<GridAttack> attacks, String stem) {
    if (attacks.isEmpty() || attacks.stream().anyMatch(attack -> attack.opened().isEmpty())) {
      return Optional.empty();
    }
    GridAttack first = attacks.getFirst();
    List<Integer> rows =
        IntStream.range(0, first.images().size())
            .filter(row -> attacks.stream().allMatch(attack -> isBegun(attack, row)))
            .boxed()
            .toList();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<OpenModel> models = attacks.stream().map(attack -> attack.opened().orElseThrow()).toList();
    List<String> classes = first.classes();
    List<OriginalImage> subjects =
        rows.stream().map(row -> first.images().get(row).among(classes)).toList();
    List<List<List<AttackedImage>>> pictures =
        attacks.stream()
            .map(attack -> rows.stream().map(row -> pictures(attack, row)).toList())
            .toList();
    AttackedGrid grid = new AttackedGrid(models, subjects, first.heads(), pictures);
    String footer =
        SpecificationFields.line(first.specification(), first.precision())
            + "; unfinished: each picture at the step it had reached";
    GridFigure figure = GridFigure.of(grid, footer);
    Drawing drawing = new Drawing(figure.width(), figure.height(), figure::draw);
    return Optional.of(
        new Exhibit(
            stem,
            FigureFile.ENDINGS,
            Optional.of(() -> drawing),
            Optional.empty(),
            (file, scale, watch) -> Exhibit.draw(drawing, file, scale, watch)));
  }

  private static boolean isBegun(GridAttack attack, int row) {
    return tiles(attack, row).allMatch(tile -> attack.trajectory(tile).at(Scrubber.FOLLOW) != null);
  }

  private static IntStream tiles(GridAttack attack, int row) {
    int columns = attack.heads().size();
    return IntStream.range(row * columns, (row + 1) * columns);
  }

  private static List<AttackedImage> pictures(GridAttack attack, int row) {
    List<AttackedImage> pictures = new ArrayList<>();
    tiles(attack, row)
        .forEach(tile -> pictures.add(picture(attack.tiles().get(tile), attack.trajectory(tile))));
    return pictures;
  }

  private static AttackedImage picture(Tile tile, Trajectory trajectory) {
    AttackedImage done = trajectory.result();
    Trajectory.Step step = trajectory.at(Scrubber.FOLLOW);
    if (done != null || step == null) {
      return java.util.Objects.requireNonNull(done);
    }
    InputShape shape = tile.image().shape();
    float[] pixels = new float[step.pixels().length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (step.pixels()[i] & 255) / 255f;
    }
    float[] none = {};
    return new AttackedImage(
        tile.goal(),
        new Image(shape, pixels),
        step.probabilities(),
        step.probabilities(),
        none,
        none,
        step.l2(),
        step.linf(),
        0,
        0,
        step.number());
  }
}
