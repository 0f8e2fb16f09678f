package org.pagexplorer.lab.alignment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pagexplorer.domain.Wilson;
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
    study
        .realizations()
        .forEach(r -> heads(heads, "cosine: " + AlignmentStudy.titleOf(r), intervals));
    heads(heads, "Etmann alignment", intervals);
    heads(heads, "total variation", intervals);
    heads(heads, "low frequencies", intervals);
    heads.add("zero gradients");
    study.models().forEach(m -> heads(heads, "predicted by " + m.name(), intervals));
    List<List<String>> rows = new ArrayList<>();
    for (int k = 0; k < study.models().size(); k++) {
      rows.add(row(study, k, intervals));
    }
    return new ResultTable(heads, rows, notes(study));
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
    for (int r = 0; r < study.realizations().size(); r++) {
      boolean trained =
          AlignmentStudy.isTrainedToward(study.models().get(k), study.realizations().get(r));
      row.add(number(found.cosines().get(r)) + (trained ? BY_CONSTRUCTION : ""));
      addInterval(row, found.cosines().get(r), intervals);
    }
    for (Mean mean : List.of(found.etmann(), found.variation(), found.lowFrequency())) {
      row.add(number(mean));
      addInterval(row, mean, intervals);
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

  private static void addInterval(List<String> row, Mean mean, boolean intervals) {
    if (intervals) {
      row.add(interval(mean));
    }
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
        "named by: how often, in %, that model predicts the target of this row's pictures, one"
            + " seeded target per image; "
            + SpecificationFields.line(study.pictures())
            + ".");
    return notes;
  }
}
