package org.pagexplorer.ui.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.model.SharedClasses;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.attack.FittedRows;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.LikelyTargets;
import org.pagexplorer.ui.control.TileRange;
import org.pagexplorer.ui.support.Request;
import org.pagexplorer.ui.support.Sentence;

/**
 * Makes a comparison's attacks, one for each model, of the rows, columns, and parameters that are
 * set. On the FX thread.
 */
final class ComparedGrids {
  private final ComparedTargets targets;
  private final ComparedModels compared;
  private final FittedRows fitted;
  private final ComparedColumns columns;
  private final Runnable progressed;

  /** Who is told of the attacks, or why there are none. */
  record Answer(Consumer<List<GridAttack>> attacks, Consumer<String> impossible) {}

  /**
   * @param progressed called by the attacks when they have got on; by any thread
   */
  ComparedGrids(
      EngineLane lane, ComparedTargets targets, ComparedModels compared, Runnable progressed) {
    this.targets = targets;
    this.compared = compared;
    this.progressed = progressed;
    AttackSetup setup = targets.setup();
    fitted = new FittedRows(setup.rows(), setup.notice());
    columns = new ComparedColumns(lane, targets);
    InvalidationListener forget = property -> columns.forget();
    setup.rows().images().addListener(forget);
    compared.all().addListener(forget);
  }

  /** Other columns are wanted. */
  void forgetColumns() {
    columns.forget();
  }

  /** Nobody looks at them: what was said of their rows goes. */
  void settle() {
    fitted.settle();
  }

  /** What has to be chosen first, in words; empty where nothing is missing. */
  String missing() {
    AttackSetup setup = targets.setup();
    List<OriginalImage> images = setup.rows().images();
    if (compared.all().size() < ComparedModels.FEWEST) {
      return "Choose two models or more on the left; open others with Open… on Explore.";
    } else if (images.isEmpty()) {
      return "Choose images.";
    } else if (setup.isTargeted() && setup.targets().isEmpty() && !setup.likely().isAsked()) {
      return "No target is chosen: select classes in the list of targets.";
    } else if (setup.needsLabels() && !images.stream().allMatch(compared::knowLabel)) {
      return "An untargeted comparison needs images whose class is known to the models.";
    }
    return "";
  }

  /**
   * Makes them, not yet begun, once the images have been read in each model's size.
   *
   * @param inSight tiles whose images are asked for the likeliest classes
   * @param mine when it is over, nothing is answered
   */
  void make(TileRange inSight, Request mine, Answer answer) {
    fitted.in(Set.copyOf(compared.inputs()), mine, found -> choose(found, inSight, mine, answer));
  }

  private void choose(
      Map<InputShape, List<OriginalImage>> found, TileRange inSight, Request mine, Answer answer) {
    List<List<OriginalImage>> images = compared.inputs().stream().map(found::get).toList();
    if (!compared.take(images) || images.getFirst().isEmpty()) {
      answer
          .impossible()
          .accept("These images cannot be made to fit all of these models: choose others.");
    } else if (targets.setup().isTargeted()) {
      List<List<Image>> seen = images.stream().map(rows -> some(rows, inSight)).toList();
      columns.choose(
          List.copyOf(compared.all()),
          compared.classes(),
          seen,
          mine,
          some -> make(images, some, answer));
    } else {
      make(images, List.of(), answer);
    }
  }

  /** As many as a window shows. */
  private List<Image> some(List<OriginalImage> images, TileRange inSight) {
    int first =
        inSight == TileRange.ALL
            ? 0
            : Math.max(0, inSight.perRow(compared.all().size()).firstRow());
    return images.stream()
        .skip(first < images.size() ? first : 0)
        .limit(LikelyTargets.MOST_IMAGES)
        .map(OriginalImage::image)
        .toList();
  }

  /**
   * @param images by model
   * @param some of the shared classes
   */
  private void make(List<List<OriginalImage>> images, List<Integer> some, Answer answer) {
    SharedClasses shared = compared.classes();
    List<GridAttack> attacks = new ArrayList<>();
    try {
      for (int k = 0; k < images.size(); k++) {
        ModelFile model = compared.all().get(k);
        List<Integer> labels =
            targets.setup().needsLabels() ? labels(images.get(k), model) : List.of();
        attacks.add(attack(model, images.get(k), shared.of(k, some), labels, images.size()));
      }
    } catch (IllegalArgumentException | UserException e) {
      answer.impossible().accept(Sentence.of(e));
      return;
    }
    answer.attacks().accept(attacks);
  }

  /** What one of them lacks is said of it by its name. */
  private GridAttack attack(
      ModelFile model,
      List<OriginalImage> images,
      List<Integer> columns,
      List<Integer> labels,
      int grids) {
    try {
      return targets.setup().attack(model, images, columns, labels, grids, progressed);
    } catch (UserException e) {
      // Without the cause, whose sentence would be said instead.
      throw new UserException("\"%s\": %s".formatted(model.card().name(), e.getMessage()));
    }
  }

  private static List<Integer> labels(List<OriginalImage> images, ModelFile model) {
    List<String> classes = model.card().classes();
    return images.stream().map(image -> image.labelAmong(classes).orElseThrow()).toList();
  }
}
