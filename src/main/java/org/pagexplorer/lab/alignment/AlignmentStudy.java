package org.pagexplorer.lab.alignment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.alignment.BlindTest.Score;
import org.pagexplorer.lab.alignment.MeasuredPieces.Kind;
import org.pagexplorer.lab.alignment.MeasuredPieces.Piece;
import org.pagexplorer.lab.measure.ResultTable;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.run.Realization;

/**
 * Measures of perceptual alignment of several models on the same held-out images, a piece at a
 * time: none is accepted as the measure, so that there are several. It may be left at any time and
 * resumed, also with more images. Safe for one thread that measures and others that look.
 */
public final class AlignmentStudy extends MeasuredPieces {
  private final List<OpenModel> models;
  private final List<Realization> realizations;
  private final Dataset held;
  private final AttackSpecification pictures;
  private final AttackSpecification attack;
  private final PieceMeasures measures;
  private final boolean hasScore;
  private final boolean hasTraining;
  private final Prepared prepared;
  private volatile List<Score> answers = List.of();

  /**
   * @param models of the same images and classes
   * @param realizations whose cosines to take; none where there are no training images
   * @param train where their representatives and the images' local subspaces come from
   * @param held images that no model was trained on
   * @param files vectors that somebody has computed of them, each with gradients for every class,
   *     to be compared with those of the logits, or (one at most) with one vector an image, to be
   *     compared with ∇ log Σ exp f
   * @param pictures the attack whose pictures the models show to one another
   * @param wanted how many images; all if there are no more
   * @param batch images of a piece, at least 1
   * @throws org.pagexplorer.domain.UserException in a sentence, if a file holds something else
   */
  public AlignmentStudy(
      List<OpenModel> models,
      List<Realization> realizations,
      Optional<Dataset> train,
      Dataset held,
      List<Path> files,
      AttackSpecification pictures,
      int wanted,
      int batch) {
    HeldOutFiles own = HeldOutFiles.of(files, held);
    List<Realization> compared =
        Stream.concat(
                train.isEmpty() ? Stream.empty() : realizations.stream(), own.gradients().stream())
            .toList();
    HeldOutMeasures gradients = HeldOutMeasures.of(held, pictures);
    // A forward pass counts a third of a step, a vector-Jacobian product two thirds.
    Pace pace =
        new Pace(
            (3 + 2.0 * held.classes().size()) / 3 + gradients.attack().steps(),
            pictures.steps() + 1 + models.size() / 3.0);
    super(models.size(), compared.size(), held.size(), batch, pace);
    this.models = List.copyOf(models);
    this.realizations = compared;
    this.held = Datasets.balanced(held, 0);
    this.pictures = pictures;
    attack = gradients.attack();
    hasScore = own.score().isPresent();
    hasTraining = train.isPresent();
    prepared = new Prepared(compared, train, this.held, own.score(), pictures.seed());
    measures = new PieceMeasures(this.held, models.size(), pictures, gradients, prepared);
    want(wanted);
  }

  @Override
  public List<OpenModel> models() {
    return models;
  }

  public List<Realization> realizations() {
    return realizations;
  }

  /** Of the held-out images. */
  public InputShape shape() {
    return held.shape();
  }

  /** The attack whose pictures the models show to one another. */
  public AttackSpecification pictures() {
    return pictures;
  }

  /** Whether there are training images, which representatives and local subspaces come from. */
  public boolean hasTraining() {
    return hasTraining;
  }

  /** Whether the held-out images' scores are given. */
  public boolean hasScore() {
    return hasScore;
  }

  /** The attack whose results' energies are taken. */
  public AttackSpecification attack() {
    return attack;
  }

  /**
   * What people answered in blind tests about each model's pictures; empty if that is not known.
   */
  public void compareWith(List<Score> scores) {
    answers = List.copyOf(scores);
  }

  /** One a model, or none. */
  public List<Score> answers() {
    return answers;
  }

  /** How the measures agree with the answers; nothing where fewer than three models have some. */
  public Optional<AnswerSheet> sheet() {
    return AnswerSheet.of(this, answers);
  }

  @Override
  public ResultTable results(boolean compact) {
    return compact ? AlignmentTexts.compact(this) : AlignmentTexts.of(this);
  }

  @Override
  public String stage() {
    if (!prepared.isReady() && !isDone()) {
      return prepared.stage();
    }
    return next()
        .map(
            p ->
                (p.kind() == Kind.GRADIENTS ? "gradients of " : "pictures of ")
                    + models.get(p.model()).name())
        .orElse("done");
  }

  /** Where the device has too little memory the pieces are halved, and nothing is added. */
  @Override
  public boolean step(
      TorchEngine engine, Function<Integer, Classifier> classifiers, AttackObserver observer) {
    if (observer.isCancelled()) {
      return false;
    }
    prepared.use(engine);
    if (!prepared.isReady()) {
      prepared.step(engine, observer);
      return !observer.isCancelled();
    }
    Optional<Piece> next = next();
    if (next.isEmpty()) {
      return true;
    }
    Piece piece = next.get();
    long began = System.nanoTime();
    try {
      Optional<MeasuredPiece> made = measures.of(piece, classifiers, observer);
      if (made.isEmpty()) {
        return false;
      }
      add(made.get());
    } catch (RuntimeException e) {
      halveOrThrow(e, piece);
      return true;
    }
    took(piece, (System.nanoTime() - began) / 1e9);
    return true;
  }

  /** Frees what teachers hold, who are prepared again if it goes on; on the thread that steps. */
  @Override
  public void close() {
    prepared.close();
  }
}
