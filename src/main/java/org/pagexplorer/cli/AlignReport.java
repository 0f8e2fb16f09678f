package org.pagexplorer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pagexplorer.domain.Software;
import org.pagexplorer.domain.Wilson;
import org.pagexplorer.lab.alignment.AlignmentStudy;
import org.pagexplorer.lab.alignment.AlignmentTexts;
import org.pagexplorer.lab.alignment.AnswerSheet;
import org.pagexplorer.lab.alignment.AnswerSheet.RankAgreement;
import org.pagexplorer.lab.alignment.Mean;
import org.pagexplorer.lab.alignment.Measure;
import org.pagexplorer.lab.alignment.ModelAlignment;
import org.pagexplorer.lab.alignment.Yardsticks;
import org.pagexplorer.lab.attack.SpecificationFields;
import org.pagexplorer.lab.measure.TableTexts;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.run.Realization;

/** What {@code pag align} found, for people and for scripts. */
final class AlignReport {
  private final AlignmentStudy study;

  AlignReport(AlignmentStudy study) {
    this.study = study;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int k = 0; k < study.models().size(); k++) {
      add(lines, k);
    }
    study.sheet().ifPresent(sheet -> add(lines, sheet));
    AlignmentTexts.notes(study).forEach(note -> lines.add("  " + note));
    return lines;
  }

  /** Nothing where it is not known, as without training images. */
  private void add(List<String> lines, Measure measure, int k) {
    String number = measure.number(study, k);
    if (!number.isEmpty()) {
      lines.add("  %-34s %8s %s".formatted(measure.title(), number, measure.interval(study, k)));
    }
  }

  private void add(List<String> lines, int k) {
    OpenModel model = study.models().get(k);
    ModelAlignment found = study.of(k);
    lines.add(model.name() + "  " + model.file());
    for (int r = 0; r < study.realizations().size(); r++) {
      Realization realization = study.realizations().get(r);
      lines.add(
          line("cosine, " + Yardsticks.titleOf(realization), found.cosines().get(r))
              + (Yardsticks.isTrainedToward(model, realization) ? "  †" : ""));
    }
    for (List<Measure> some :
        List.of(Measure.score(study), Measure.GRADIENT, Measure.MANIFOLD, Measure.ENERGY)) {
      some.forEach(measure -> add(lines, measure, k));
    }
    if (found.zeroGradients() > 0) {
      lines.add(
          "  zero gradients in %d of %d images: the means count them as 0"
              .formatted(found.zeroGradients(), found.n()));
    }
    for (int b = 0; b < study.models().size(); b++) {
      int named = found.named().get(b);
      lines.add(
          "  %-34s %6s %% (%s)"
              .formatted(
                  "predicted by " + study.models().get(b).name(),
                  AlignmentTexts.rate(named, found.pictures()),
                  TableTexts.interval(Wilson.of(named, found.pictures()))));
    }
  }

  /** How every measure orders the models, against the answers of blind tests. */
  private void add(List<String> lines, AnswerSheet sheet) {
    lines.add(
        "rank correlation with %d answers of the blind test about %d models"
            .formatted(sheet.answers(), sheet.models()));
    for (Measure measure : Measure.all(study)) {
      RankAgreement agreement = sheet.of(measure);
      lines.add(
          Double.isNaN(agreement.spearman())
              ? "  %-34s no order: unknown, or the same for all".formatted(measure.title())
              : "  %-34s Spearman's ρ %5s (%s), Kendall's τ %5s"
                  .formatted(
                      measure.title(),
                      AlignmentTexts.number(agreement.spearman()),
                      AlignmentTexts.interval(agreement),
                      AlignmentTexts.number(agreement.kendall())));
    }
  }

  private static String line(String what, Mean mean) {
    return "  %-34s %8s %s"
        .formatted(what, AlignmentTexts.number(mean), AlignmentTexts.interval(mean));
  }

  Map<String, Object> json(String dataset, String device) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("software", Software.NAME_AND_VERSION);
    json.put("dataset", dataset);
    json.put("device", device);
    json.put("precision", "float32");
    json.put("pictures", SpecificationFields.of(study.pictures()));
    List<Map<String, Object>> models = new ArrayList<>();
    for (int k = 0; k < study.models().size(); k++) {
      models.add(json(k));
    }
    json.put("models", models);
    study.sheet().ifPresent(sheet -> json.put("blindTest", json(sheet)));
    return json;
  }

  private Map<String, Object> json(AnswerSheet sheet) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("answers", sheet.answers());
    json.put("models", sheet.models());
    List<Map<String, Object>> measures = new ArrayList<>();
    for (Measure measure : Measure.all(study)) {
      RankAgreement agreement = sheet.of(measure);
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("measure", measure.title());
      putKnown(one, "spearman", agreement.spearman());
      putKnown(one, "low", agreement.low());
      putKnown(one, "high", agreement.high());
      putKnown(one, "kendall", agreement.kendall());
      measures.add(one);
    }
    json.put("measures", measures);
    return json;
  }

  private static void putKnown(Map<String, Object> json, String key, double value) {
    if (Double.isFinite(value)) {
      json.put(key, value);
    }
  }

  private Map<String, Object> json(int k) {
    OpenModel model = study.models().get(k);
    ModelAlignment found = study.of(k);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", model.file().toString());
    json.put("name", model.name());
    json.put("n", found.n());
    List<Map<String, Object>> cosines = new ArrayList<>();
    for (int r = 0; r < study.realizations().size(); r++) {
      Realization realization = study.realizations().get(r);
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("realization", Yardsticks.titleOf(realization));
      one.putAll(json(found.cosines().get(r)));
      one.put("byConstruction", Yardsticks.isTrainedToward(model, realization));
      cosines.add(one);
    }
    json.put("cosines", cosines);
    if (study.hasScore()) {
      json.put("cosineWithScore", json(found.score()));
    }
    json.put("etmann", json(found.etmann()));
    json.put("totalVariation", json(found.variation()));
    json.put("lowFrequencyShare", json(found.lowFrequency()));
    if (found.onManifold().n() > 0) {
      json.put("changeOnManifold", json(found.onManifold()));
      json.put("changeOffManifold", json(found.offManifold()));
    }
    Map<String, Object> energies = new LinkedHashMap<>();
    Measure.ENERGY.forEach(m -> putKnown(energies, m.title(), m.value(study, k)));
    json.put("logSumExp", energies);
    json.put("zeroGradients", found.zeroGradients());
    List<Map<String, Object>> named = new ArrayList<>();
    for (int b = 0; b < study.models().size(); b++) {
      int count = found.named().get(b);
      Wilson interval = Wilson.of(count, found.pictures());
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("by", study.models().get(b).name());
      one.put("rate", (double) count / found.pictures());
      one.put("interval", List.of(interval.low(), interval.high()));
      one.put("n", found.pictures());
      named.add(one);
    }
    json.put("named", named);
    return json;
  }

  private static Map<String, Object> json(Mean mean) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mean", mean.value());
    json.put("halfWidth", mean.halfWidth());
    return json;
  }
}
