package org.pagexplorer.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Image;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.Evaluator;

/** Accuracies over a dataset, a batch at a time. */
public final class TestAccuracy {
  private static final int BATCH = 100;

  private final Dataset dataset;

  public TestAccuracy(Dataset dataset) {
    this.dataset = dataset;
  }

  /** Counts of a pass over the dataset. */
  public record Counts(int correct, int n) {
    /** In [0, 1]. */
    public double accuracy() {
      return n == 0 ? 0 : (double) correct / n;
    }
  }

  /** Is told of a pass; {@code done} counts images. */
  public interface Observer {
    Observer NONE = (done, correct) -> true;

    /** Returns false to cancel. */
    boolean batch(int done, int correct);
  }

  /** Without an attack. */
  public Optional<Counts> clean(Classifier classifier, Observer observer) {
    Evaluator evaluator = new Evaluator(classifier);
    return pass((images, labels) -> Optional.of(evaluator.clean(images, labels)), observer);
  }

  /** Under an untargeted attack. */
  public Optional<Counts> attacked(
      Classifier classifier, AttackSpecification spec, AttackObserver attack, Observer observer) {
    Evaluator evaluator = new Evaluator(classifier);
    return pass((images, labels) -> evaluator.attacked(images, labels, spec, attack), observer);
  }

  private interface BatchMeasure {
    Optional<boolean[]> of(List<Image> images, int[] labels);
  }

  private Optional<Counts> pass(BatchMeasure measure, Observer observer) {
    int correct = 0;
    for (int from = 0; from < dataset.size(); from += BATCH) {
      int n = Math.min(BATCH, dataset.size() - from);
      List<Image> images = new ArrayList<>(n);
      int[] labels = new int[n];
      for (int i = 0; i < n; i++) {
        images.add(dataset.image(from + i));
        labels[i] = dataset.label(from + i);
      }
      Optional<boolean[]> right = measure.of(images, labels);
      if (right.isEmpty()) {
        return Optional.empty();
      }
      for (boolean one : right.get()) {
        correct += one ? 1 : 0;
      }
      if (!observer.batch(from + n, correct)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Counts(correct, dataset.size()));
  }
}
