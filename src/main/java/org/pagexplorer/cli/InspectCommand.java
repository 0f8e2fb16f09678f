package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Safetensors;
import org.pagexplorer.checkpoint.SafetensorsHeader;
import org.pagexplorer.checkpoint.TensorEntry;
import org.pagexplorer.domain.UserException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pag inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Shows the tensors and the metadata of a safetensors file, a checkpoint or not.")
final class InspectCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "a safetensors file")
  Path file = Path.of("");

  @Option(names = "--json", description = "one JSON object")
  boolean json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    SafetensorsHeader header = Safetensors.readHeader(file);
    String unusable = unusable();
    if (json) {
      Report.json(spec, json(header, unusable));
      return 0;
    }
    print(header);
    Report.line(
        spec,
        false,
        unusable.isEmpty() ? "A usable checkpoint." : "No usable checkpoint: " + unusable);
    return 0;
  }

  /** Why the file is no checkpoint of ours; empty if it is one. */
  private String unusable() {
    try {
      CheckpointFiles.readCard(file);
      return "";
    } catch (UserException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void print(SafetensorsHeader header) {
    Report.line(spec, false, file + ", " + header.fileSize() + " bytes");
    Report.line(spec, false, "SHA-256 " + CheckpointFiles.sha256(file));
    header.metadata().forEach((key, value) -> Report.line(spec, false, "  " + key + ": " + value));
    int widest = header.entries().keySet().stream().mapToInt(String::length).max().orElse(1);
    for (TensorEntry entry : header.entries().values()) {
      String row = "  %-" + Math.min(widest, 60) + "s  %-4s  %s";
      Report.line(spec, false, String.format(row, entry.name(), entry.dtype(), entry.shape()));
    }
    Report.line(
        spec,
        false,
        String.format(
            Locale.ROOT, "%d tensors, %,d values", header.entries().size(), values(header)));
  }

  private static long values(SafetensorsHeader header) {
    return header.entries().values().stream().mapToLong(e -> e.shape().size()).sum();
  }

  private Map<String, Object> json(SafetensorsHeader header, String unusable) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", file.toString());
    json.put("bytes", header.fileSize());
    json.put("sha256", CheckpointFiles.sha256(file));
    json.put("usable", unusable.isEmpty());
    if (!unusable.isEmpty()) {
      json.put("error", unusable);
    }
    json.put("metadata", header.metadata());
    json.put("tensors", header.entries().values().stream().map(InspectCommand::json).toList());
    return json;
  }

  private static Map<String, Object> json(TensorEntry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", entry.name());
    json.put("dtype", entry.dtype().toString());
    json.put("shape", entry.shape().sides());
    json.put("bytes", entry.bytes());
    return json;
  }
}
