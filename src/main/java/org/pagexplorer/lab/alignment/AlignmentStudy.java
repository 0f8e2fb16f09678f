package org.pagexplorer.lab.alignment;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.OutOfMemory;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.alignment.BlindTest.Score;
import org.pagexplorer.lab.measure.Divisible;
import org.pagexplorer.lab.measure.ResultTable;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.run.Realization;

/**
 * Measures of perceptual alignment of several models on the same held-out images, a piece at a
 * time: none is accepted as the measure, so that there are several. It may be left at any time and
 * resumed, also with more images. Safe for one thread that measures and others that look.
 */
public final class AlignmentStudy implements Divisible {
  private final List<OpenModel> models;
  private final List<Realization> realizations;
  private final Dataset held;
  private final AttackSpecification pictures;
  private final AttackSpecification attack;
  private final HeldOutMeasures measures;
  private final boolean hasScore;
  private final boolean hasTraining;
  private final Prepared prepared;
  private final ModelAlignment[] found;
  private final Pace pace;
  private final List<MeasuredPiece> measured = new ArrayList<>();
  private volatile List<Score> answers = List.of();
  private int first;
  private int wanted;
  private int batch;

  /** The paper's evaluation takes as many. */
  private static final int ATTACK_STEPS = 20;

  /** What is done of an image. */
  private enum Kind {
    GRADIENTS,
    PICTURES
  }

  private record Piece(Kind kind, int model, int from, int to) {}

  /**
   * @param models of the same images and classes
   * @param realizations whose cosines to take; none where there are no training images
   * @param train where their representatives and the images' local subspaces come from
   * @param held images that no model was trained on
   * @param pictures the attack whose pictures the models show to one another
   * @param wanted how many images; all if there are no more
   * @param batch images of a piece, at least 1
   */
  public AlignmentStudy(
      List<OpenModel> models,
      List<Realization> realizations,
      Optional<Dataset> train,
      Dataset held,
      AttackSpecification pictures,
      int wanted,
      int batch) {
    this(models, realizations, train, held, List.of(), pictures, wanted, batch);
  }

  /**
   * The same with vectors that somebody has computed of the held-out images.
   *
   * @param files each with gradients for every class, to be compared with those of the logits, or
   *     (one at most) with one vector an image, to be compared with ∇ log Σ exp f
   * @throws org.pagexplorer.domain.UserException in a sentence, if one holds something else
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
    this.models = List.copyOf(models);
    HeldOutFiles own = HeldOutFiles.of(files, held);
    hasScore = own.score().isPresent();
    hasTraining = train.isPresent();
    this.realizations =
        Stream.concat(
                train.isEmpty() ? Stream.empty() : realizations.stream(), own.gradients().stream())
            .toList();
    this.held = Datasets.balanced(held, 0);
    this.pictures = pictures;
    this.batch = Math.max(1, batch);
    Norm norm = pictures.threat().norm();
    ThreatModel evaluated = new ThreatModel(norm, Presets.evaluationEpsilon(norm, held.shape()));
    attack = AttackSpecification.evaluation(evaluated, ATTACK_STEPS, pictures.seed());
    measures =
        new HeldOutMeasures(new GradientMeasures(held.shape(), held.classes().size()), attack);
    prepared = new Prepared(this.realizations, train, this.held, own.score(), pictures.seed());
    found = new ModelAlignment[models.size()];
    Arrays.fill(found, ModelAlignment.none(this.realizations.size(), models.size()));
    // A forward pass counts a third of a step, a vector-Jacobian product two thirds.
    pace =
        new Pace(
            (3 + 2.0 * held.classes().size()) / 3 + ATTACK_STEPS,
            pictures.steps() + 1 + models.size() / 3.0);
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

  public synchronized ModelAlignment of(int model) {
    return found[model];
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
  public int available() {
    return held.size();
  }

  @Override
  public synchronized int wanted() {
    return wanted;
  }

  /** Measures on so many images: more than before, or fewer, which takes nothing back. */
  public synchronized void want(int images) {
    wanted = Math.clamp(images, 1, held.size());
  }

  @Override
  public synchronized void only(int from, int to) {
    want(to);
    first = Math.clamp(from, 0, wanted);
  }

  @Override
  public synchronized int batch() {
    return batch;
  }

  @Override
  public synchronized void wantAtLeast(int images) {
    want(Math.max(images, wanted));
  }

  @Override
  public ResultTable results(boolean compact) {
    return compact ? AlignmentTexts.compact(this) : AlignmentTexts.of(this);
  }

  @Override
  public synchronized boolean isDone() {
    return next().isEmpty();
  }

  @Override
  public synchronized String stage() {
    if (!prepared.isReady() && !isDone()) {
      return prepared.stage();
    }
    return next()
        .map(p -> (p.kind() == Kind.GRADIENTS ? "gradients of " : "pictures of ") + name(p.model()))
        .orElse("done");
  }

  private String name(int model) {
    return models.get(model).name();
  }

  /** For instance {@code Class Mean} or {@code RIGD, Robust L2}. */
  public static String titleOf(Realization realization) {
    return switch (realization) {
      case Realization.Rigd rigd -> realization.method().title() + ", " + rigd.name();
      case Realization.FromFile file -> String.valueOf(file.path().getFileName());
      default -> realization.method().title();
    };
  }

  /** Whether a model is good at a realization by construction, being trained toward it. */
  public static boolean isTrainedToward(OpenModel model, Realization realization) {
    if (realization instanceof Realization.FromFile) {
      return false; // it is of held-out images, and no training's
    }
    String id = realization.method().id();
    boolean method =
        model.card().method().equals(id) || id.equals(model.card().training().get("realization"));
    return realization instanceof Realization.Rigd rigd
        ? model.sha256().equals(rigd.sha256())
            || (method && rigd.sha256().equals(model.card().training().get("teacher-sha256")))
        : method;
  }

  /** The kind of work that is furthest behind; gradients first. */
  private synchronized Optional<Piece> next() {
    Optional<Piece> next = Optional.empty();
    int least = wanted;
    for (Kind kind : Kind.values()) {
      for (int model = 0; model < found.length; model++) {
        int n = done(kind, model);
        if (n < least) {
          least = n;
          next = Optional.of(new Piece(kind, model, n, Math.min(wanted, n + batch)));
        }
      }
    }
    return next;
  }

  private int done(Kind kind, int model) {
    return first
        + switch (kind) {
          case GRADIENTS -> found[model].n();
          case PICTURES -> found[model].pictures();
        };
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
      prepared.step(engine);
      return true;
    }
    Optional<Piece> piece = next();
    if (piece.isEmpty()) {
      return true;
    }
    long began = System.nanoTime();
    try {
      if (!measure(piece.get(), classifiers, observer)) {
        return false;
      }
    } catch (RuntimeException e) {
      halveOrThrow(e, piece.get().to() - piece.get().from());
      return true;
    }
    pace.add(
        piece.get().kind().ordinal(),
        piece.get().to() - piece.get().from(),
        (System.nanoTime() - began) / 1e9);
    return true;
  }

  private synchronized void halveOrThrow(RuntimeException e, int attempted) {
    batch = OutOfMemory.half(e, attempted);
  }

  private boolean measure(
      Piece piece, Function<Integer, Classifier> classifiers, AttackObserver observer) {
    if (piece.kind() == Kind.GRADIENTS) {
      List<Image> images = IntStream.range(piece.from(), piece.to()).mapToObj(held::image).toList();
      Classifier f = classifiers.apply(piece.model());
      int[] labels = IntStream.range(piece.from(), piece.to()).map(held::label).toArray();
      Optional<List<ImageMeasures>> each =
          measures.of(f, prepared, piece.from(), images, labels, observer);
      each.ifPresent(all -> add(MeasuredPiece.gradients(piece.model(), piece.from(), all)));
      return each.isPresent();
    }
    Optional<ShownPictures> made =
        ShownPictures.of(
            held, piece.from(), piece.to(), classifiers.apply(piece.model()), pictures, observer);
    made.ifPresent(shown -> add(named(piece, shown, classifiers)));
    return made.isPresent();
  }

  private MeasuredPiece named(
      Piece piece, ShownPictures shown, Function<Integer, Classifier> classifiers) {
    List<Integer> named =
        IntStream.range(0, models.size()).mapToObj(b -> shown.named(classifiers.apply(b))).toList();
    return MeasuredPiece.pictures(
        piece.model(),
        piece.from(),
        named,
        LogSumExp.ofEach(classifiers.apply(piece.model()).logits(shown.pictures())));
  }

  @Override
  public synchronized List<JsonObject> measured() {
    return measured.stream().map(MeasuredPiece::json).toList();
  }

  @Override
  public void add(JsonObject piece) {
    add(MeasuredPiece.of(piece));
  }

  private synchronized void add(MeasuredPiece piece) {
    Kind kind = piece.isOfGradients() ? Kind.GRADIENTS : Kind.PICTURES;
    boolean fits =
        piece.model() >= 0
            && piece.model() < found.length
            && piece.from() == done(kind, piece.model())
            && (piece.isOfGradients()
                ? piece.images().stream().allMatch(i -> i.cosines().size() == realizations.size())
                : piece.named().size() == models.size()
                    && piece.energies().size() == piece.pictures());
    if (!fits) {
      throw new IllegalArgumentException("it is not the study's next piece");
    }
    ModelAlignment more = found[piece.model()];
    for (ImageMeasures image : piece.images()) {
      more = more.with(image);
    }
    found[piece.model()] =
        piece.isOfGradients() ? more : more.withPictures(piece.named(), piece.energies());
    measured.add(piece);
  }

  @Override
  public synchronized double progress() {
    return pace.progress(secondsLeft());
  }

  @Override
  public synchronized double secondsLeft() {
    double left = 0;
    for (Kind kind : Kind.values()) {
      int images = 0;
      for (int model = 0; model < found.length; model++) {
        images += Math.max(0, wanted - done(kind, model));
      }
      left += pace.secondsFor(kind.ordinal(), images);
    }
    return left;
  }

  /** Frees what teachers hold, who are prepared again if it goes on; on the thread that steps. */
  @Override
  public synchronized void close() {
    prepared.close();
  }
}
