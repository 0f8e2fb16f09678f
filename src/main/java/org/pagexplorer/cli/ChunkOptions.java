package org.pagexplorer.cli;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.domain.Software;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.cluster.ChunkFolder;
import org.pagexplorer.lab.measure.Divisible;
import org.pagexplorer.lab.model.OpenModel;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A measurement in chunks of images, each a file, which several processes may share. */
final class ChunkOptions {
  @Option(
      names = "--chunks",
      paramLabel = "N",
      description =
          "measure the images in N chunks, each saved to a file; the same command resumes after the"
              + " last complete one, and the numbers are those of a single process")
  @Nullable Integer chunks;

  @Option(
      names = "--chunk",
      paramLabel = "K",
      description = "measure and save only the K-th chunk, from 1")
  @Nullable Integer chunk;

  @Option(
      names = "--run-dir",
      paramLabel = "DIR",
      description = "folder of the chunks (default: one in ~/.pag-explorer/chunks)")
  @Nullable Path folder;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  /** Before the work: whether the options fit together. */
  void check() {
    if (chunks == null && (chunk != null || folder != null)) {
      throw new ParameterException(
          spec.commandLine(), "--chunk and --run-dir need --chunks, which says how many there are");
    }
    if (chunks != null && chunk != null && chunk > chunks) {
      throw new ParameterException(
          spec.commandLine(), "--chunk must be at most --chunks, %d".formatted(chunks));
    }
  }

  boolean isAsked() {
    return chunks != null;
  }

  /** Whether only a chunk is to be made. */
  boolean isOnlyOne() {
    return chunk != null;
  }

  /** What numbers depend on whatever the command is; names do not count, but contents do. */
  static Map<String, Object> measurement(
      String command, List<OpenModel> models, Dataset images, int batch, String device) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("software", Software.NAME_AND_VERSION);
    all.put("command", command);
    all.put("models", models.stream().map(OpenModel::sha256).toList());
    all.put("images", images.size());
    all.put("sha256", Datasets.hash(images));
    all.put("batch", batch);
    all.put("device", device);
    return all;
  }

  /**
   * Adds all chunks to a study that has measured nothing, those that are missing after measuring
   * them; or makes only the one that is asked for.
   *
   * @param parts makes another such study, for a chunk
   * @param measurement all that the numbers depend on
   */
  void fill(
      Divisible whole,
      Supplier<? extends Divisible> parts,
      Map<String, Object> measurement,
      List<OpenModel> models,
      TorchEngine engine,
      ReportOptions report) {
    int asked = Objects.requireNonNull(chunks);
    int[] borders = ChunkFolder.borders(whole.wanted(), asked, whole.batch());
    measurement.put("borders", borders);
    ChunkFolder to = ChunkFolder.open(where(measurement), measurement, borders.length - 1);
    if (chunk != null && chunk >= borders.length) {
      report.line("There are fewer images than chunks: nothing is left for this one.");
      return;
    }
    int there = 0;
    for (int k = 1; k < borders.length; k++) {
      if (chunk != null && chunk != k) {
        continue;
      }
      Optional<List<JsonObject>> kept = to.read(k);
      there += kept.isPresent() ? 1 : 0;
      if (kept.isEmpty()) {
        report.note("Measuring chunk %d of %d.".formatted(k, borders.length - 1));
        try (Divisible part = parts.get()) {
          part.only(borders[k - 1], borders[k]);
          Progress.measure(part, models, engine, report);
          kept = Optional.of(part.measured());
        }
        to.write(k, kept.get());
      }
      if (chunk == null) {
        add(whole, kept.get(), to, k);
      }
    }
    report.line(
        "%s already measured; the chunks are in %s."
            .formatted(there == 1 ? "1 chunk was" : there + " chunks were", to.folder()));
  }

  private static void add(Divisible whole, List<JsonObject> pieces, ChunkFolder from, int k) {
    try {
      pieces.forEach(whole::add);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "%s is damaged: delete it, and the same command measures its images again."
              .formatted(from.file(k)),
          e);
    }
  }

  private Path where(Map<String, Object> measurement) {
    return folder != null
        ? folder
        : Home.user().resolve("chunks").resolve(ChunkFolder.key(measurement).substring(0, 16));
  }
}
