package org.pagexplorer.ui.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
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
import org.pagexplorer.lab.alignment.BlindTest;
import org.pagexplorer.lab.alignment.BlindTest.Answer;
import org.pagexplorer.lab.alignment.BlindTest.Score;
import org.pagexplorer.lab.alignment.BlindTestLog;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Complaint;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Request;
import org.pagexplorer.ui.support.Requests;

/** A blind test of the compared models, on the FX thread. */
public final class BlindTestViewModel {
  private static final int PICTURE_STEPS = 50;
  private static final int FIRST_PICTURES = 10;

  private final EngineLane lane;
  private final CompareViewModel compare;
  private final Notice notice;
  private final Complaint lacking;
  private final BlindTestLog log = BlindTestLog.ofThisUser();
  private final IntegerProperty pictures = new SimpleIntegerProperty(FIRST_PICTURES);
  private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
  private @Nullable Session session;
  private final Requests preparing = new Requests();

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

  public BlindTestViewModel(EngineLane lane, CompareViewModel compare, Notice notice) {
    this.lane = lane;
    this.compare = compare;
    this.notice = notice;
    lacking = new Complaint(notice);
  }

  /**
   * Makes the pictures of a new test.
   *
   * @param seed draws images, targets and the order
   */
  public void start(long seed) {
    Dataset dataset = compare.labeledImages(lacking).orElse(null);
    if (dataset == null) {
      return;
    }
    session = null;
    List<Path> files = compare.comparedFiles();
    ThreatModel ball = new ThreatModel(Norm.L2, Presets.pictureEpsilon(Norm.L2, dataset.shape()));
    AttackSpecification attack = AttackSpecification.pictures(ball, PICTURE_STEPS);
    int wanted = pictures.get();
    Request mine = preparing.next();
    BackgroundTask.on(lane, l -> session(l, files, dataset, wanted, attack, seed, mine))
        .within(mine)
        .onDone(made -> session = made.orElse(null))
        .onFailed(notice::report)
        .andFinally(this::changed)
        .start();
    changed();
  }

  private static Optional<Session> session(
      EngineLane l,
      List<Path> files,
      Dataset dataset,
      int wanted,
      AttackSpecification attack,
      long seed,
      AttackObserver observer) {
    List<OpenModel> models = files.stream().map(OpenModel::read).toList();
    Agreement.check(models);
    models.forEach(model -> Agreement.check(model, dataset));
    List<Classifier> classifiers =
        models.stream().map(model -> l.classifier(model, Precision.EXACT)).toList();
    return BlindTest.of(classifiers, dataset, wanted, attack, seed, observer)
        .map(test -> new Session(test, models));
  }

  /** Ends the making of pictures within one step. */
  public void stop() {
    preparing.cancel();
    changed();
  }

  /** The making of pictures, while it runs. */
  public Optional<Activity> activity() {
    String name = "Pictures of the blind test";
    return preparing.isBusy()
        ? Optional.of(new Activity(name, name, "", -1, Double.NaN, this::stop))
        : Optional.empty();
  }

  /** Whether pictures are being made. */
  public ReadOnlyBooleanProperty preparingProperty() {
    return preparing.busyProperty();
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
    BackgroundTask.of(
            Executors.callable(() -> log.add(now.test, now.models.get(answer.model()), answer)))
        .onFailed(notice::report)
        .andFinally(() -> kept(now))
        .start();
  }

  /** With the last answer on disk, those of all tests are read. */
  private void kept(Session now) {
    now.unkept--;
    if (now.unkept == 0 && now.test.isDone()) {
      BackgroundTask.of(() -> now.models.stream().map(model -> log.score(model.sha256())).toList())
          .onDone(scores -> readEver(now, scores))
          .onFailed(
              failure -> {
                notice.report(failure);
                readEver(now, Collections.nCopies(now.models.size(), new Score(0, 0)));
              })
          .start();
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

  /** Grows with everything that should be shown again. */
  public ReadOnlyIntegerProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }
}
