package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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

  /** An image, and what became of it so far. */
  private static final class Subject {
    final Image image;
    final int label;
    int gradients;
    int zeroGradients;
    boolean broken;
    float[] latest;

    Subject(Image image, int label) {
      this.image = image;
      this.label = label;
      latest = image.pixels();
    }

    Outcome outcome() {
      double zero = gradients == 0 ? 0 : (double) zeroGradients / gradients;
      return new Outcome(new Image(image.shape(), latest), !broken, zero);
    }
  }

  @Override
  public Optional<List<Outcome>> run(List<Image> images, int[] labels, AttackObserver observer) {
    List<Subject> all = new ArrayList<>();
    int[] named = f.predictions(images);
    for (int i = 0; i < labels.length; i++) {
      Subject subject = new Subject(images.get(i), labels[i]);
      subject.broken = named[i] != labels[i];
      all.add(subject);
    }
    for (int restart = 0; restart < spec.restarts(); restart++) {
      List<Subject> standing = standing(all);
      if (!standing.isEmpty() && !ascend(standing, restart, observer)) {
        return Optional.empty();
      }
    }
    return Optional.of(all.stream().map(Subject::outcome).toList());
  }

  private static List<Subject> standing(List<Subject> subjects) {
    return subjects.stream().filter(subject -> !subject.broken).toList();
  }

  /** Where those that stand are: N × C × H × W both. */
  private record Points(NDArray origin, NDArray now) {

    /** Those rows only, or all with the next iterate; the others are freed. */
    Points moved(NDArray next, List<Subject> subjects, NDManager manager) {
      long[] rows =
          IntStream.range(0, subjects.size())
              .filter(i -> !subjects.get(i).broken)
              .asLongStream()
              .toArray();
      if (rows.length == subjects.size()) {
        next.attach(manager);
        now.close();
        return new Points(origin, next);
      }
      try (NDArray kept = manager.create(rows)) {
        NDIndex index = new NDIndex("{}", kept);
        Points some = new Points(origin.get(index), next.get(index));
        some.origin.attach(manager);
        some.now.attach(manager);
        origin.close();
        now.close();
        return some;
      }
    }
  }

  /** One restart; false if cancelled. */
  private boolean ascend(List<Subject> subjects, int restart, AttackObserver observer) {
    try (NDManager manager = f.engine().manager().newSubManager()) {
      List<Subject> standing = subjects;
      List<Image> images = standing.stream().map(subject -> subject.image).toList();
      NDArray origin = Pixels.toArray(images, manager);
      Points points =
          new Points(origin, step.start(images, Goal.leaveEach(labels(standing)), restart, origin));
      for (int t = 0; t <= spec.steps() && !standing.isEmpty(); t++) {
        if (observer.isCancelled()) {
          return false;
        }
        observer.step(t);
        points = next(points, standing, t == spec.steps(), manager);
        standing = standing(standing);
      }
      return true;
    }
  }

  /** Looks at the current points; those that stand are moved on unless they are the last. */
  private Points next(Points points, List<Subject> standing, boolean last, NDManager manager) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray x = points.now().duplicate();
      x.attach(scratch);
      Autograd autograd = f.engine().autograd();
      Expectation.View view =
          expectation.at(
              x, z -> step.losses(autograd, z, labels(standing)).differentiated(), !last);
      noteBroken(points.now(), view, standing);
      boolean done = standing.stream().allMatch(subject -> subject.broken);
      if (last || done) {
        keep(points.now(), standing);
        return points;
      }
      NDArray gradient = view.slope();
      count(gradient, standing);
      NDArray signs = scratch.ones(new Shape(standing.size(), 1, 1, 1));
      NDArray delta = step.delta(points.origin(), x, gradient, signs);
      return points.moved(step.project(delta, points.origin()), standing, manager);
    }
  }

  private static void noteBroken(NDArray now, Expectation.View view, List<Subject> standing) {
    for (int i = 0; i < standing.size(); i++) {
      Subject subject = standing.get(i);
      if (ArgMax.of(view.row(i, standing.size())) != subject.label) {
        subject.broken = true;
        subject.latest = row(now, i);
      }
    }
  }

  private static void keep(NDArray now, List<Subject> standing) {
    for (int i = 0; i < standing.size(); i++) {
      standing.get(i).latest = row(now, i);
    }
  }

  private static float[] row(NDArray points, int i) {
    try (NDArray row = points.get(i)) {
      return row.toFloatArray();
    }
  }

  private static void count(NDArray gradient, List<Subject> standing) {
    float[] largest = new Ball.LInfinity().norm(gradient).toFloatArray();
    for (int i = 0; i < largest.length; i++) {
      standing.get(i).gradients++;
      standing.get(i).zeroGradients += largest[i] == 0 ? 1 : 0;
    }
  }

  private static int[] labels(List<Subject> subjects) {
    return subjects.stream().mapToInt(subject -> subject.label).toArray();
  }
}
