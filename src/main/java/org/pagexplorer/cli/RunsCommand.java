package org.pagexplorer.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.Home;
import org.pagexplorer.run.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pag runs}. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = "Lists trainings that were begun with --run-dir, and stops them.")
final class RunsCommand implements Callable<Integer> {

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "the folder of the runs' folders (default: ~/.pag-explorer/runs)")
  @Nullable Path folder;

  @Option(
      names = "--stop",
      paramLabel = "DIR",
      description = "ask the run in that folder to stop; it goes on with pag train --run-dir")
  @Nullable Path stop;

  @Option(names = "--json", description = "one JSON object")
  boolean json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Path toStop = stop;
    if (toStop != null) {
      if (!RunDirectory.isRunning(toStop)) {
        throw new UserException("No run is being trained in " + toStop + ".");
      }
      RunDirectory.requestStop(toStop);
      Report.line(spec, json, "Asked; it stops before its next step.");
      return 0;
    }
    Path where = folder == null ? Home.user().resolve("runs") : folder;
    List<Map<String, Object>> rows = runs(where).stream().map(RunsCommand::row).toList();
    if (json) {
      Report.json(spec, Map.of("runs", rows));
    } else if (rows.isEmpty()) {
      Report.line(spec, false, "No runs in " + where + ".");
    }
    rows.forEach(row -> Report.line(spec, json, line(row)));
    return 0;
  }

  private static List<Path> runs(Path where) {
    if (!Files.isDirectory(where)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(where)) {
      return folders
          .filter(each -> Files.exists(each.resolve("specification.json")))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UserException("The folder " + where + " cannot be listed; choose another.", e);
    }
  }

  private static Map<String, Object> row(Path run) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("folder", run.toString());
    String state = "interrupted";
    for (JsonObject event : RunDirectory.events(run)) {
      switch (event.get("event").getAsString()) {
        case "started", "resumed" -> {
          state = "interrupted";
          row.put("method", event.get("method").getAsString());
          row.put("epochs", event.get("epochs").getAsInt());
        }
        case "epoch" -> {
          row.put("epoch", event.get("epoch").getAsInt());
          row.put("crossEntropy", event.get("crossEntropy").getAsDouble());
          row.put("cleanAccuracy", event.get("cleanAccuracy").getAsDouble());
        }
        case "stopped", "finished" -> state = event.get("event").getAsString();
        default -> {}
      }
    }
    row.put("state", RunDirectory.isRunning(run) ? "running" : state);
    return row;
  }

  private static String line(Map<String, Object> row) {
    String accuracy =
        row.get("cleanAccuracy") instanceof Double share
            ? String.format(Locale.ROOT, "  clean %.1f %%", 100 * share)
            : "";
    return "%-11s  %s  epoch %s of %s%s  %s"
        .formatted(
            row.get("state"),
            row.getOrDefault("method", "?"),
            row.getOrDefault("epoch", 0),
            row.getOrDefault("epochs", "?"),
            accuracy,
            row.get("folder"));
  }
}
