package org.pagexplorer.ui.attack;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Image;
import org.pagexplorer.lab.attack.AttackedGrid;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.SpecificationFields;
import org.pagexplorer.lab.figure.GridFigure;
import org.pagexplorer.lab.figure.MovingPicture;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.ui.attack.Trajectory.Step;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Notice;

/**
 * A finished attack as a file that moves: of a tile, of a row, or of the whole grid. Each frame
 * shows what the window shows at that step.
 */
final class AttackAnimation {
  private final List<GridAttack> attacks;
  private final List<Integer> tiles;
  private final boolean single;
  private final List<Integer> steps;

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
    return attacks.stream()
        .allMatch(a -> tiles.stream().allMatch(tile -> a.trajectory(tile).result() != null));
  }

  /** Asks where, then writes it in the background, and says what became of it. */
  void save(String name, FileDialogs dialogs, Notice notice) {
    if (!isFinished()) {
      notice.say("The attack is not finished yet: save it when every picture is done.");
      return;
    }
    if (attacks.stream().map(a -> a.images().getFirst().image().shape()).distinct().count() > 1) {
      notice.say("These models take images of different sizes: save each one's attack on Explore.");
      return;
    }
    Optional<Path> file = dialogs.save(name + ".apng");
    file.ifPresent(
        chosen ->
            BackgroundTask.of(Executors.callable(() -> write(chosen)))
                .onDone(done -> notice.done(words(chosen)))
                .onFailed(notice::report)
                .start());
  }

  private static String words(Path file) {
    return "Saved "
        + file
        + "."
        + (MovingPicture.isGif(file) ? " A GIF has 256 colors a frame; .apng keeps all." : "");
  }

  /** Not on the FX thread. */
  void write(Path file) {
    new MovingPicture(steps.size(), frame -> draw(steps.get(frame))).write(file);
  }

  private BufferedImage draw(int step) {
    if (single) {
      return MovingPicture.enlarged(at(first(), tiles.getFirst(), step).result());
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
        attacks.stream()
            .map(a -> AttackedGrid.rows(tiles.stream().map(t -> at(a, t, step)).toList(), columns))
            .toList();
    List<OpenModel> models = attacks.stream().map(a -> a.opened().orElseThrow()).toList();
    String footer =
        "step %d of %d: %s"
            .formatted(
                step,
                first().specification().steps(),
                SpecificationFields.line(first().specification(), first().precision()));
    return MovingPicture.drawn(
        GridFigure.of(new AttackedGrid(models, subjects, first().heads(), results), footer));
  }

  /** What the window shows of a tile at a step, rounded to 8 bits as there. */
  private static AttackedImage at(GridAttack attack, int tile, int step) {
    Step shown = Objects.requireNonNull(attack.trajectory(tile).at(step));
    float[] values = new float[shown.pixels().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (shown.pixels()[i] & 255) / 255f;
    }
    Image image = new Image(attack.tiles().get(tile).image().shape(), values);
    return AttackedGrid.iterate(
        attack.tiles().get(tile).goal(), image, shown.probabilities(), shown.number());
  }
}
