package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.lab.measure.Comparison;
import org.pagexplorer.lab.measure.PublishedEntry;
import org.pagexplorer.lab.measure.PublishedTexts;
import org.pagexplorer.lab.measure.RobustBenchFiles;
import org.pagexplorer.lab.measure.RobustnessTable;
import picocli.CommandLine.Option;

/** Other people's numbers beside a command's table. */
final class PublishedOptions {
  @Option(
      names = "--beside",
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "also show published accuracies: a folder or files of RobustBench's model_info; those of"
              + " the same dataset, norm, and ε as comparable")
  private List<Path> places = List.of();

  /** Before the work: an error where nothing can be read; files that cannot be used are said. */
  List<PublishedEntry> read(ReportOptions report) {
    if (places.isEmpty()) {
      return List.of();
    }
    RobustBenchFiles.Found found = RobustBenchFiles.read(places);
    found.problems().forEach(report::note);
    return found.entries();
  }

  /** For people, below the table. */
  static void print(Comparison comparison, ReportOptions report) {
    List<PublishedEntry> entries = comparison.published();
    if (entries.isEmpty()) {
      return;
    }
    report.line("Published (RobustBench), not measured here:");
    for (PublishedEntry entry : entries) {
      report.line(
          "  %-40s clean %6s %%  %s"
              .formatted(
                  entry.id(),
                  PublishedTexts.percent(entry.clean()),
                  PublishedTexts.source(entry, comparison.table())));
    }
    PublishedTexts.caution(comparison.table()).ifPresent(words -> report.line("  " + words + "."));
  }

  /** For scripts. */
  static List<Map<String, Object>> json(Comparison comparison) {
    return comparison.published().stream().map(e -> json(e, comparison.table())).toList();
  }

  private static Map<String, Object> json(PublishedEntry entry, RobustnessTable table) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", entry.id());
    json.put("title", entry.title());
    json.put("dataset", entry.dataset());
    json.put("norm", entry.norm().map(Norm::id).orElse(entry.threat()));
    entry.epsilon().ifPresent(value -> json.put("epsilon", value));
    entry.clean().ifPresent(value -> json.put("clean", value));
    entry.robust().ifPresent(value -> json.put("attacked", value));
    json.put("architecture", entry.architecture());
    json.put("additionalData", entry.additionalData());
    json.put("venue", entry.venue());
    json.put("link", entry.link());
    json.put("warning", entry.warning());
    json.put("comparable", PublishedTexts.isComparable(entry, table));
    PublishedTexts.obstacle(entry, table).ifPresent(why -> json.put("reason", why));
    return json;
  }
}
