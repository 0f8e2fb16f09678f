package org.pagexplorer.ui.attack;

import java.util.ArrayList;
import java.util.List;
import org.pagexplorer.cli.ShellWords;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.lab.attack.OriginalImage;

/** The command that makes a tile again, as a shell takes it. */
public final class TileCommand {
  private final List<String> words = new ArrayList<>(List.of("pag", "attack"));

  private TileCommand() {}

  /**
   * @param rows where the tile's image comes from
   */
  public static String of(GridAttack attack, int tile, ImageRows rows) {
    TileCommand command = new TileCommand();
    Goal goal = attack.tiles().get(tile).goal();
    String name = attack.classes().get(goal.classIndex());
    command.add("--model", attack.model().file().toString());
    command.addImage(attack.images().get(attack.tiles().get(tile).row()), rows);
    if (goal.targeted()) {
      command.add("--targets", name);
    } else {
      command.add("--untargeted");
    }
    command.addAttack(attack.specification());
    if (attack.precision() != Precision.EXACT) {
      command.add("--precision", attack.precision().id());
    }
    command.add("--out", (goal.targeted() ? "to-" : "away-from-") + fileName(name) + ".png");
    return ShellWords.join(command.words.stream());
  }

  private static String fileName(String name) {
    return name.replaceAll("[^\\p{L}\\p{N}-]+", "-");
  }

  private void addImage(OriginalImage image, ImageRows rows) {
    if (rows.fitProperty().get() != Fit.CROP) {
      add("--fit", rows.fitProperty().get().id());
    }
    if (rows.fileOf(image).isPresent()) {
      add("--image", rows.fileOf(image).get().toString());
      return;
    }
    // What is open, not what is being opened: the tile was made of an image of it.
    rows.folder().ifPresent(folder -> add("--dataset", folder.toString()));
    if (rows.folder().isPresent() && !rows.partProperty().get().isEmpty()) {
      add("--split", rows.partProperty().get());
    }
    add("--index", image.origin().substring(image.origin().lastIndexOf('#') + 1));
  }

  private void addAttack(AttackSpecification attack) {
    add("--norm", attack.threat().norm().id());
    add("--epsilon", number(attack.threat().epsilon()));
    add("--steps", String.valueOf(attack.steps()));
    add("--step-size", number(attack.stepSize()));
    if (attack.stepRule() != StepRule.NORMALIZED) {
      add("--step-rule", attack.stepRule().id());
    }
    add("--loss", attack.loss().id(), "--keep", attack.keep().id());
    if (attack.randomStart()) {
      add("--random-start", "--restarts", String.valueOf(attack.restarts()));
      add("--seed", String.valueOf(attack.seed()));
    }
    if (!attack.clip()) {
      add("--no-clip");
    }
  }

  /** All of its digits, so that the attack is the same. */
  private static String number(double value) {
    return String.valueOf(value).replaceAll("\\.0$", "");
  }

  private void add(String... more) {
    words.addAll(List.of(more));
  }
}
