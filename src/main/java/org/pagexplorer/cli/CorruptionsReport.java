package org.pagexplorer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Software;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.measure.Corruptions;
import org.pagexplorer.lab.measure.ResultTable;
import org.pagexplorer.lab.model.OpenModel;
import picocli.CommandLine.ParameterException;

/** {@code pag evaluate --corruptions}: a table by corruption and severity. */
final class CorruptionsReport {
  /** What says how to attack, which images, or what else to measure of an attack. */
  private static final List<String> OTHERS =
      List.of(
          "--attack",
          "--norm",
          "--epsilon",
          "--steps",
          "--step-size",
          "--restarts",
          "--queries",
          "--eot",
          "--split",
          "--curve",
          "--integrity",
          "--chunks",
          "--chunk",
          "--on");

  private final EvaluateCommand command;

  CorruptionsReport(EvaluateCommand command) {
    this.command = command;
  }

  /** Refuses options that say nothing here. */
  static void check(EvaluateCommand command) {
    var parsed = command.report.spec.commandLine().getParseResult();
    for (String other : OTHERS) {
      if (parsed.hasMatchedOption(other)) {
        throw new ParameterException(
            command.report.spec.commandLine(),
            "--corruptions measures without an attack, on all corruptions: leave %s out"
                .formatted(other));
      }
    }
  }

  /**
   * Measures and prints.
   *
   * @param parts the dataset's
   * @param open a part of it, fitted to the models
   */
  void run(List<OpenModel> models, List<String> parts, Function<String, Dataset> open) {
    List<String> names = Corruptions.among(parts);
    if (names.isEmpty()) {
      throw new UserException(
          "%s has no corruptions: choose the folder of CIFAR-10-C, which holds an .npy file for"
                  .formatted(command.data.folder)
              + " each corruption and labels.npy.");
    }
    Corruptions corruptions =
        new Corruptions(models.stream().map(OpenModel::withoutWeights).toList(), names);
    try (TorchEngine engine = command.engineOptions.open()) {
      List<Classifier> classifiers =
          models.stream().map(model -> model.classifier(engine, Precision.EXACT)).toList();
      try {
        measure(corruptions, open, classifiers);
      } finally {
        classifiers.forEach(Classifier::close);
      }
    }
    ResultTable table = corruptions.table();
    print(table);
    command.report.json(() -> json(models, corruptions));
    command.report.lines(command.tables.write(table, table));
  }

  private void measure(
      Corruptions corruptions, Function<String, Dataset> open, List<Classifier> classifiers) {
    List<String> names = corruptions.names();
    for (int c = 0; c < names.size(); c++) {
      for (int severity = 0; severity < Corruptions.SEVERITIES; severity++) {
        String part = Corruptions.part(names.get(c), severity);
        command.report.live(part + ", %d of %d corruptions …".formatted(c + 1, names.size()));
        corruptions.measure(c, severity, open.apply(part), classifiers, command.batch.size);
      }
    }
  }

  private void print(ResultTable table) {
    List<List<String>> lines = new ArrayList<>(table.rows());
    lines.addFirst(table.heads());
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < line.size(); j++) {
        int column = j;
        int width = lines.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
        text.append((j < 2 ? "%-" + width + "s" : "%" + width + "s").formatted(line.get(j)))
            .append(j + 1 < line.size() ? "  " : "");
      }
      command.report.line(text.toString());
    }
    table.notes().forEach(note -> command.report.line(note + "."));
  }

  private Map<String, Object> json(List<OpenModel> models, Corruptions corruptions) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("software", Software.NAME_AND_VERSION);
    json.put("folder", command.data.folder.toString());
    json.put("images", corruptions.images());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int k = 0; k < models.size(); k++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("file", models.get(k).file().toString());
      row.put("name", models.get(k).card().name());
      row.put("sha256", models.get(k).sha256());
      row.put("mean", corruptions.mean(k));
      row.put("corruptions", json(k, corruptions));
      rows.add(row);
    }
    json.put("models", rows);
    return json;
  }

  private static List<Map<String, Object>> json(int model, Corruptions corruptions) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (int c = 0; c < corruptions.names().size(); c++) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", corruptions.names().get(c));
      one.put("severities", corruptions.accuracies(model, c));
      one.put("mean", corruptions.mean(model, c));
      one.put("inMean", corruptions.counts(c));
      all.add(one);
    }
    return all;
  }
}
