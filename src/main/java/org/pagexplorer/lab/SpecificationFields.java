package org.pagexplorer.lab;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackSpecification.Keep;
import org.pagexplorer.domain.AttackSpecification.Loss;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.ThreatModel;

/** An attack in words: by the command line's names, and in a line for people. */
public final class SpecificationFields {
  private SpecificationFields() {}

  /** Every field by its name in JSON; numbers and truth values as such. */
  public static SequencedMap<String, Object> of(AttackSpecification spec) {
    SequencedMap<String, Object> fields = new LinkedHashMap<>();
    fields.put("norm", spec.threat().norm().id());
    fields.put("epsilon", spec.threat().epsilon());
    fields.put("steps", spec.steps());
    fields.put("stepSize", spec.stepSize());
    fields.put("stepRule", spec.stepRule() == StepRule.RAW ? "raw" : "normalized");
    fields.put("loss", spec.loss() == Loss.LOGIT ? "logit" : "ce");
    fields.put("randomStart", spec.randomStart());
    fields.put("restarts", spec.restarts());
    fields.put("keep", spec.keep() == Keep.BEST ? "best" : "last");
    fields.put("clip", spec.clip());
    fields.put("seed", spec.seed());
    return fields;
  }

  /**
   * The attack of such fields.
   *
   * @throws RuntimeException of whatever kind if one is missing or out of range
   */
  public static AttackSpecification parse(JsonObject fields) {
    return new AttackSpecification(
        new ThreatModel(
            Norm.of(fields.get("norm").getAsString()), fields.get("epsilon").getAsDouble()),
        fields.get("steps").getAsInt(),
        fields.get("stepSize").getAsDouble(),
        fields.get("stepRule").getAsString().equals("raw") ? StepRule.RAW : StepRule.NORMALIZED,
        fields.get("loss").getAsString().equals("logit") ? Loss.LOGIT : Loss.CROSS_ENTROPY,
        fields.get("randomStart").getAsBoolean(),
        fields.get("restarts").getAsInt(),
        fields.get("keep").getAsString().equals("best") ? Keep.BEST : Keep.LAST,
        fields.get("clip").getAsBoolean(),
        fields.get("seed").getAsLong());
  }

  /** For instance {@code L2, ε = 10, 50 steps, α = 0.5, random start}. */
  public static String line(AttackSpecification spec) {
    StringBuilder line = new StringBuilder();
    line.append(spec.threat().norm().symbol());
    line.append(", ε = ").append(number(spec.threat().epsilon()));
    line.append(", ").append(spec.steps()).append(spec.steps() == 1 ? " step" : " steps");
    line.append(", α = ").append(number(spec.stepSize()));
    line.append(spec.stepRule() == StepRule.RAW ? ", raw steps" : "");
    line.append(spec.loss() == Loss.LOGIT ? ", logit loss" : "");
    line.append(spec.randomStart() ? ", random start" : "");
    line.append(spec.restarts() > 1 ? ", " + spec.restarts() + " restarts" : "");
    line.append(spec.keep() == Keep.BEST ? ", best iterate" : "");
    return line.append(spec.clip() ? "" : ", not clipped").toString();
  }

  /** The shortest of what was asked for: {@code 10} and {@code 0.031}, exactly. */
  public static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.valueOf((long) value)
        : String.valueOf((float) value).length() < String.valueOf(value).length()
                && String.valueOf(value).length() > 10
            ? String.valueOf((float) value)
            : String.valueOf(value);
  }
}
