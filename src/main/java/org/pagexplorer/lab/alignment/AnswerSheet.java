package org.pagexplorer.lab.alignment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.pagexplorer.lab.alignment.BlindTest.Score;

/**
 * Which measures order the models as people do who named their pictures in blind tests: the rank
 * correlation of a measure with the share of pictures that were named right, over the models.
 */
public final class AnswerSheet {
  /** Fewer models are not an order. */
  public static final int FEWEST_MODELS = 3;

  private static final int DRAWS = 2000;

  private final AlignmentStudy study;
  private final int[] models;
  private final List<Score> scores;

  /**
   * A measure's rank correlation with the answers.
   *
   * @param spearman ρ; NaN where a side is constant
   * @param kendall τ-b; NaN where a side is constant
   * @param low of ρ's 95 % interval: of 2,000 draws of each model's answers, which say what chance
   *     there is in the answers, not in the choice of models; NaN where ρ is
   * @param high of ρ's interval
   */
  public record RankAgreement(double spearman, double kendall, double low, double high) {}

  private AnswerSheet(AlignmentStudy study, int[] models, List<Score> scores) {
    this.study = study;
    this.models = models;
    this.scores = scores;
  }

  /**
   * Of a study's models whose pictures were named.
   *
   * @param scores one a model, or none at all
   * @return nothing of fewer than three models
   */
  static Optional<AnswerSheet> of(AlignmentStudy study, List<Score> scores) {
    int[] named = IntStream.range(0, scores.size()).filter(k -> scores.get(k).n() > 0).toArray();
    return named.length < FEWEST_MODELS
        ? Optional.empty()
        : Optional.of(
            new AnswerSheet(study, named, Arrays.stream(named).mapToObj(scores::get).toList()));
  }

  /** How many models are ordered. */
  public int models() {
    return scores.size();
  }

  /** How many answers there are, of all models. */
  public int answers() {
    return scores.stream().mapToInt(Score::n).sum();
  }

  /** Of a measure; NaN where it is not known of every model. */
  public RankAgreement of(Measure measure) {
    return of(Arrays.stream(models).mapToDouble(k -> measure.value(study, k)).toArray());
  }

  private RankAgreement of(double[] values) {
    double[] right = scores.stream().mapToDouble(s -> (double) s.right() / s.n()).toArray();
    double spearman = spearman(values, right);
    SplittableRandom random = new SplittableRandom(0);
    double[] draws =
        DoubleStream.generate(() -> spearman(values, drawn(random)))
            .limit(DRAWS)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    boolean known = !Double.isNaN(spearman) && draws.length > 0;
    return new RankAgreement(
        spearman,
        DoubleStream.of(values).anyMatch(Double::isNaN)
            ? Double.NaN
            : RankCorrelation.kendall(values, right),
        known ? draws[(int) (0.025 * draws.length)] : Double.NaN,
        known ? draws[(int) (0.975 * draws.length)] : Double.NaN);
  }

  private static double spearman(double[] values, double[] right) {
    return DoubleStream.of(values).anyMatch(Double::isNaN)
        ? Double.NaN
        : RankCorrelation.spearman(values, right);
  }

  /**
   * As many answers as each model has, drawn with Jeffreys' estimate of its share, (k + ½)/(n + 1):
   * with k/n itself, two wrong answers out of two would leave nothing to chance.
   */
  private double[] drawn(SplittableRandom random) {
    return scores.stream()
        .mapToDouble(
            score -> {
              double share = (score.right() + 0.5) / (score.n() + 1);
              long right =
                  IntStream.range(0, score.n()).filter(_ -> random.nextDouble() < share).count();
              return (double) right / score.n();
            })
        .toArray();
  }
}
