package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.engine.natives.NativeLibraries;
import org.pagexplorer.run.GradientWriter;
import org.pagexplorer.run.GroundTruth;
import org.pagexplorer.run.Realization;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pag gradients}. */
@Command(
    name = "gradients",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    description = {
      "Writes the ground-truth gradients of every training image for every class into a file, N × C"
          + " × channels × height × width numbers, for pag train --method from-file or for other"
          + " programs. They are gradients at the images as they are; a training moves them with"
          + " each image's crop and flip."
    })
final class GradientsCommand implements Callable<Integer> {
  @Option(
      names = "--method",
      paramLabel = "NAME",
      required = true,
      description =
          "where they come from: one-image, class-mean, nearest-neighbor, cluster-mean, rigd, or"
              + " from-file to convert a file")
  String method = "";

  @Mixin DatasetOption data;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "at most this many training images, the same as pag train uses with the same --limit and"
              + " --seed; for .safetensors only, which says which they are")
  int limit = Integer.MAX_VALUE;

  @Mixin SizeOptions size = new SizeOptions();
  @Mixin SeedOption seed = new SeedOption(0);
  @Mixin RealizationOptions truths = new RealizationOptions();

  @Option(
      names = "--align",
      paramLabel = "logit|log-probability",
      description = "rigd: which of the teacher's gradients (default: ${DEFAULT-VALUE})")
  String align = Alignment.USUAL.gradient().id();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "the file to write or replace, .npy or .safetensors")
  Path out = Path.of("");

  @Option(
      names = "--float16",
      description =
          "store float16, half the size; each gradient is scaled by a power of two, since only its"
              + " direction counts")
  boolean float16;

  @Mixin EngineOptions engineOptions;
  @Mixin ReportOptions report;

  @Override
  public Integer call() {
    OutputFile.check(out, "--out");
    if (!truths.realization.isEmpty()) {
      throw new UserException(
          "--realization is for pag train --method adversarial: name what is written with"
              + " --method.");
    }
    try (StopSignals signals = new StopSignals(() -> {})) {
      Dataset train = train();
      GradientWriter writer = new GradientWriter(out, train, float16 ? Dtype.F16 : Dtype.F32);
      Alignment.Gradient gradient = Alignment.Gradient.of(align);
      Realization realization =
          truths
              .realization(Method.of(method), train, seed.value, Path.of(""))
              .orElseThrow(
                  () ->
                      new UserException(
                          method
                              + " has no ground-truth gradients; choose another --method, such as"
                              + " class-mean."));
      var _ = NativeLibraries.ensure();
      signals.waitForSteps();
      try (TorchEngine engine = engineOptions.open();
          GroundTruth truth = realization.prepare(train, engine)) {
        return write(writer, truth, gradient, train, signals);
      }
    }
  }

  private int write(
      GradientWriter writer,
      GroundTruth truth,
      Alignment.Gradient gradient,
      Dataset train,
      StopSignals signals) {
    StepClock clock = new StepClock(train.size());
    boolean written =
        writer.write(
            truth,
            gradient,
            new GradientWriter.Observer() {
              @Override
              public void images(int more) {
                boolean due = false;
                for (int i = 0; i < more; i++) {
                  due |= clock.step();
                }
                if (due) {
                  report.live(clock.text());
                }
              }

              @Override
              public boolean isCancelled() {
                return signals.arrived();
              }
            });
    if (!written) {
      report.line("Stopped; nothing was written.");
      return PagCommand.STOPPED;
    }
    report.line(
        "Wrote %s: %s numbers, %,.1f MB, in %.1f s."
            .formatted(
                out,
                String.join(" × ", writer.shape().sides().stream().map(String::valueOf).toList()),
                writer.bytes() / 1e6,
                clock.seconds()));
    report.json(() -> json(writer, train, clock.seconds()));
    return 0;
  }

  private Map<String, Object> json(GradientWriter writer, Dataset train, double seconds) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", out.toString());
    json.put("method", method);
    json.put("dataset", train.name());
    json.put("shape", writer.shape().sides());
    json.put("dtype", float16 ? "float16" : "float32");
    json.put("bytes", writer.bytes());
    json.put("seconds", seconds);
    return json;
  }

  private Dataset train() {
    return size.fitted(
        Datasets.limit(Datasets.open(data.folder, Split.TRAIN), limit, seed.value), report::note);
  }
}
