package org.pagexplorer.ui.attack;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Image;
import org.pagexplorer.lab.attack.AttackedGrid;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.figure.Drawing;
import org.pagexplorer.lab.figure.GridFigure;
import org.pagexplorer.lab.figure.MovingPicture;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.ui.attack.Trajectory.Step;
import org.pagexplorer.ui.support.Exhibit;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.ExportWatch;

/**
 * A finished attack as a file that moves: of a tile, of a row, or of the whole grid. Each frame
 * shows what the window shows at that step.
 */
final class AttackAnimation {
  private static final List<String> FORMATS = List.of("apng", "gif", Exhibit.FRAMES);

  private final List<GridAttack> attacks;
  private final List<Integer> tiles;
  private final boolean single;
  private final List<Integer> steps;

  /**
   * Those of each attack's tiles: a grid that does not fit in memory drops what is out of sight.
   */
  private final List<Map<Integer, Trajectory>> trajectories;

  private AttackAnimation(List<GridAttack> attacks, List<Integer> tiles, boolean single) {
    this.attacks = List.copyOf(attacks);
    this.tiles = List.copyOf(tiles);
    this.single = single;
    TreeSet<Integer> shown = new TreeSet<>();
    int last = first().specification().steps();
    for (int step = 0; step < last; step++) {
      shown.add(first().shownStep(step)); // of a large grid not every step is kept
    }
    shown.add(last);
    steps = List.copyOf(shown);
    trajectories =
        attacks.stream()
            .map(a -> tiles.stream().collect(Collectors.toMap(tile -> tile, a::made)))
            .toList();
  }

  /** Of one tile alone. */
  static AttackAnimation ofTile(GridAttack attack, int tile) {
    return new AttackAnimation(List.of(attack), List.of(tile), true);
  }

  /** Of the tiles of an image, as each model sees it. */
  static AttackAnimation ofRow(List<GridAttack> attacks, int row) {
    List<Integer> own = new ArrayList<>();
    for (int i = 0; i < attacks.getFirst().tiles().size(); i++) {
      if (attacks.getFirst().tiles().get(i).row() == row) {
        own.add(i);
      }
    }
    return new AttackAnimation(attacks, own, false);
  }

  /** Of all tiles. */
  static AttackAnimation ofGrid(List<GridAttack> attacks) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < attacks.getFirst().tiles().size(); i++) {
      all.add(i);
    }
    return new AttackAnimation(attacks, all, false);
  }

  private GridAttack first() {
    return attacks.getFirst();
  }

  /** Whether all of its tiles are done. */
  boolean isFinished() {
    return trajectories.stream()
        .allMatch(own -> own.values().stream().allMatch(tile -> tile.result() != null));
  }

  /**
   * The same for the dialog.
   *
   * @param name of the proposed file, without an ending
   */
  ExportChoice choice(String title, String name) {
    String missing = missing();
    return new ExportChoice(
        title,
        name,
        FORMATS,
        () -> missing().isEmpty() ? Optional.of(exhibit(name)) : Optional.empty(),
        Optional::empty,
        Optional::empty,
        missing);
  }

  /** Why it cannot be saved, in a sentence; empty where it can. */
  private String missing() {
    if (attacks.stream().map(a -> a.images().getFirst().image().shape()).distinct().count() > 1) {
      return "These models take images of different sizes: save each one's attack on Explore.";
    }
    String trouble = isFinished() ? "" : GridExport.trouble(attacks);
    return isFinished() || !trouble.isEmpty()
        ? trouble
        : "Not every picture is finished yet: save the attack when they are.";
  }

  private Exhibit exhibit(String name) {
    return new Exhibit(
        name,
        FORMATS,
        Optional.of(this::last),
        Optional.empty(),
        (file, scale, watch) -> {
          write(file, watch);
          return words(file);
        });
  }

  /** Its last frame stands for all. */
  private Drawing last() {
    BufferedImage frame = draw(steps.getLast());
    return new Drawing(
        frame.getWidth(), frame.getHeight(), graphics -> graphics.drawImage(frame, 0, 0, null));
  }

  private static String words(Path file) {
    return "Saved "
        + file
        + "."
        + (MovingPicture.isGif(file)
            ? " A GIF has 256 colors per frame; .apng keeps all of them."
            : "");
  }

  private void write(Path file, ExportWatch watch) {
    new MovingPicture(
            steps.size(),
            frame -> {
              watch.check();
              watch.progress((double) frame / steps.size());
              return draw(steps.get(frame));
            })
        .write(file);
  }

  private BufferedImage draw(int step) {
    if (single) {
      return MovingPicture.enlarged(at(0, tiles.getFirst(), step).result());
    }
    List<String> classes = first().classes();
    List<OriginalImage> subjects =
        tiles.stream()
            .map(tile -> first().tiles().get(tile).row())
            .distinct()
            .map(row -> first().images().get(row).among(classes))
            .toList();
    int columns = first().heads().size();
    List<List<List<AttackedImage>>> results =
        IntStream.range(0, attacks.size())
            .mapToObj(
                k -> AttackedGrid.rows(tiles.stream().map(t -> at(k, t, step)).toList(), columns))
            .toList();
    List<OpenModel> models = attacks.stream().map(a -> a.opened().orElseThrow()).toList();
    String footer =
        "step %d of %d: %s"
            .formatted(step, first().specification().steps(), TileWords.line(first()));
    return MovingPicture.drawn(
        GridFigure.of(new AttackedGrid(models, subjects, first().heads(), results), footer));
  }

  /** What the window shows of a tile at a step, rounded to 8 bits as there. */
  private AttackedImage at(int k, int tile, int step) {
    GridAttack attack = attacks.get(k);
    Trajectory own = Objects.requireNonNull(trajectories.get(k).get(tile));
    Step shown = Objects.requireNonNull(own.at(step));
    float[] values = new float[shown.pixels().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (shown.pixels()[i] & 255) / 255f;
    }
    Image image = new Image(attack.tiles().get(tile).image().shape(), values);
    return AttackedGrid.iterate(
        attack.tiles().get(tile).goal(), image, shown.probabilities(), shown.number());
  }
}
