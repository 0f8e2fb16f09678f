package org.pagexplorer.lab.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Outcome;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.domain.Wilson;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.OutOfMemory;
import org.pagexplorer.engine.UntargetedAttack;

/**
 * Accuracy over ε of one model in one norm: 0, a quarter and a half of the attack's radius, the
 * radius itself, and from there on √2 times as much until no image survives.
 *
 * <p>An image that was broken stays broken: the point that broke it lies in every larger ball. So
 * the curve falls, and reaches 0 or the ball that holds every picture.
 */
public final class RobustnessCurve {
  private final RobustnessAttack attack;
  private final Images images;
  private int batch;
  private final double largest;
  private final List<Point> points = new ArrayList<>();
  private List<Integer> alive;
  private List<Integer> survivors = new ArrayList<>();
  private double epsilon;
  private int offset;
  private boolean done;

  /**
   * A point of the curve.
   *
   * @param survived how many of {@code n} images are named rightly
   */
  public record Point(double epsilon, int survived, int n) {
    public double accuracy() {
      return (double) survived / n;
    }

    public Wilson interval() {
      return Wilson.of(survived, n);
    }
  }

  /**
   * @param attack its radius sets the scale
   * @param images the first of {@code dataset} are taken
   * @param batch how many to attack at once
   */
  public RobustnessCurve(RobustnessAttack attack, Dataset dataset, int images, int batch) {
    this.attack = attack;
    this.images = Images.of(dataset, 0, Math.min(images, dataset.size()));
    this.batch = Math.max(1, batch);
    largest = attack.threat().norm() == Norm.L2 ? Math.sqrt(dataset.shape().size()) : 1;
    alive = IntStream.range(0, this.images.size()).boxed().toList();
    if (attack.threat().epsilon() == 0) {
      throw new IllegalArgumentException("a curve needs a radius above 0 to begin with");
    }
  }

  /**
   * Attacks the next batch; false if the observer cancelled, and then nothing is changed. Where the
   * device has too little memory the batches are halved, and nothing is added.
   */
  public boolean step(Classifier f, AttackObserver observer) {
    List<Integer> some = alive.subList(offset, Math.min(alive.size(), offset + batch));
    Optional<List<Outcome>> outcomes;
    try {
      outcomes = attackOf(f).run(images.only(some).images(), images.only(some).labels(), observer);
    } catch (RuntimeException e) {
      if (!OutOfMemory.isCauseOf(e) || some.size() == 1) {
        throw e;
      }
      batch = some.size() / 2;
      return true;
    }
    if (outcomes.isEmpty()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (outcomes.get().get(i).survived()) {
        survivors.add(some.get(i));
      }
    }
    offset += some.size();
    if (offset >= alive.size()) {
      nextRadius();
    }
    return true;
  }

  private UntargetedAttack attackOf(Classifier f) {
    return epsilon > 0
        ? UntargetedAttack.of(f, attack.withEpsilon(epsilon))
        : (some, labels, _) -> Optional.of(clean(f, some, labels));
  }

  private static List<Outcome> clean(
      Classifier f, List<org.pagexplorer.domain.Image> some, int[] labels) {
    int[] named = f.predictions(some);
    return IntStream.range(0, labels.length)
        .mapToObj(i -> new Outcome(some.get(i), named[i] == labels[i], 0))
        .toList();
  }

  private synchronized void nextRadius() {
    points.add(new Point(epsilon, survivors.size(), images.size()));
    done = survivors.isEmpty() || epsilon >= largest;
    alive = survivors;
    survivors = new ArrayList<>();
    offset = 0;
    epsilon = Math.min(largest, following(epsilon / attack.threat().epsilon()));
  }

  private double following(double share) {
    double next = share == 0 ? 0.25 : share < 1 ? 2 * share : share * Math.sqrt(2);
    return next * attack.threat().epsilon();
  }

  public RobustnessAttack attack() {
    return attack;
  }

  public synchronized List<Point> points() {
    return List.copyOf(points);
  }

  public synchronized boolean isDone() {
    return done;
  }
}
