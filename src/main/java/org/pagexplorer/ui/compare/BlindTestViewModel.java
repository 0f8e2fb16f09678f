package org.pagexplorer.ui.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.alignment.BlindTest;
import org.pagexplorer.lab.alignment.BlindTest.Answer;
import org.pagexplorer.lab.alignment.BlindTest.Score;
import org.pagexplorer.lab.alignment.BlindTestLog;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.ui.support.Background;
import org.pagexplorer.ui.support.Sentence;

/** A blind test of the compared models, on the FX thread. */
public final class BlindTestViewModel {
  private static final int PICTURE_STEPS = 50;
  private static final int FIRST_PICTURES = 10;

  private final EngineLane lane;
  private final CompareViewModel compare;
  private final Consumer<String> say;
  private final BlindTestLog log = new BlindTestLog(Home.user().resolve("blind-tests.jsonl"));
  private final IntegerProperty pictures = new SimpleIntegerProperty(FIRST_PICTURES);
  private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
  private @Nullable Session session;
  private final ReadOnlyBooleanWrapper preparing = new ReadOnlyBooleanWrapper();
  private @Nullable AtomicBoolean stop;

  /** A test with the models that it is about. */
  private static final class Session {
    final BlindTest test;
    final List<OpenModel> models;

    /** Answers that are not on disk yet. */
    int unkept;

    /** Of all tests on this machine, a score a model; empty until they have been read. */
    List<Score> ever = List.of();

    Session(BlindTest test, List<OpenModel> models) {
      this.test = test;
      this.models = models;
    }
  }

  /**
   * What is known of a model when a test is over.
   *
   * @param now of this test
   * @param ever of all tests on this machine; empty until they have been read
   */
  public record Result(String name, Score now, Optional<Score> ever) {}

  public BlindTestViewModel(EngineLane lane, CompareViewModel compare, Consumer<String> say) {
    this.lane = lane;
    this.compare = compare;
    this.say = say;
  }

  /**
   * Makes the pictures of a new test.
   *
   * @param seed draws images, targets and the order
   */
  public void start(long seed) {
    Dataset dataset = compare.setup().rows().sourceProperty().get();
    if (dataset == null || compare.compared().size() < 2) {
      say.accept("Choose two models or more and a data set first.");
      return;
    }
    stop();
    AtomicBoolean own = new AtomicBoolean();
    stop = own;
    session = null;
    preparing.set(true);
    changed();
    List<Path> files = compare.compared().stream().map(m -> m.file()).toList();
    ThreatModel ball = new ThreatModel(Norm.L2, Presets.pictureEpsilon(Norm.L2, dataset.shape()));
    AttackSpecification attack = AttackSpecification.pictures(ball, PICTURE_STEPS);
    int wanted = pictures.get();
    lane.submit(l -> session(l, files, dataset, wanted, attack, seed, own))
        .whenComplete((made, failure) -> Platform.runLater(() -> made(own, made, failure)));
  }

  private static Optional<Session> session(
      EngineLane l,
      List<Path> files,
      Dataset dataset,
      int wanted,
      AttackSpecification attack,
      long seed,
      AtomicBoolean own) {
    List<OpenModel> models = files.stream().map(OpenModel::read).toList();
    models.forEach(model -> Agreement.check(model, dataset));
    List<Classifier> classifiers =
        models.stream().map(model -> l.classifier(model, Precision.EXACT)).toList();
    return BlindTest.of(classifiers, dataset, wanted, attack, seed, observer(own))
        .map(test -> new Session(test, models));
  }

  private static AttackObserver observer(AtomicBoolean own) {
    return new AttackObserver() {
      @Override
      public boolean isCancelled() {
        return own.get();
      }
    };
  }

  private void made(
      AtomicBoolean own, @Nullable Optional<Session> made, @Nullable Throwable failure) {
    if (stop != own) {
      return;
    }
    stop = null;
    preparing.set(false);
    if (failure != null) {
      say.accept(Sentence.of(failure));
    } else if (made != null) {
      session = made.orElse(null);
    }
    changed();
  }

  /** Ends the making of pictures within one step. */
  public void stop() {
    if (stop != null) {
      stop.set(true);
      stop = null;
      preparing.set(false);
      changed();
    }
  }

  /** Whether pictures are being made. */
  public ReadOnlyBooleanProperty preparingProperty() {
    return preparing.getReadOnlyProperty();
  }

  /** The test under way, or the last one. */
  public Optional<BlindTest> test() {
    return Optional.ofNullable(session).map(now -> now.test);
  }

  /** Names the picture that is shown; the answer is kept. */
  public void answer(int classIndex) {
    Session now = session;
    if (now == null || now.test.isDone()) {
      return;
    }
    Answer answer = now.test.answer(classIndex);
    now.unkept++;
    changed();
    Background.run(
        () -> {
          log.add(now.test, now.models.get(answer.model()), answer);
          return answer;
        },
        kept -> kept(now),
        failure -> {
          say.accept(Sentence.of(failure));
          kept(now);
        });
  }

  /** With the last answer on disk, those of all tests are read. */
  private void kept(Session now) {
    now.unkept--;
    if (now.unkept == 0 && now.test.isDone()) {
      Background.run(
          () -> now.models.stream().map(model -> log.score(model.sha256())).toList(),
          scores -> readEver(now, scores),
          failure -> {
            say.accept(Sentence.of(failure));
            readEver(now, Collections.nCopies(now.models.size(), new Score(0, 0)));
          });
    }
  }

  private void readEver(Session now, List<Score> scores) {
    now.ever = scores;
    changed();
  }

  /** Model by model, once all pictures are named: whose they were is not told before. */
  public List<Result> results() {
    Session now = session;
    if (now == null || !now.test.isDone()) {
      return List.of();
    }
    List<Result> results = new ArrayList<>();
    for (int k = 0; k < now.models.size(); k++) {
      Optional<Score> ever = now.ever.isEmpty() ? Optional.empty() : Optional.of(now.ever.get(k));
      results.add(new Result(now.models.get(k).card().name(), now.test.score(k), ever));
    }
    return results;
  }

  private void changed() {
    revision.set(revision.get() + 1);
  }

  /** Pictures a model. */
  public IntegerProperty picturesProperty() {
    return pictures;
  }

  /** Grows with everything that should be shown anew. */
  public ReadOnlyIntegerProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }
}
