package org.pagexplorer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.ModelCard.Measurement;
import org.pagexplorer.domain.Wilson;

/** A model card for people and for scripts. */
final class CardText {
  private CardText() {}

  /** Lines without an indent; what the card does not say is left out. */
  static List<String> lines(ModelCard card) {
    List<String> lines = new ArrayList<>();
    lines.add(card.architecture().description());
    lines.add("classes   " + String.join(", ", card.classes()));
    lines.add("trained   " + card.method() + " on " + card.dataset() + ", seed " + card.seed());
    if (!card.training().isEmpty()) {
      List<String> pairs = new ArrayList<>();
      card.training().forEach((key, value) -> pairs.add(key + " " + value));
      lines.add("          " + String.join(", ", pairs));
    }
    if (!card.command().isEmpty()) {
      lines.add("command   " + card.command());
    }
    card.measurements().forEach(m -> lines.add("measured  " + line(m)));
    lines.add("software  " + card.software());
    return lines;
  }

  private static String line(Measurement m) {
    if (m.n() < 1) {
      return m.attack() + ": " + percent(m.accuracy()) + " (" + m.dataset() + ")";
    }
    Wilson interval = Wilson.of((int) Math.round(m.accuracy() * m.n()), m.n());
    return String.format(
        Locale.ROOT,
        "%s: %s %s on %d images of %s",
        m.attack(),
        percent(m.accuracy()),
        interval(interval),
        m.n(),
        m.dataset());
  }

  /** For instance {@code 84.2 %}. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** For instance {@code (82.0–86.2 %)}. */
  static String interval(Wilson interval) {
    return String.format(
        Locale.ROOT, "(%.1f–%.1f %%)", 100 * interval.low(), 100 * interval.high());
  }

  /** Everything the card says, by the names of the checkpoint's metadata. */
  static Map<String, Object> json(ModelCard card) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", card.name());
    json.put("architecture", card.architecture().family().id());
    json.put("width", card.architecture().width());
    var input = card.architecture().input();
    json.put("inputShape", List.of(input.channels(), input.height(), input.width()));
    json.put("classes", card.classes());
    json.put("mean", card.normalization().mean());
    json.put("std", card.normalization().std());
    json.put("method", card.method());
    json.put("training", card.training());
    json.put("seed", card.seed());
    json.put("dataset", card.dataset());
    json.put("datasetSha256", card.datasetHash());
    json.put("software", card.software());
    json.put("command", card.command());
    json.put("measurements", card.measurements());
    return json;
  }
}
