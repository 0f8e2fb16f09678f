package org.pagexplorer.ui.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.lab.attack.LikelyClasses;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.model.SharedClasses;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.attack.LikelyTargets;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Request;

/**
 * Which of the classes that the compared models share are columns: those chosen for Explore's
 * model; where these are its first ones, and not all are shared, all that are shared, or of many
 * the likeliest. On the FX thread.
 */
final class ComparedColumns {
  private final EngineLane lane;
  private final ComparedTargets targets;

  /** Found for these models and images; empty where there are others. */
  private Optional<List<Integer>> likeliest = Optional.empty();

  ComparedColumns(EngineLane lane, ComparedTargets targets) {
    this.lane = lane;
    this.targets = targets;
  }

  /** The models or the images are others, or other columns are wanted. */
  void forget() {
    likeliest = Optional.empty();
  }

  /**
   * Gives numbers among the shared classes, at once where no model has to be asked.
   *
   * @param images by model: some that are in sight
   */
  void choose(
      List<ModelFile> models,
      SharedClasses shared,
      List<List<Image>> images,
      Request mine,
      Consumer<List<Integer>> answer) {
    AttackSetup setup = targets.setup();
    List<Integer> chosen = chosen(setup, shared);
    boolean first = setup.targetNames().isEmpty() && chosen.size() < setup.targets().size();
    boolean likely = targets.areToBeFound();
    if (!chosen.isEmpty() && !first && !likely) {
      answer.accept(chosen);
    } else if (LikelyTargets.isFew(shared.size()) && !likely) {
      answer.accept(IntStream.range(0, shared.size()).boxed().toList());
    } else if (likeliest.isPresent()) {
      answer.accept(likeliest.get());
    } else {
      find(models, shared, images, mine, answer);
    }
  }

  /** The targets, as far as they are shared. */
  private static List<Integer> chosen(AttackSetup setup, SharedClasses shared) {
    List<String> among = setup.classes().get();
    return setup.targets().stream()
        .filter(target -> target < among.size()) // while models change
        .map(target -> numberOf(target, among, shared))
        .filter(number -> number >= 0)
        .toList();
  }

  /** Explore's model may be one of those compared, in which two classes may have one name. */
  private static int numberOf(int target, List<String> among, SharedClasses shared) {
    String name = among.get(target);
    int before = (int) among.subList(0, target).stream().filter(name::equals).count();
    return IntStream.range(0, shared.size())
        .filter(number -> shared.names().get(number).equals(name))
        .skip(before)
        .findFirst()
        .orElse(-1);
  }

  private void find(
      List<ModelFile> models,
      SharedClasses shared,
      List<List<Image>> images,
      Request mine,
      Consumer<List<Integer>> answer) {
    AttackSetup setup = targets.setup();
    Precision precision = setup.settings().precisionProperty().get();
    List<Asked> asked = new ArrayList<>();
    for (int k = 0; k < models.size(); k++) {
      asked.add(new Asked(models.get(k), shared.places().get(k), images.get(k)));
    }
    int wanted = setup.likely().countProperty().get();
    int count = wanted > 0 ? wanted : LikelyTargets.FIRST;
    BackgroundTask.after(sum(asked, precision, new double[shared.size()], mine))
        .within(mine)
        .onDone(
            sums -> {
              List<Integer> found = LikelyClasses.likeliest(sums, count);
              likeliest = Optional.of(found);
              targets.found(found);
              answer.accept(found);
            })
        .onFailed(setup.notice()::report)
        .start();
  }

  /** A model, its numbers of the shared classes, and its images. */
  private record Asked(ModelFile model, List<Integer> places, List<Image> images) {}

  /** One model after the other; between two, other work gets the lane. */
  private CompletableFuture<double[]> sum(
      List<Asked> models, Precision precision, double[] sums, Request mine) {
    if (models.isEmpty() || mine.isCancelled()) {
      return CompletableFuture.completedFuture(sums);
    }
    Asked next = models.getFirst();
    return lane.submit(
            own -> {
              double[] of =
                  LikelyClasses.probabilities(
                      own.classifier(next.model().file(), precision), next.images());
              for (int c = 0; c < sums.length; c++) {
                sums[c] += of[next.places().get(c)];
              }
              return sums;
            })
        .thenCompose(done -> sum(models.subList(1, models.size()), precision, done, mine));
  }
}
