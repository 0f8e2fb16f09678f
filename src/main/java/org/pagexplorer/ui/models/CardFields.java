package org.pagexplorer.ui.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.ModelCard.Measurement;

/** A model's card as names and values that people read. */
final class CardFields {
  /** Training parameters with a line of their own, and what the paper calls them. */
  private static final Map<String, String> OWN_LINE =
      Map.of(
          "lambda", "λ",
          "targets-per-step", "K",
          "epsilon", "ε in training",
          "teacher", "Teacher",
          "initial-checkpoint", "Begun from",
          "epochs", "Epochs");

  private static final List<String> OWN_LINES =
      List.of("lambda", "targets-per-step", "epsilon", "teacher", "initial-checkpoint", "epochs");

  private static final int NAMED_CLASSES = 12;

  private CardFields() {}

  /** In the order in which they are read; what the card does not say is left out. */
  static SequencedMap<String, String> of(ModelFile model) {
    ModelCard card = model.card();
    SequencedMap<String, String> fields = new LinkedHashMap<>();
    fields.put("Method", method(card.method()));
    for (String key : OWN_LINES) {
      put(fields, OWN_LINE.getOrDefault(key, key), card.training().get(key));
    }
    put(fields, "Data", card.dataset().equals("unknown") ? "" : card.dataset());
    put(fields, "Accuracy", accuracies(card));
    fields.put("Network", card.architecture().description());
    put(fields, "Classes", classes(card.classes()));
    put(fields, "Training", rest(card));
    put(fields, "Written by", card.software());
    fields.put("File", model.file().toString());
    return fields;
  }

  private static void put(Map<String, String> fields, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      fields.put(name, value);
    }
  }

  private static String method(String id) {
    try {
      return Method.of(id).title();
    } catch (IllegalArgumentException e) {
      return id; // another program's, or another version's
    }
  }

  private static String accuracies(ModelCard card) {
    return card.measurements().stream()
        .map(measured -> line(measured, card.dataset()))
        .collect(Collectors.joining("\n"));
  }

  /** Its dataset is said where it is another one than that of the training. */
  private static String line(Measurement m, String dataset) {
    String images = m.n() < 1 ? "" : String.format(Locale.ROOT, " of %,d images", m.n());
    String other = m.dataset().equals(dataset) ? "" : " (" + m.dataset() + ")";
    return String.format(
        Locale.ROOT, "%s: %.1f %%%s%s", m.attack(), 100 * m.accuracy(), images, other);
  }

  private static String classes(List<String> names) {
    String first = names.stream().limit(NAMED_CLASSES).collect(Collectors.joining(", "));
    return names.size() <= NAMED_CLASSES
        ? first
        : String.format(Locale.ROOT, "%s, … (%,d)", first, names.size());
  }

  private static String rest(ModelCard card) {
    List<String> pairs = new ArrayList<>();
    card.training()
        .forEach(
            (key, value) -> {
              if (!OWN_LINE.containsKey(key)) {
                pairs.add(key + " " + value);
              }
            });
    pairs.add("seed " + card.seed());
    return String.join(", ", pairs);
  }
}
