package org.pagexplorer.ui.attack;

import java.util.Optional;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.ui.attack.Trajectory.Step;

/**
 * A tile as it is shown.
 *
 * @param tile of the attack, row by row
 * @param scrubbed the step that is asked for, or {@link Scrubber#FOLLOW}
 * @param step the one that is shown
 */
public record ShownTile(GridAttack attack, int tile, int scrubbed, Step step) {

  /** Nothing where an attack has no such tile, or none of its steps is computed yet. */
  public static Optional<ShownTile> of(GridAttack attack, int tile, int scrubbed) {
    return tile < 0 || tile >= attack.tiles().size()
        ? Optional.empty()
        : Optional.ofNullable(attack.trajectory(tile).at(scrubbed))
            .map(step -> new ShownTile(attack, tile, scrubbed, step));
  }

  /** The image that it is made of, from the top. */
  public int row() {
    return attack.tiles().get(tile).row();
  }

  /** Its column. */
  public String head() {
    return attack.heads().get(tile % attack.heads().size());
  }

  InputShape shape() {
    return attack.tiles().get(tile).image().shape();
  }

  /** Rounded to 8 bits, as it is shown. */
  Image image() {
    float[] values = new float[step.pixels().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (step.pixels()[i] & 255) / 255f;
    }
    return new Image(shape(), values);
  }

  /** Its numbers. */
  String words() {
    return TileWords.of(attack, tile, scrubbed);
  }

  /** For a file, from its first class to its goal. */
  String name() {
    return Copying.fileName(TileWords.goal(attack, tile)) + "-step-" + step.number();
  }
}
