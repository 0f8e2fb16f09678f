package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.ArgMax;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Outcome;

/**
 * {@link Pgd} away from the true class, for counting: an image is done at its first iterate that is
 * named wrongly, the image itself included, since one such point is all that is asked for. What
 * withstands is what {@link Pgd} with {@link AttackSpecification.Keep#BEST} does not break; but
 * only images that still stand cost anything.
 */
final class UntargetedPgd implements UntargetedAttack {
  private final Classifier f;
  private final AttackSpecification spec;
  private final PgdStep step;
  private final Expectation expectation;

  UntargetedPgd(Classifier classifier, AttackSpecification specification) {
    this(classifier, specification, 1);
  }

  /**
   * Of a randomized model.
   *
   * @param draws calls that each point's logits and gradient are means of
   */
  UntargetedPgd(Classifier classifier, AttackSpecification specification, int draws) {
    f = classifier;
    expectation = new Expectation(classifier, draws);
    spec = specification;
    step = new PgdStep(specification);
  }

  @Override
  public Optional<List<Outcome>> run(List<Image> images, int[] labels, AttackObserver observer) {
    List<Standing> all = new ArrayList<>();
    int[] named = f.predictions(images);
    for (int i = 0; i < labels.length; i++) {
      Standing subject = new Standing(images.get(i), labels[i]);
      subject.broken = named[i] != labels[i];
      all.add(subject);
    }
    for (int restart = 0; restart < spec.restarts(); restart++) {
      List<Standing> standing = Standing.among(all);
      if (!standing.isEmpty() && !ascend(standing, restart, observer)) {
        return Optional.empty();
      }
    }
    return Optional.of(all.stream().map(Standing::outcome).toList());
  }

  /** One restart; false if cancelled. */
  private boolean ascend(List<Standing> subjects, int restart, AttackObserver observer) {
    try (NDManager manager = f.engine().manager().newSubManager()) {
      List<Standing> standing = subjects;
      List<Image> images = standing.stream().map(subject -> subject.image).toList();
      NDArray origin = Pixels.toArray(images, manager);
      Standing.Points points =
          new Standing.Points(
              origin,
              step.start(images, Goal.leaveEach(Standing.labels(standing)), restart, origin));
      for (int t = 0; t <= spec.steps() && !standing.isEmpty(); t++) {
        if (observer.isCancelled()) {
          return false;
        }
        observer.step(t);
        points = next(points, standing, t == spec.steps(), manager);
        standing = Standing.among(standing);
      }
      return true;
    }
  }

  /** Looks at the current points; those that stand are moved on unless they are the last. */
  private Standing.Points next(
      Standing.Points points, List<Standing> standing, boolean last, NDManager manager) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray x = points.now().duplicate();
      x.attach(scratch);
      Autograd autograd = f.engine().autograd();
      Expectation.View view =
          expectation.at(
              x, z -> step.losses(autograd, z, Standing.labels(standing)).differentiated(), !last);
      noteBroken(points.now(), view, standing);
      boolean done = standing.stream().allMatch(subject -> subject.broken);
      if (last || done) {
        keep(points.now(), standing);
        return points;
      }
      NDArray gradient = view.slope();
      Standing.count(gradient, standing);
      NDArray signs = scratch.ones(new Shape(standing.size(), 1, 1, 1));
      NDArray delta = step.delta(points.origin(), x, gradient, signs);
      return points.moved(step.project(delta, points.origin()), manager).of(standing, manager);
    }
  }

  private static void noteBroken(NDArray now, Expectation.View view, List<Standing> standing) {
    for (int i = 0; i < standing.size(); i++) {
      Standing subject = standing.get(i);
      if (ArgMax.of(view.row(i, standing.size())) != subject.label) {
        subject.broken = true;
        subject.latest = row(now, i);
      }
    }
  }

  private static void keep(NDArray now, List<Standing> standing) {
    for (int i = 0; i < standing.size(); i++) {
      standing.get(i).latest = row(now, i);
    }
  }

  private static float[] row(NDArray points, int i) {
    try (NDArray row = points.get(i)) {
      return row.toFloatArray();
    }
  }
}
