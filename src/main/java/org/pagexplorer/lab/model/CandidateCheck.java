package org.pagexplorer.lab.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.UsualNormalization;
import org.pagexplorer.domain.Wilson;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.Evaluator;
import org.pagexplorer.engine.TorchEngine;

/**
 * How well a foreign model names labeled images under each reading of what its file leaves open:
 * the right normalization and network stand out.
 */
public final class CandidateCheck {
  private static final int BATCH = 40;

  private CandidateCheck() {}

  /**
   * One reading.
   *
   * @param title of the normalization, for people
   */
  public record Candidate(Architecture architecture, String title, Normalization normalization) {}

  /**
   * What a reading gives.
   *
   * @param correct images classified correctly
   * @param n images
   */
  public record Result(Candidate candidate, int correct, int n) {
    public double accuracy() {
      return (double) correct / n;
    }

    /** 95 % interval. */
    public Wilson interval() {
      return Wilson.of(correct, n);
    }
  }

  /** Every network that fits under every usual normalization, or the file's own. */
  public static List<Candidate> candidates(Arrival model) {
    List<Candidate> candidates = new ArrayList<>();
    for (Architecture architecture : model.architectures()) {
      if (model.normalization().isPresent()) {
        Normalization own = model.normalization().orElseThrow();
        candidates.add(new Candidate(architecture, "the file's own", own));
      } else {
        for (UsualNormalization usual : UsualNormalization.values()) {
          usual
              .of(architecture.input().channels())
              .ifPresent(n -> candidates.add(new Candidate(architecture, usual.title(), n)));
        }
      }
    }
    return candidates;
  }

  /**
   * Images that can tell anything: of the model's number of classes, and of its shape or made so.
   * Larger pictures are reduced; thumbnails that are enlarged would say little, and cost much.
   *
   * @param say told once where they are resized
   */
  public static Optional<Dataset> fitted(
      Architecture architecture, Dataset images, Consumer<String> say) {
    InputShape input = architecture.input();
    InputShape own = images.shape();
    boolean large = own.height() >= input.height() && own.width() >= input.width();
    boolean pictures = input.channels() == 1 || input.channels() == 3;
    if (architecture.classes() != images.classes().size()) {
      return Optional.empty();
    }
    return input.equals(own) || (large && pictures)
        ? Optional.of(images.fitted(input, Fit.CROP, say))
        : Optional.empty();
  }

  /**
   * Names the images under each reading.
   *
   * @param isCancelled asked before each reading and each batch
   * @param each called after each reading
   * @return all readings, the best first; fewer if cancelled
   */
  public static List<Result> run(
      Arrival model,
      List<Candidate> candidates,
      Dataset images,
      TorchEngine engine,
      BooleanSupplier isCancelled,
      Consumer<Result> each) {
    List<Result> results = new ArrayList<>();
    for (Candidate candidate : candidates) {
      int correct = 0;
      // A program runs as soon as it is loaded.
      if (isCancelled.getAsBoolean()) {
        return results;
      }
      try (Classifier f =
          model.classifier(engine, candidate.architecture(), candidate.normalization())) {
        for (int from = 0; from < images.size(); from += BATCH) {
          if (isCancelled.getAsBoolean()) {
            return results;
          }
          correct += correct(f, images, from, Math.min(images.size(), from + BATCH));
        }
      }
      Result result = new Result(candidate, correct, images.size());
      results.add(result);
      each.accept(result);
    }
    results.sort((a, b) -> Integer.compare(b.correct(), a.correct()));
    return results;
  }

  private static int correct(Classifier f, Dataset images, int from, int to) {
    List<Image> batch = IntStream.range(from, to).mapToObj(images::image).toList();
    int[] labels = IntStream.range(from, to).map(images::label).toArray();
    int correct = 0;
    for (boolean right : new Evaluator(f).clean(batch, labels)) {
      correct += right ? 1 : 0;
    }
    return correct;
  }
}
