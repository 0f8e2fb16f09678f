package org.pagexplorer.ui.toy;

import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.InputGradients;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.toy.BoundaryField;
import org.pagexplorer.lab.toy.Region;
import org.pagexplorer.lab.toy.ToyMeasures;
import org.pagexplorer.lab.toy.ToyNumbers;
import org.pagexplorer.lab.toy.ToyProblem;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.lab.toy.ToySetup.Scheme;
import org.pagexplorer.lab.toy.ToyTraining;
import org.pagexplorer.ui.support.BackgroundTask;

/**
 * One network of the playground, on a thread of its own: its steps take a millisecond and would
 * wait seconds behind a batch of images on the window's lane.
 */
public final class PanelViewModel implements AutoCloseable {
  private final EngineLane lane = new EngineLane("cpu", "toy", 1); // tiny arrays
  private final ObjectProperty<Scheme> scheme;
  private final ReadOnlyObjectWrapper<@Nullable PanelFrame> frame = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable ToyNumbers> numbers = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyDoubleWrapper crossEntropy = new ReadOnlyDoubleWrapper(Double.NaN);
  private final ReadOnlyDoubleWrapper alignment = new ReadOnlyDoubleWrapper(Double.NaN);
  private boolean asking;
  private boolean closed;
  private @Nullable Place wanted;
  private double stepMillis;

  // on the lane only
  private @Nullable ToyTraining training;
  private @Nullable ToyMeasures measures;

  PanelViewModel(Scheme scheme) {
    this.scheme = new SimpleObjectProperty<>(scheme);
    run(EngineLane::engine).start();
  }

  /** Work on the lane that has no result. */
  private interface Work {
    void run(EngineLane lane);
  }

  private BackgroundTask<Boolean> run(Work work) {
    return BackgroundTask.on(
        lane,
        l -> {
          work.run(l);
          return true;
        });
  }

  /** Starts over, with untrained weights. */
  void begin(ToySetup setup, ToyProblem problem, Consumer<Throwable> failed) {
    Scheme own = scheme.get();
    numbers.set(null);
    run(l -> {
          end();
          if (problem.train().isLearnable()) {
            training = new ToyTraining(l.engine(), setup, own, problem);
            measures = new ToyMeasures(problem);
          }
        })
        .onFailed(failed)
        .start();
  }

  private void end() {
    if (training != null) {
      training.close();
    }
    training = null;
    measures = null;
  }

  /** From the next step on, what can change within a training. */
  void use(ToySetup setup) {
    Scheme own = scheme.get();
    run(l -> {
          if (training != null) {
            training.use(setup, own);
          }
        })
        .start();
  }

  /** What came of some steps: their time (0 if there were none), losses, and a frame. */
  private record Advance(
      double stepMillis, double crossEntropy, double alignment, PanelFrame frame) {}

  /** Trains some steps, then shows the network; the answer comes when it is on the screen. */
  CompletableFuture<Boolean> advance(int steps, FrameRequest request) {
    CompletableFuture<Boolean> shown = new CompletableFuture<>();
    BackgroundTask.on(lane, l -> advanceNow(steps, request))
        .onDone(
            advance -> {
              show(advance);
              shown.complete(true);
            })
        .onFailed(shown::completeExceptionally)
        .start();
    return shown;
  }

  private Optional<Advance> advanceNow(int steps, FrameRequest request) {
    ToyTraining now = training;
    ToyMeasures measuring = measures;
    if (now == null || measuring == null) {
      return Optional.empty();
    }
    long began = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      now.step();
    }
    double millis = steps == 0 ? 0 : (System.nanoTime() - began) / 1e6 / steps;
    try (Classifier f = now.snapshot()) {
      PanelFrame made = PanelFrame.of(f, request, measuring);
      boolean begun = now.steps() > 0;
      return Optional.of(
          new Advance(
              millis,
              begun ? now.crossEntropy() : Double.NaN,
              begun ? now.alignment() : Double.NaN,
              made));
    }
  }

  private void show(Optional<Advance> found) {
    if (found.isEmpty()) {
      crossEntropy.set(Double.NaN);
      alignment.set(Double.NaN);
      numbers.set(null);
      frame.set(null);
      return;
    }
    Advance advance = found.get();
    if (advance.stepMillis() > 0) {
      stepMillis = advance.stepMillis();
    }
    crossEntropy.set(advance.crossEntropy());
    alignment.set(advance.alignment());
    if (advance.frame().numbers() != null) {
      numbers.set(advance.frame().numbers());
    }
    frame.set(advance.frame());
  }

  /**
   * What the network says of a place.
   *
   * @param probability of class 1
   * @param g1 ∂(f₁ − f₀)/∂x₁
   * @param g2 ∂(f₁ − f₀)/∂x₂
   */
  public record Answer(double x1, double x2, double probability, double g1, double g2) {}

  /** Asks of a place; only of the latest, where one is asked of many. */
  void ask(Place place, Consumer<Answer> answer) {
    wanted = place;
    if (asking || closed) {
      return;
    }
    asking = true;
    BackgroundTask.on(lane, l -> answer(place.x1(), place.x2()))
        .onDone(found -> found.filter(one -> place.equals(wanted)).ifPresent(answer))
        .andFinally(() -> askAgain(place, answer))
        .start();
  }

  /** Of the place that is wanted by now. */
  private void askAgain(Place asked, Consumer<Answer> answer) {
    asking = false;
    Place newest = wanted;
    if (newest != null && !newest.equals(asked)) {
      ask(newest, answer);
    }
  }

  /** Nobody wants to know anymore. */
  void forget() {
    wanted = null;
  }

  /** A place of the plane. */
  record Place(double x1, double x2) {}

  private Optional<Answer> answer(double x1, double x2) {
    if (training == null) {
      return Optional.empty();
    }
    try (Classifier f = training.snapshot()) {
      float[] place = {(float) x1, (float) x2};
      float[] logits = f.logits(place);
      float[] gradient = InputGradients.ofDifference(f, place, 1, 0);
      double probability = BoundaryField.probability(logits[1] - logits[0]);
      return Optional.of(new Answer(x1, x2, probability, gradient[0], gradient[1]));
    }
  }

  private ToyTraining network() {
    if (training == null) {
      throw new UserException("There is no network yet; paint at least two points of each class.");
    }
    return training;
  }

  /** The field over a region, for figures. */
  CompletableFuture<BoundaryField> field(Region region, int side) {
    return lane.submit(
        l -> {
          try (Classifier f = network().snapshot()) {
            return BoundaryField.of(f, region, side, side);
          }
        });
  }

  /** The network over a region and its numbers, of one moment. */
  record Picture(BoundaryField field, ToyNumbers numbers) {}

  /** For figures. */
  CompletableFuture<Picture> picture(Region region, int side, AttackSpecification attack) {
    return lane.submit(
        l -> {
          try (Classifier f = network().snapshot()) {
            ToyMeasures measuring = Objects.requireNonNull(measures);
            return new Picture(BoundaryField.of(f, region, side, side), measuring.of(f, attack));
          }
        });
  }

  /** The weights, for a checkpoint. */
  CompletableFuture<SequencedMap<String, Tensor>> tensors() {
    return lane.submit(
        l -> {
          return network().tensors();
        });
  }

  /** How it is trained. */
  public ObjectProperty<Scheme> schemeProperty() {
    return scheme;
  }

  /** The newest frame; null where the points cannot be learned. */
  ReadOnlyObjectProperty<@Nullable PanelFrame> frameProperty() {
    return frame.getReadOnlyProperty();
  }

  /** The newest numbers; null until they are measured. */
  public ReadOnlyObjectProperty<@Nullable ToyNumbers> numbersProperty() {
    return numbers.getReadOnlyProperty();
  }

  /** Milliseconds a training step took recently; 0 before the first. */
  double stepMillis() {
    return stepMillis;
  }

  ReadOnlyDoubleProperty crossEntropyProperty() {
    return crossEntropy.getReadOnlyProperty();
  }

  ReadOnlyDoubleProperty alignmentProperty() {
    return alignment.getReadOnlyProperty();
  }

  @Override
  public void close() {
    closed = true;
    run(l -> end()).start();
    // It waits for the work under way, and nobody waits for it: no task.
    Thread.ofVirtual().start(lane::close);
  }
}
