package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.cli.GradientsCheck.Checked;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.engine.natives.NativeLibraries;
import org.pagexplorer.run.GradientWriter;
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
          + " programs; with --split test, of the test images, for pag align --gradients. They are"
          + " gradients at the images as they are; a training moves them with each image's crop and"
          + " flip."
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
      names = "--split",
      paramLabel = "NAME",
      description =
          "images to use: train, test, or another part that the dataset has (default: train);"
              + " representatives always come from the training images")
  String split = Split.TRAIN.id();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "at most this many images of each part; of training images, the same as pag train uses"
              + " with the same --limit and --seed; for .safetensors only, which says which they"
              + " are")
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
    Checked checked = checked("--out", report::note);
    try (StopSignals signals = new StopSignals(() -> {})) {
      var _ = NativeLibraries.ensure();
      signals.waitForSteps();
      try (TorchEngine engine = engineOptions.open()) {
        return write(checked, engine, signals);
      }
    }
  }

  /**
   * Everything that can be wrong before anything is computed.
   *
   * @param place what the file's place is called
   * @param say told that images have to be resized
   */
  Checked checked(String place, Consumer<String> say) {
    OutputFile.check(out, place);
    if (!truths.realization.isEmpty()) {
      throw new UserException(
          "--realization is for pag train --method adversarial: name what is written with"
              + " --method.");
    }
    Method chosen = Method.of(method);
    Dataset train = size.fitted(limited(Split.TRAIN), say);
    Dataset asked = asked(train, say);
    GradientWriter writer = new GradientWriter(out, asked, float16 ? Dtype.F16 : Dtype.F32);
    Realization realization =
        truths
            .realization(chosen, asked, seed.value, Path.of(""))
            .orElseThrow(
                () ->
                    new UserException(
                        method
                            + " has no ground-truth gradients; choose another --method, such as"
                            + " class-mean."));
    Alignment.Gradient gradient = Alignment.Gradient.of(align);
    return new Checked(
        writer,
        realization,
        gradient,
        train,
        asked,
        engineOptions.device,
        engineOptions.threads,
        out);
  }

  /** The images whose gradients are written, in the training images' size. */
  private Dataset asked(Dataset train, Consumer<String> say) {
    if (split.equalsIgnoreCase(Split.TRAIN.id())) {
      return train;
    }
    Dataset part = limited(Split.of(split)).fitted(train.shape(), size.fit.value, say);
    if (!part.classes().equals(train.classes())) {
      throw new UserException(
          "The part \"%s\" of %s has other classes than its training images, whose gradients it"
                  .formatted(split, data.folder)
              + " would get; choose another --split.");
    }
    return part;
  }

  private Dataset limited(Split part) {
    return Datasets.limit(Datasets.open(data.folder, part), limit, seed.value);
  }

  private int write(Checked checked, TorchEngine engine, StopSignals signals) {
    GradientWriter writer = checked.writer();
    StepClock clock = new StepClock(checked.asked().size());
    boolean written =
        checked.write(
            engine,
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
            .formatted(out, checked.sides(), writer.bytes() / 1e6, clock.seconds()));
    report.json(() -> json(checked, clock.seconds()));
    return 0;
  }

  private Map<String, Object> json(Checked checked, double seconds) {
    GradientWriter writer = checked.writer();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", out.toString());
    json.put("method", method);
    json.put("dataset", checked.asked().name());
    json.put("shape", writer.shape().sides());
    json.put("dtype", float16 ? "float16" : "float32");
    json.put("bytes", writer.bytes());
    json.put("seconds", seconds);
    return json;
  }
}
