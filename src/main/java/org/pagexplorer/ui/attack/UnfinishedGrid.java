package org.pagexplorer.ui.attack;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
   * As it is at this moment; its pictures are made where they are wanted, on any thread. Nothing
   * before the first row is there.
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
    List<List<List<Begun>>> begun =
        attacks.stream()
            .map(attack -> rows.stream().map(row -> begun(attack, row)).toList())
            .toList();
    Supplier<Drawing> drawing =
        () -> {
          List<String> classes = first.classes();
          List<OriginalImage> subjects =
              rows.stream().map(row -> first.images().get(row).among(classes)).toList();
          return draw(first, new AttackedGrid(models, subjects, first.heads(), made(begun)));
        };
    return Optional.of(
        new Exhibit(
            stem,
            FigureFile.ENDINGS,
            Optional.of(drawing),
            Optional.empty(),
            (file, scale, watch) -> Exhibit.draw(drawing.get(), file, scale, watch)));
  }

  private static Drawing draw(GridAttack first, AttackedGrid grid) {
    String footer =
        SpecificationFields.line(first.specification(), first.precision())
            + "; unfinished: each picture at the step it had reached";
    GridFigure figure = GridFigure.of(grid, footer);
    return new Drawing(figure.width(), figure.height(), figure::draw);
  }

  /** A tile as it was when it was asked for: cheap to keep, and nothing of it changes. */
  private record Begun(Tile tile, @Nullable AttackedImage done, Trajectory.@Nullable Step step) {}

  private static boolean isBegun(GridAttack attack, int row) {
    return tiles(attack, row).allMatch(tile -> attack.trajectory(tile).at(Scrubber.FOLLOW) != null);
  }

  private static IntStream tiles(GridAttack attack, int row) {
    int columns = attack.heads().size();
    return IntStream.range(row * columns, (row + 1) * columns);
  }

  private static List<Begun> begun(GridAttack attack, int row) {
    return tiles(attack, row)
        .mapToObj(
            tile -> {
              Trajectory trajectory = attack.trajectory(tile);
              Trajectory.Step step = trajectory.at(Scrubber.FOLLOW);
              return new Begun(attack.tiles().get(tile), trajectory.result(), step);
            })
        .toList();
  }

  private static List<List<List<AttackedImage>>> made(List<List<List<Begun>>> begun) {
    return begun.stream()
        .map(rows -> rows.stream().map(row -> row.stream().map(UnfinishedGrid::picture).toList()))
        .map(Stream::toList)
        .toList();
  }

  private static AttackedImage picture(Begun begun) {
    Tile tile = begun.tile();
    AttackedImage done = begun.done();
    Trajectory.Step step = begun.step();
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
        step.l1(),
        step.l2(),
        step.linf(),
        0,
        0,
        step.number());
  }
}
