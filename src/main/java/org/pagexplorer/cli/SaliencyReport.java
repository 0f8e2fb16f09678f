package org.pagexplorer.cli;

import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.pagexplorer.domain.SaliencyMap;
import org.pagexplorer.domain.SaliencyMethod;
import org.pagexplorer.domain.SaliencySpecification;
import org.pagexplorer.domain.Software;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.SpecificationFields;
import org.pagexplorer.lab.saliency.SaliencyGrid;
import org.pagexplorer.lab.saliency.SaliencyScale;

/**
 * What {@code pag saliency} found: as JSON, as a table, and as a file's metadata.
 *
 * @param grid the maps
 * @param scale how they are shown
 * @param device where they were computed
 * @param images where the images come from
 */
record SaliencyReport(SaliencyGrid grid, SaliencyScale scale, String device, ImageOptions images) {

  /** What goes below a figure. */
  String footer() {
    List<String> parts = new ArrayList<>();
    for (SaliencySpecification spec : grid.methods()) {
      String parameters = parameters(spec);
      if (!parameters.isEmpty()) {
        parts.add(spec.method().title() + ": " + parameters);
      }
    }
    String of = "Scores of the class below each original";
    return parts.isEmpty() ? of : of + ". " + String.join("; ", parts);
  }

  private static String parameters(SaliencySpecification spec) {
    return switch (spec.method()) {
      case GRADIENT, LOG_PROBABILITY, LOSS -> "";
      case SMOOTHGRAD, SMOOTHED ->
          "%d samples, σ = %s".formatted(spec.samples(), SpecificationFields.number(spec.sigma()));
      case INTEGRATED_GRADIENTS ->
          "%d Gauss–Legendre points from %s".formatted(spec.steps(), spec.baseline().id());
      case GRAD_CAM -> spec.layer().isEmpty() ? "last layer" : spec.layer();
    };
  }

  private static Map<String, Object> fields(SaliencySpecification spec) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("method", spec.method().id());
    switch (spec.method()) {
      case SMOOTHGRAD, SMOOTHED -> {
        fields.put("samples", spec.samples());
        fields.put("sigma", spec.sigma());
        fields.put("seed", spec.seed());
      }
      case INTEGRATED_GRADIENTS -> {
        fields.put("steps", spec.steps());
        fields.put("baseline", spec.baseline().id());
      }
      case GRAD_CAM -> fields.put("layer", spec.layer());
      case GRADIENT, LOG_PROBABILITY, LOSS -> {}
    }
    return fields;
  }

  private List<Map<String, Object>> methods() {
    List<Map<String, Object>> methods = new ArrayList<>();
    for (int m = 0; m < grid.methods().size(); m++) {
      Map<String, Object> fields = fields(grid.methods().get(m));
      if (scale == SaliencyScale.COMMON) {
        fields.put("scale", SaliencyScale.of(grid.of(m).toList()));
      }
      methods.add(fields);
    }
    return methods;
  }

  private List<Map<String, Object>> subjects() {
    List<Map<String, Object>> subjects = new ArrayList<>();
    for (int i = 0; i < grid.subjects().size(); i++) {
      OriginalImage subject = grid.subjects().get(i);
      Map<String, Object> json = new LinkedHashMap<>();
      json.put(images.files.isEmpty() ? "index" : "file", subject.origin());
      subject.className().ifPresent(label -> json.put("label", label));
      json.put("target", grid.target(i));
      subjects.add(json);
    }
    return subjects;
  }

  /** From which the same maps can be made again; values that are no words are JSON. */
  SequencedMap<String, String> metadata() {
    SequencedMap<String, String> metadata = new LinkedHashMap<>();
    fields()
        .forEach(
            (name, value) ->
                metadata.put(name, value instanceof String word ? word : new Gson().toJson(value)));
    return metadata;
  }

  private SequencedMap<String, Object> fields() {
    SequencedMap<String, Object> fields = new LinkedHashMap<>();
    fields.put("software", Software.NAME_AND_VERSION);
    fields.put("device", device);
    fields.put("source", images.source());
    fields.put("methods", methods());
    fields.put("models", AttackReport.models(grid.models()));
    fields.put("images", subjects());
    return fields;
  }

  /** Maps of the first model first, then of its first method. */
  SequencedMap<String, Object> json() {
    SequencedMap<String, Object> json = fields();
    List<Map<String, Object>> maps = new ArrayList<>();
    for (int k = 0; k < grid.models().size(); k++) {
      for (int m = 0; m < grid.methods().size(); m++) {
        for (int i = 0; i < grid.subjects().size(); i++) {
          maps.add(map(k, m, i));
        }
      }
    }
    json.put("maps", maps);
    return json;
  }

  private Map<String, Object> map(int k, int m, int i) {
    SaliencyMap map = grid.at(k, m, i);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", k);
    json.put("method", m);
    json.put("image", i);
    json.put("l2", l2(map));
    map.completeness()
        .ifPresent(
            found -> {
              json.put("sum", found.sum());
              json.put("gain", found.gain());
            });
    return json;
  }

  private static double l2(SaliencyMap map) {
    double squares = 0;
    for (float value : map.values().pixels()) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  /** For people: norms, a line a model and method, and how complete integrated gradients are. */
  List<String> table() {
    List<String> lines = new ArrayList<>();
    for (int k = 0; k < grid.models().size(); k++) {
      lines.add(grid.models().get(k).card().name() + ", mean ‖·‖₂ of the maps:");
      for (int m = 0; m < grid.methods().size(); m++) {
        lines.add("  " + line(k, m));
      }
    }
    return lines;
  }

  private String line(int k, int m) {
    SaliencySpecification spec = grid.methods().get(m);
    List<SaliencyMap> maps = grid.maps().get(k).get(m);
    double norm = maps.stream().mapToDouble(SaliencyReport::l2).average().orElse(0);
    String title =
        spec.method() == SaliencyMethod.GRAD_CAM && !spec.layer().isEmpty()
            ? spec.method().title() + ", " + spec.layer()
            : spec.method().title();
    String line = String.format(Locale.ROOT, "%-26s %9.4g", title, norm);
    double error =
        maps.stream()
            .flatMap(map -> map.completeness().stream())
            .mapToDouble(found -> Math.abs(found.error()))
            .max()
            .orElse(-1);
    return error < 0
        ? line
        : line
            + String.format(
                Locale.ROOT, "   |Σ − (f(x) − f(x₀))| at most %.3g, of %s", error, gains(maps));
  }

  /** For instance {@code 3.20 to 9.41}. */
  private static String gains(List<SaliencyMap> maps) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (SaliencyMap map : maps) {
      double gain = map.completeness().orElseThrow().gain();
      least = Math.min(least, gain);
      most = Math.max(most, gain);
    }
    return String.format(Locale.ROOT, "%.2f to %.2f", least, most);
  }
}
