package org.pagexplorer.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Outcome;
import org.pagexplorer.domain.ThreatModel;

/**
 * Square Attack (Andriushchenko et al. 2020): random search that changes one square at a time and
 * keeps what lowers the margin {@code z_y − max z_c}. It takes no gradients, so that it does not
 * care whether they are masked. Images are dropped once they are named wrongly.
 */
final class Square implements UntargetedAttack {
  private static final int BATCH = 250;

  private final Classifier f;
  private final ThreatModel threat;
  private final int queries;
  private final long seed;

  Square(Classifier classifier, ThreatModel threat, int queries, long seed) {
    f = classifier;
    this.threat = threat;
    this.queries = queries;
    this.seed = seed;
  }

  /** One image's search. */
  private static final class Search {
    final int label;
    final SquareMove move;
    float[] best;
    float[] proposed;
    double margin = Double.POSITIVE_INFINITY;

    Search(int label, SquareMove move) {
      this.label = label;
      this.move = move;
      best = move.first();
      proposed = best;
    }

    void judge(float[] logits, int from, int classes) {
      double other = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        other = c == label ? other : Math.max(other, logits[from + c]);
      }
      // A tie is broken by the first class, as everywhere; only a clear loss counts here.
      double now = logits[from + label] - other;
      if (now < margin) {
        margin = now;
        best = proposed;
      }
    }

    boolean survives() {
      return margin >= 0;
    }
  }

  @Override
  public Optional<List<Outcome>> run(List<Image> images, int[] labels, AttackObserver observer) {
    List<Search> all = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      all.add(new Search(labels[i], move(images.get(i), labels[i])));
    }
    for (int query = 0; query < queries; query++) {
      List<Search> alive = all.stream().filter(Search::survives).toList();
      if (alive.isEmpty()) {
        break;
      }
      if (observer.isCancelled()) {
        return Optional.empty();
      }
      observer.step(query);
      for (Search search : query == 0 ? List.<Search>of() : alive) {
        search.proposed = search.move.next(search.best, query);
      }
      judge(alive);
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Search search = all.get(i);
      Image result = new Image(images.get(i).shape(), search.best);
      outcomes.add(new Outcome(result, search.survives(), 0));
    }
    return Optional.of(outcomes);
  }

  private SquareMove move(Image image, int label) {
    long own = RandomStart.seed(image, Goal.leave(label), seed, 0);
    RandomGenerator random = new SplittableRandom(own).split();
    return switch (threat.norm()) {
      case LINF -> new LInfinitySquare(image, threat.epsilon(), random);
      case L1, L2 -> new HillSquare(image, threat, random);
    };
  }

  private void judge(List<Search> searches) {
    int classes = f.architecture().classes();
    for (int from = 0; from < searches.size(); from += BATCH) {
      List<Search> some = searches.subList(from, Math.min(searches.size(), from + BATCH));
      int size = some.getFirst().best.length;
      float[] pixels = new float[some.size() * size];
      for (int i = 0; i < some.size(); i++) {
        System.arraycopy(some.get(i).proposed, 0, pixels, i * size, size);
      }
      float[] logits = f.logits(pixels);
      for (int i = 0; i < some.size(); i++) {
        some.get(i).judge(logits, i * classes, classes);
      }
    }
  }
}
