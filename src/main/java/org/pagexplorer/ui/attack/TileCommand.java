package org.pagexplorer.ui.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pagexplorer.cli.ShellWords;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.ClassNames;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.ImageRegion;
import org.pagexplorer.domain.LayerUnit;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.StartImage;
import org.pagexplorer.lab.attack.Aim;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.TargetGrid.Tile;

/** The command that makes a tile again, or a row, as a shell takes it. */
public final class TileCommand {
  private final List<String> words = new ArrayList<>(List.of("pag", "attack"));

  private TileCommand() {}

  /**
   * @param rows where the tile's image comes from
   */
  public static Optional<String> of(GridAttack attack, int tile, ImageRows rows) {
    return of(List.of(attack), List.of(attack.tiles().get(tile)), rows);
  }

  /**
   * Of all tiles of an image, as each of some models sees it.
   *
   * @param attacks one a model
   */
  static Optional<String> ofRow(List<GridAttack> attacks, int row, ImageRows rows) {
    List<Tile> tiles =
        attacks.getFirst().tiles().stream().filter(tile -> tile.row() == row).toList();
    return of(attacks, tiles, rows);
  }

  /** Nothing for a figure's images, which only its specification has. */
  private static Optional<String> of(List<GridAttack> attacks, List<Tile> tiles, ImageRows rows) {
    GridAttack first = attacks.getFirst();
    int row = tiles.getFirst().row();
    OriginalImage image = image(first.images().get(row), row, rows);
    return rows.areOfFigure() && rows.fileOf(image).isEmpty() && !rows.isStart(image)
        ? Optional.empty()
        : Optional.of(of(attacks, tiles, image, rows));
  }

  private static String of(
      List<GridAttack> attacks, List<Tile> tiles, OriginalImage image, ImageRows rows) {
    GridAttack first = attacks.getFirst();
    TileCommand command = new TileCommand();
    command.add("--model");
    attacks.forEach(attack -> command.add(attack.model().file().toString()));
    command.addImage(image, rows);
    List<ImageRegion> regions = tiles.getFirst().regions();
    boolean all = !regions.isEmpty() && regions.stream().allMatch(r -> r.target().isPresent());
    String out = all ? "painted" : command.addGoals(first.classes(), tiles);
    command.addRegions(regions, first);
    command.addAttack(first.specification());
    if (first.precision() != Precision.EXACT) {
      command.add("--precision", first.precision().id());
    }
    command.add("--out", out + ".png");
    return ShellWords.join(command.words.stream());
  }

  /**
   * @return what a file of it is called
   */
  private String addGoals(List<String> classes, List<Tile> tiles) {
    Goal first = tiles.getFirst().goal();
    Optional<Aim> aim = Aim.of(tiles.stream().map(Tile::goal).toList(), classes);
    if (aim.isPresent()) {
      return addAim(aim.get(), classes);
    }
    String name = classes.get(first.classIndex());
    if (!first.targeted()) {
      add("--untargeted");
      return "away-from-" + Copying.fileName(name);
    }
    List<Integer> targets = tiles.stream().map(tile -> tile.goal().classIndex()).toList();
    boolean all = targets.stream().distinct().count() == classes.size() && classes.size() > 1;
    add(
        "--targets",
        all
            ? "all"
            : targets.stream()
                .map(target -> word(classes, target))
                .collect(Collectors.joining(",")));
    return all ? "to-all" : "to-" + Copying.fileName(name) + (targets.size() > 1 ? "-etc" : "");
  }

  private String addAim(Aim aim, List<String> classes) {
    switch (aim) {
      case Aim.Between between -> {
        add(
            "--between",
            word(classes, ClassNames.index(classes, between.from()))
                + ","
                + word(classes, ClassNames.index(classes, between.to())));
        add(
            "--at",
            between.shares().stream().map(TileCommand::number).collect(Collectors.joining(",")));
        return "between-"
            + Copying.fileName(between.from())
            + "-and-"
            + Copying.fileName(between.to());
      }
      case Aim.Features features -> {
        add(
            "--feature",
            features.units().stream().map(LayerUnit::text).collect(Collectors.joining(",")));
        return "features";
      }
      case Aim.AwayFromAll _ -> {
        add("--away-from-all");
        return "away-from-all";
      }
    }
  }

  /** Their masks become files, under names of their content. */
  private void addRegions(List<ImageRegion> regions, GridAttack attack) {
    if (regions.isEmpty()) {
      return;
    }
    add("--mask");
    regions.forEach(region -> add(PictureFolder.keep(region.mask()).toString()));
    add(
        "--mask-targets",
        regions.stream()
            .map(
                region ->
                    region.target().isPresent()
                        ? word(attack.classes(), region.target().getAsInt())
                        : "-")
            .collect(Collectors.joining(",")));
    double whole = attack.specification().threat().epsilon();
    add(
        "--mask-epsilon",
        regions.stream()
            .map(region -> number(region.epsilon().orElse(whole)))
            .collect(Collectors.joining(",")));
  }

  /** By its number where its name would be read as several, or as another class's. */
  private static String word(List<String> classes, int target) {
    String name = classes.get(target);
    boolean plain = !name.contains(",") && name.equals(name.strip());
    return plain && classes.indexOf(name) == target ? name : String.valueOf(target);
  }

  /** An image of the attack may have been fitted to another model than the row was. */
  private static OriginalImage image(OriginalImage attacked, int row, ImageRows rows) {
    boolean same =
        row < rows.images().size() && rows.images().get(row).origin().equals(attacked.origin());
    return same ? rows.images().get(row) : attacked;
  }

  private void addImage(OriginalImage image, ImageRows rows) {
    if (rows.fitProperty().get() != Fit.CROP) {
      add("--fit", rows.fitProperty().get().id());
    }
    if (rows.fileOf(image).isPresent()) {
      add("--image", rows.fileOf(image).get().toString());
      return;
    }
    Optional<StartImage> start = rows.startOf(image);
    if (start.isPresent() && !start.get().isOfClass()) {
      add("--start", start.get().text());
      return;
    }
    // What is open, not what is being opened: the tile was made of an image of it.
    rows.folder().ifPresent(folder -> add("--dataset", folder.toString()));
    if (rows.folder().isPresent() && !rows.partProperty().get().isEmpty()) {
      add("--split", rows.partProperty().get());
    }
    if (start.isPresent()) {
      add("--start", ofClass(start.get(), rows).text());
      return;
    }
    add("--index", image.origin().substring(image.origin().lastIndexOf('#') + 1));
  }

  /** A comma in the name of its class would make it two. */
  private static StartImage ofClass(StartImage start, ImageRows rows) {
    Dataset dataset = rows.sourceProperty().get();
    List<String> classes = dataset == null ? List.of() : dataset.classes();
    List<String> words = ClassNames.words(classes);
    return switch (start) {
      case StartImage.ClassMean mean when words.contains(mean.className()) ->
          new StartImage.ClassMean(word(classes, words.indexOf(mean.className())));
      case StartImage.ClassGaussian sample when words.contains(sample.className()) ->
          new StartImage.ClassGaussian(
              word(classes, words.indexOf(sample.className())), sample.seed());
      default -> start;
    };
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
