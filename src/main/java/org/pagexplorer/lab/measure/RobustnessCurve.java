package org.pagexplorer.lab.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pagexplorer.dataset.Dataset;
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
  private final Dataset dataset;
  private int batch;
  private final double largest;
  private int wanted;

  /** Of the images before those under way. */
  private List<Point> earlier = List.of();

  /** Images begun. */
  private int begun;

  private Images images = new Images(List.of(), new int[0]);
  private List<Point> points = new ArrayList<>();
  private List<Integer> alive = List.of();
  private List<Integer> survivors = new ArrayList<>();
  private double epsilon;
  private int offset;
  private boolean finished = true;

  /**
   * A point of the curve.
   *
   * @param survived how many of {@code n} images are classified correctly
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
    this.dataset = dataset;
    this.batch = Math.max(1, batch);
    largest = attack.threat().norm().diameter(dataset.shape());
    if (attack.threat().epsilon() == 0) {
      throw new IllegalArgumentException("a curve needs a radius above 0 to begin with");
    }
    want(images);
  }

  /** Goes on with so many images: more than before, or fewer, which takes nothing back. */
  public synchronized void want(int newImages) {
    wanted = Math.max(wanted, Math.min(newImages, dataset.size()));
  }

  /**
   * Attacks the next batch; false if the observer cancelled, and then nothing is changed. Where the
   * device has too little memory the batches are halved, and nothing is added.
   */
  public boolean step(Classifier f, AttackObserver observer) {
    if (isDone()) {
      return true;
    }
    if (finished) {
      begin();
    }
    List<Integer> some = alive.subList(offset, Math.min(alive.size(), offset + batch));
    Optional<List<Outcome>> outcomes;
    try {
      outcomes = attackOf(f).run(images.only(some).images(), images.only(some).labels(), observer);
    } catch (RuntimeException e) {
      batch = OutOfMemory.half(e, some.size());
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

  /** The images that are wanted and not begun; read outside the lock, since that may take long. */
  private void begin() {
    int to;
    synchronized (this) {
      to = wanted;
    }
    Images next = Images.of(dataset, begun, to);
    synchronized (this) {
      earlier = points();
      points = new ArrayList<>();
      images = next;
      begun = to;
      finished = false;
    }
    alive = IntStream.range(0, next.size()).boxed().toList();
    survivors = new ArrayList<>();
    offset = 0;
    epsilon = 0;
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
    finished = survivors.isEmpty() || epsilon >= largest;
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

  /** As far as it is; while more images go through all radii, those before. */
  public synchronized List<Point> points() {
    if (earlier.isEmpty()) {
      return List.copyOf(points);
    }
    return finished ? sum(earlier, points) : earlier;
  }

  /** Where one curve ends earlier than the other, nothing of it survived. */
  private static List<Point> sum(List<Point> some, List<Point> others) {
    List<Point> longer = some.size() >= others.size() ? some : others;
    int n = some.getFirst().n() + others.getFirst().n();
    return IntStream.range(0, longer.size())
        .mapToObj(
            i -> new Point(longer.get(i).epsilon(), survived(some, i) + survived(others, i), n))
        .toList();
  }

  private static int survived(List<Point> points, int place) {
    return place < points.size() ? points.get(place).survived() : 0;
  }

  public synchronized boolean isDone() {
    return finished && begun == wanted;
  }
}
