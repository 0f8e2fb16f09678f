package org.pagexplorer.lab.attack;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackSpecification.Keep;
import org.pagexplorer.domain.AttackSpecification.Loss;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.lab.JsonFields;

/** An attack in words: by the command line's names, and in a line for people. */
public final class SpecificationFields {
  /** Of ε and α: squares of it are still far from float32's end. */
  private static final double LARGEST = 1e9;

  private static final int MOST_RESTARTS = 10_000;

  private SpecificationFields() {}

  /** Every field by its name in JSON; numbers and truth values as such. */
  public static SequencedMap<String, Object> of(AttackSpecification spec) {
    SequencedMap<String, Object> fields = new LinkedHashMap<>();
    fields.put("norm", spec.threat().norm().id());
    fields.put("epsilon", spec.threat().epsilon());
    fields.put("steps", spec.steps());
    fields.put("stepSize", spec.stepSize());
    fields.put("stepRule", spec.stepRule().id());
    fields.put("loss", spec.loss().id());
    fields.put("randomStart", spec.randomStart());
    fields.put("restarts", spec.restarts());
    fields.put("keep", spec.keep().id());
    fields.put("clip", spec.clip());
    fields.put("seed", spec.seed());
    return fields;
  }

  /**
   * The attack of such fields.
   *
   * @throws IllegalArgumentException if one is missing or out of range
   */
  public static AttackSpecification parse(JsonFields fields) {
    return new AttackSpecification(
        new ThreatModel(fields.choice("norm", Norm.values()), fields.number("epsilon", 0, LARGEST)),
        fields.whole("steps", 0, 100_000),
        fields.number("stepSize", 0, LARGEST),
        fields.choice("stepRule", StepRule.values()),
        fields.choice("loss", Loss.values()),
        fields.truth("randomStart"),
        fields.whole("restarts", 1, MOST_RESTARTS),
        fields.choice("keep", Keep.values()),
        fields.truth("clip"),
        fields.whole("seed"));
  }

  /** For instance {@code L2, ε = 10, 50 steps, α = 0.5, random start}. */
  public static String line(AttackSpecification spec) {
    StringBuilder line = new StringBuilder();
    line.append(spec.threat().norm().title());
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

  /** The same with how it was computed. */
  public static String line(AttackSpecification spec, Precision precision) {
    return line(spec) + (precision == Precision.EXACT ? ", float32" : ", fast precision");
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
