package org.pagexplorer.lab.alignment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.domain.Wilson;
import org.pagexplorer.lab.alignment.AnswerSheet.RankAgreement;
import org.pagexplorer.lab.alignment.BlindTest.Score;
import org.pagexplorer.lab.attack.SpecificationFields;
import org.pagexplorer.lab.measure.ResultTable;
import org.pagexplorer.lab.measure.TableTexts;

/** A study in words, for files. */
public final class AlignmentTexts {
  private static final String BY_CONSTRUCTION = "†";

  private AlignmentTexts() {}

  /**
   * A row a model: cosines with each realization, Etmann's alignment, statistics of gradients, and
   * how often each model names the target of this model's pictures; then the same numbers'
   * intervals.
   */
  public static ResultTable of(AlignmentStudy study) {
    return table(study, true);
  }

  /** For print: without intervals. */
  public static ResultTable compact(AlignmentStudy study) {
    return table(study, false);
  }

  private static ResultTable table(AlignmentStudy study, boolean intervals) {
    List<String> heads = new ArrayList<>(List.of("model"));
    columns(study).forEach(measure -> heads(heads, measure.title(), intervals));
    heads.add("zero gradients");
    study.models().forEach(m -> heads(heads, "predicted by " + m.name(), intervals));
    List<List<String>> rows = new ArrayList<>();
    for (int k = 0; k < study.models().size(); k++) {
      rows.add(row(study, k, intervals));
    }
    study.sheet().ifPresent(sheet -> addAnswers(study, sheet, heads, rows, intervals));
    return new ResultTable(heads, rows, notes(study));
  }

  /** What has a column, apart from who predicts what. */
  private static List<Measure> columns(AlignmentStudy study) {
    return Measure.all(study).stream().filter(m -> !(m instanceof Measure.ByOthers)).toList();
  }

  /** A column of the blind test, and a row of the measures' rank correlations with it. */
  private static void addAnswers(
      AlignmentStudy study,
      AnswerSheet sheet,
      List<String> heads,
      List<List<String>> rows,
      boolean intervals) {
    heads(heads, "blind test", intervals);
    for (int k = 0; k < rows.size(); k++) {
      Score score = study.answers().get(k);
      rows.get(k).add(rate(score.right(), score.n()));
      if (intervals) {
        rows.get(k).add(score.n() == 0 ? "" : TableTexts.interval(score.interval()));
      }
    }
    List<String> ranks = new ArrayList<>(List.of("Spearman's ρ with the blind test"));
    for (Measure measure : columns(study)) {
      RankAgreement agreement = sheet.of(measure);
      ranks.add(number(agreement.spearman()));
      if (intervals) {
        ranks.add(interval(agreement));
      }
    }
    while (ranks.size() < heads.size()) {
      ranks.add("");
    }
    rows.add(ranks);
  }

  /** {@code 0.83}; nothing of NaN. */
  public static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.2f", value);
  }

  /** {@code 0.43 to 0.94}; nothing where it is not known. */
  public static String interval(RankAgreement agreement) {
    return Double.isNaN(agreement.low())
        ? ""
        : number(agreement.low()) + " to " + number(agreement.high());
  }

  private static void heads(List<String> heads, String head, boolean intervals) {
    heads.add(head);
    if (intervals) {
      heads.add(head + ": 95 %");
    }
  }

  private static List<String> row(AlignmentStudy study, int k, boolean intervals) {
    ModelAlignment found = study.of(k);
    List<String> row = new ArrayList<>(List.of(study.models().get(k).name()));
    List<Measure> columns = columns(study);
    for (int j = 0; j < columns.size(); j++) {
      boolean trained =
          j < study.realizations().size()
              && Yardsticks.isTrainedToward(study.models().get(k), study.realizations().get(j));
      row.add(columns.get(j).number(study, k) + (trained ? BY_CONSTRUCTION : ""));
      if (intervals) {
        row.add(columns.get(j).interval(study, k));
      }
    }
    row.add(found.n() == 0 ? "" : TableTexts.percent((double) found.zeroGradients() / found.n()));
    for (int named : found.named()) {
      row.add(rate(named, found.pictures()));
      if (intervals) {
        row.add(
            found.pictures() == 0 ? "" : TableTexts.interval(Wilson.of(named, found.pictures())));
      }
    }
    return row;
  }

  /** {@code 0.123}; nothing of no values. */
  public static String number(Mean mean) {
    return mean.n() == 0 ? "" : String.format(Locale.ROOT, "%.3f", mean.value());
  }

  /** {@code ± 0.004}; nothing of fewer than two values. */
  public static String interval(Mean mean) {
    return mean.n() < 2 ? "" : String.format(Locale.ROOT, "± %.3f", mean.halfWidth());
  }

  /** {@code 58.3}, in %; nothing of no pictures. */
  public static String rate(int named, int pictures) {
    return pictures == 0 ? "" : TableTexts.percent((double) named / pictures);
  }

  /** What the numbers mean. */
  public static List<String> notes(AlignmentStudy study) {
    int n = study.models().isEmpty() ? 0 : study.of(0).n();
    List<String> notes = new ArrayList<>();
    notes.add("n = " + n + " held-out images; intervals of means are normal, of rates Wilson's.");
    if (!study.realizations().isEmpty()) {
      notes.add(
          "cosine: between the gradient of each logit and the realization's ground-truth gradient,"
              + " a mean over classes; "
              + BY_CONSTRUCTION
              + " high by construction.");
    }
    notes.add(
        "Etmann alignment: |<x, g>| / |g|, g the gradient of the winning logit, pixels in [0, 1],"
            + " black the origin.");
    notes.add(
        "total variation and low frequencies: of g, relative to its size; of white noise 2.83 and"
            + " 0.063.");
    notes.add(
        "change on- and off-manifold: of the probabilities (L1, at most 2) by a random step of L2"
            + " norm "
            + SpecificationFields.number(Presets.manifoldEpsilon(study.shape()))
            + " in the span of the differences to the nearest training images, at most 128, and"
            + " orthogonal to it; off / on is small where a model ignores what images do not differ"
            + " in.");
    notes.add(
        "log Σ exp f: medians of images, of attacked ones ("
            + SpecificationFields.line(study.attack())
            + "), and of the pictures; AUROC 0.5 where they cannot be told apart from clean ones.");
    study
        .sheet()
        .ifPresent(
            sheet ->
                notes.add(
                    "blind test: share of pictures named right, "
                        + sheet.answers()
                        + " answers; ρ over "
                        + sheet.models()
                        + " models, its 95 % interval by drawing each model's answers again."));
    notes.add(
        "predicted by: how often, in %, that model predicts the target of this row's pictures, one"
            + " seeded target per image; "
            + SpecificationFields.line(study.pictures())
            + ".");
    return notes;
  }
}
