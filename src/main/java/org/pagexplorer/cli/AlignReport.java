package org.pagexplorer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pagexplorer.domain.Software;
import org.pagexplorer.domain.Wilson;
import org.pagexplorer.lab.alignment.AlignmentStudy;
import org.pagexplorer.lab.alignment.AlignmentTexts;
import org.pagexplorer.lab.alignment.Mean;
import org.pagexplorer.lab.alignment.ModelAlignment;
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
      add(lines, study.models().get(k), study.of(k));
    }
    AlignmentTexts.notes(study).forEach(note -> lines.add("  " + note));
    return lines;
  }

  private void add(List<String> lines, OpenModel model, ModelAlignment found) {
    lines.add(model.name() + "  " + model.file());
    for (int r = 0; r < study.realizations().size(); r++) {
      Realization realization = study.realizations().get(r);
      lines.add(
          line("cosine, " + AlignmentStudy.titleOf(realization), found.cosines().get(r))
              + (AlignmentStudy.isTrainedToward(model, realization) ? "  †" : ""));
    }
    lines.add(line("Etmann alignment", found.etmann()));
    lines.add(line("total variation", found.variation()));
    lines.add(line("low frequencies", found.lowFrequency()));
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
      models.add(json(study.models().get(k), study.of(k)));
    }
    json.put("models", models);
    return json;
  }

  private Map<String, Object> json(OpenModel model, ModelAlignment found) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", model.file().toString());
    json.put("name", model.name());
    json.put("n", found.n());
    List<Map<String, Object>> cosines = new ArrayList<>();
    for (int r = 0; r < study.realizations().size(); r++) {
      Realization realization = study.realizations().get(r);
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("realization", AlignmentStudy.titleOf(realization));
      one.putAll(json(found.cosines().get(r)));
      one.put("byConstruction", AlignmentStudy.isTrainedToward(model, realization));
      cosines.add(one);
    }
    json.put("cosines", cosines);
    json.put("etmann", json(found.etmann()));
    json.put("totalVariation", json(found.variation()));
    json.put("lowFrequencyShare", json(found.lowFrequency()));
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
