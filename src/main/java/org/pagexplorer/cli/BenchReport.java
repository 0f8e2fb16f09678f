package org.pagexplorer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.pagexplorer.domain.Software;
import org.pagexplorer.engine.TorchEngine;

/**
 * What {@code pag bench} found.
 *
 * @param speeds step times by name
 * @param width channels of the network's first stage
 * @param batch images per step
 * @param device where it was measured
 * @param gigaflops float32 matrix products, 10⁹ operations a second
 * @param pythonPyTorch version of the PyTorch compared with, if any
 */
record BenchReport(
    Speeds speeds,
    int width,
    int batch,
    String device,
    double gigaflops,
    Optional<String> pythonPyTorch) {
  static final String EXACT = "PGD exact";
  static final String FAST = "PGD fast";
  static final String FRAMES = "PGD fast with frames";
  static final String EAGER = "PyTorch eager";

  /** K of Eq. 1's target classes. */
  static final List<Integer> TARGETS = List.of(1, 2, 10);

  static String aligned(int targets) {
    return "aligned, K = " + targets;
  }

  static String batchwise(int targets) {
    return aligned(targets) + ", batch statistics";
  }

  static String repeated(int targets) {
    return aligned(targets) + ", repeated";
  }

  SequencedMap<String, Object> json() {
    SequencedMap<String, Object> json = new LinkedHashMap<>();
    json.put("software", Software.NAME_AND_VERSION);
    json.put("network", "resnet18");
    json.put("width", width);
    json.put("batch", batch);
    json.put("results", speeds.json(batch));
    json.put("comparison", comparison());
    json.put("machine", machine());
    return json;
  }

  private Map<String, Object> comparison() {
    Map<String, Object> comparison = new LinkedHashMap<>();
    comparison.put("fastOverExact", speeds.ratio(EXACT, FAST));
    comparison.put("framesCostPercent", framesCost());
    if (hasTraining()) {
      comparison.put("alignedOverRepeated", TARGETS.stream().map(this::againstRepeated).toList());
    }
    pythonPyTorch.ifPresent(
        version -> {
          comparison.put("pythonPyTorch", version);
          comparison.put("exactOverPyTorch", speeds.ratio(EAGER, EXACT));
          comparison.put("fastOverPyTorch", speeds.ratio(EAGER, FAST));
        });
    return comparison;
  }

  private boolean hasTraining() {
    return speeds.names().contains(repeated(TARGETS.getFirst()));
  }

  private Map<String, Object> againstRepeated(int targets) {
    Map<String, Object> ratios = new LinkedHashMap<>();
    ratios.put("targets", targets);
    ratios.put("running", speeds.ratio(repeated(targets), aligned(targets)));
    ratios.put("runningRange", speeds.range(repeated(targets), aligned(targets)));
    ratios.put("batch", speeds.ratio(repeated(targets), batchwise(targets)));
    ratios.put("batchRange", speeds.range(repeated(targets), batchwise(targets)));
    return ratios;
  }

  private double framesCost() {
    return 100 * (speeds.ratio(FRAMES, FAST) - 1);
  }

  private Map<String, Object> machine() {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("matrixGigaflops", gigaflops);
    machine.put("device", device);
    machine.put("processor", processor());
    machine.put("cores", Runtime.getRuntime().availableProcessors());
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.put("java", System.getProperty("java.version"));
    machine.put("pytorch", TorchEngine.version());
    return machine;
  }

  private static String processor() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.replaceFirst(".*: *", ""))
          .orElse("");
    } catch (IOException e) {
      return ""; // no Linux
    }
  }

  /** For people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("ResNet-18, width " + width + ", batch " + batch + ", 32×32 images, " + device);
    speeds.names().forEach(name -> lines.add(line(name)));
    lines.add(text("Fast is %.2f times as fast as exact.", speeds.ratio(EXACT, FAST)));
    lines.add(text("Frames cost %.1f %%.", framesCost()));
    if (hasTraining()) {
      TARGETS.forEach(targets -> lines.add(lineAgainstRepeated(targets)));
    }
    pythonPyTorch.ifPresent(
        version ->
            lines.add(
                text(
                    "Exact is %.2f and fast %.2f times as fast as PyTorch %s's eager loop.",
                    speeds.ratio(EAGER, EXACT), speeds.ratio(EAGER, FAST), version)));
    lines.add(text("This machine multiplies float32 matrices at %.0f GFLOP/s.", gigaflops));
    return lines;
  }

  private String lineAgainstRepeated(int targets) {
    List<Double> range = speeds.range(repeated(targets), aligned(targets));
    return text(
        "With K = %d an aligned step is %.2f (%.2f to %.2f) times as fast as with each image %d"
            + " times in the batch.",
        targets,
        speeds.ratio(repeated(targets), aligned(targets)),
        range.getFirst(),
        range.getLast(),
        targets);
  }

  private String line(String name) {
    double seconds = speeds.median(name);
    return text("  %-33s %8.1f images/s  %8.1f ms per step", name, batch / seconds, 1000 * seconds);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
