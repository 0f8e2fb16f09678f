package org.pagexplorer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.TensorFile;
import org.pagexplorer.checkpoint.TensorType;
import org.pagexplorer.checkpoint.importing.Fit;
import org.pagexplorer.checkpoint.importing.ForeignModel;
import org.pagexplorer.checkpoint.importing.Likeness;
import org.pagexplorer.checkpoint.importing.Recognition;
import org.pagexplorer.checkpoint.importing.TensorFiles;
import org.pagexplorer.checkpoint.importing.WeightSets;
import org.pagexplorer.checkpoint.importing.WeightSets.WeightSet;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.lab.model.ImportDefaults;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pag inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description =
        "Shows the tensors and metadata of a checkpoint (a PAG Explorer model, any safetensors"
            + " file, or a torch.save file) and which known network they match. Nothing in the file"
            + " is executed.")
final class InspectCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "a file of tensors")
  Path file = Path.of("");

  @Mixin FileWeightsOption weights;

  @Mixin ReportOptions report;

  @Override
  public Integer call() throws IOException {
    try (TensorFile tensors = TensorFiles.open(file)) {
      WeightSets sets = WeightSets.in(tensors);
      WeightSet set = at(sets);
      String unusable = unusable();
      if (report.json) {
        Report.json(report.spec, json(sets, set, unusable));
        return 0;
      }
      print(set.tensors());
      printSets(sets);
      if (unusable.isEmpty()) {
        report.line("A usable checkpoint.");
      } else if (hasCard(tensors)) {
        report.line("It has a PAG Explorer card, but " + unusable);
      } else if (set.recognition().complete().isEmpty()) {
        report.line("Its names and shapes match no known network.");
        set.recognition()
            .nearest()
            .ifPresentOrElse(this::printNearest, () -> printNearest(set.tensors()));
      } else {
        set.recognition().complete().forEach(this::printFit);
        report.line(howToUse(set));
      }
      return 0;
    }
  }

  private WeightSet at(WeightSets sets) {
    try {
      return sets.at(weights.place);
    } catch (IllegalArgumentException e) {
      throw Sentences.unusable(file, e);
    }
  }

  private void printSets(WeightSets sets) {
    if (sets.choices().size() < 2) {
      return;
    }
    report.line("Sets of weights, the likeliest first; --weights PATH takes another:");
    for (WeightSet each : sets.choices()) {
      report.line(
          "  %s: %s, %d tensors"
              .formatted(
                  each.place().isEmpty() ? "(the file itself)" : each.place(),
                  each.recognition().complete().stream()
                      .findFirst()
                      .map(fit -> fit.architecture().title())
                      .orElse("no known network"),
                  each.tensors().tensors().size()));
    }
  }

  /** What somebody else's network needs before it is used. */
  private String howToUse(WeightSet set) {
    try {
      String question = ImportDefaults.question(ForeignModel.read(file, set.place()));
      return question.isEmpty()
          ? "Every --model takes it as it is; pag import keeps it as a PAG Explorer checkpoint."
          : question;
    } catch (UserException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Nothing resembles a first layer: by its shapes alone, which tell little. */
  private void printNearest(TensorFile tensors) {
    Likeness.of(tensors.tensors())
        .ifPresent(
            like ->
                report.line(
                    "The nearest known network, %s, has %d tensors, %d of them of a shape that is here, and none of its names."
                        .formatted(like.architecture().title(), like.tensors(), like.shared())));
  }

  /** Whether the file says of itself what only our own cards say, rightly or wrongly. */
  private static boolean hasCard(TensorFile tensors) {
    return tensors.metadata().containsKey("architecture")
        || tensors.metadata().containsKey("software");
  }

  /** Why the file is not a PAG Explorer checkpoint; empty if it is one. */
  private String unusable() {
    try {
      CheckpointFiles.readCard(file);
      return "";
    } catch (UserException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void print(TensorFile tensors) throws IOException {
    report.line("%s, %s, %d bytes".formatted(file, tensors.format(), Files.size(file)));
    report.line("SHA-256 " + CheckpointFiles.sha256(file));
    tensors.metadata().forEach((key, value) -> report.line("  " + key + ": " + value));
    tensors.remarks().forEach(remark -> report.line("  " + remark));
    int widest = tensors.tensors().keySet().stream().mapToInt(String::length).max().orElse(1);
    String row = "  %-" + Math.clamp(widest, 1, 60) + "s  %-4s  %s";
    tensors
        .tensors()
        .forEach((name, type) -> report.line(String.format(row, name, type.dtype(), type.shape())));
    report.line(
        String.format(
            Locale.ROOT, "%d tensors, %,d values", tensors.tensors().size(), values(tensors)));
  }

  private void printFit(Fit fit) {
    report.line("It is a " + network(fit) + ".");
  }

  private void printNearest(Fit fit) {
    report.line("The nearest known network is " + network(fit) + ".");
    printAll("Missing tensors:", fit.missing());
    printAll("Tensors of another shape:", fit.misshapen());
    printAll("Unexpected tensors:", fit.over());
  }

  private static String network(Fit fit) {
    return "%s with %d classes%s"
        .formatted(
            fit.architecture().title(),
            fit.architecture().classes(),
            fit.prefix().isEmpty() ? "" : ", under \"" + fit.prefix() + "\"");
  }

  private void printAll(String title, List<String> names) {
    if (!names.isEmpty()) {
      report.line(title);
      names.forEach(name -> report.line("  " + name));
    }
  }

  private static long values(TensorFile tensors) {
    return tensors.tensors().values().stream().mapToLong(type -> type.shape().size()).sum();
  }

  private Map<String, Object> json(WeightSets sets, WeightSet set, String unusable)
      throws IOException {
    TensorFile tensors = set.tensors();
    Recognition recognition = set.recognition();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("file", file.toString());
    object.put("format", tensors.format());
    object.put("bytes", Files.size(file));
    object.put("sha256", CheckpointFiles.sha256(file));
    object.put("usable", unusable.isEmpty());
    if (!unusable.isEmpty()) {
      object.put("error", unusable);
    }
    object.put("networks", recognition.complete().stream().map(InspectCommand::json).toList());
    if (recognition.complete().isEmpty()) {
      recognition.nearest().ifPresent(fit -> object.put("nearest", json(fit)));
    }
    object.put("weights", set.place());
    object.put("sets", sets.choices().stream().map(WeightSet::place).toList());
    object.put("remarks", tensors.remarks());
    object.put("metadata", tensors.metadata());
    object.put(
        "tensors",
        tensors.tensors().entrySet().stream()
            .map(entry -> json(entry.getKey(), entry.getValue()))
            .toList());
    return object;
  }

  private static Map<String, Object> json(Fit fit) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("architecture", fit.architecture().family().id());
    object.put("width", fit.architecture().width());
    object.put("classes", fit.architecture().classes());
    object.put("prefix", fit.prefix());
    object.put("missing", fit.missing());
    object.put("misshapen", fit.misshapen());
    object.put("over", fit.over());
    return object;
  }

  private static Map<String, Object> json(String name, TensorType type) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", name);
    object.put("dtype", type.dtype().toString());
    object.put("shape", type.shape().sides());
    object.put("bytes", type.shape().size() * type.dtype().bytes());
    return object;
  }
}
