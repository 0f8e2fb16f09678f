package org.pagexplorer.lab.cluster;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;

/**
 * A measurement in chunks that Slurm was given, as a file in its folder, so that everybody who sees
 * the folder knows its jobs.
 *
 * @param command evaluate or align
 * @param chunks how many were asked for; of fewer images there are fewer
 * @param user who submitted it
 * @param array the job whose tasks are chunks, by their numbers from 1
 * @param merging the job that makes one table of them
 * @param scripts what was submitted, by their names: the array's, and the merging job's
 * @param cluster whose Slurm has it; empty where that was not known
 */
record Evaluation(
    String command,
    int chunks,
    String user,
    long array,
    long merging,
    List<String> scripts,
    String cluster) {
  private static final int LONGEST = 1 << 20;
  private static final int MOST = 100_000;
  private static final String FILE = "evaluation.json";
  private static final Pattern CHUNK = Pattern.compile("chunk-(\\d{4,9})-of-(\\d{4,9})\\.json");
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  @SuppressWarnings("NullAway") // Gson leaves out what a damaged file does not say
  Evaluation {
    scripts = scripts == null ? List.of() : List.copyOf(scripts);
    cluster = cluster == null ? "" : cluster; // earlier versions did not say
  }

  /** Which chunks are there, of how many. */
  record Chunks(List<Integer> done, int of) {
    List<Integer> missing() {
      return IntStream.rangeClosed(1, of).filter(k -> !done.contains(k)).boxed().toList();
    }
  }

  /** The record itself, which whoever submitted it has written. */
  static Path file(Path folder) {
    return folder.resolve(FILE);
  }

  static Path results(Path folder) {
    return folder.resolve("results.txt");
  }

  /** The folders of measurements within a folder, and itself. */
  static List<Path> in(Path folder) {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> inside = Files.list(folder)) {
        Stream.concat(Stream.of(folder), inside.sorted())
            .filter(each -> Files.exists(file(each)))
            .forEach(found::add);
      } catch (IOException e) {
        return found;
      }
    }
    return found;
  }

  /** The one in a folder; nothing where there is none, or its file cannot be read. */
  @SuppressWarnings("NullAway") // a damaged file leaves out what it likes
  static Optional<Evaluation> of(Path folder) {
    try {
      Path file = file(folder);
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      @Nullable Evaluation read =
          GSON.fromJson(TextFile.readDamaged(file, LONGEST), Evaluation.class);
      return Optional.ofNullable(read)
          .filter(e -> e.command() != null && e.user() != null)
          .filter(e -> e.chunks() > 0 && e.chunks() <= MOST && e.scripts().size() == 2);
    } catch (IOException | JsonParseException | NullPointerException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  void write(Path folder) {
    try {
      TextFile.write(file(folder), GSON.toJson(this) + "\n");
    } catch (IOException e) {
      throw new UserException(
          "Jobs %d and %d were submitted, but %s cannot be written: scancel %d %d ends them."
              .formatted(array, merging, folder, array, merging),
          e);
    }
  }

  /** Those that can be seen; a listing may be old. */
  Chunks chunks(Path folder) {
    List<Integer> done = new ArrayList<>();
    OptionalInt of = OptionalInt.empty();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher name = CHUNK.matcher(String.valueOf(file.getFileName()));
        if (name.matches() && Integer.parseInt(name.group(2)) <= chunks) {
          done.add(Integer.valueOf(name.group(1)));
          of = OptionalInt.of(Integer.parseInt(name.group(2)));
        }
      }
    } catch (IOException e) {
      return new Chunks(List.of(), chunks);
    }
    return new Chunks(done, of.orElse(chunks));
  }

  /** What its jobs have printed last, each chunk's below its number. */
  String log(Path folder) {
    StringBuilder text = new StringBuilder();
    for (int k : IntStream.rangeClosed(1, chunks).toArray()) {
      part(text, "chunk " + k, folder, array + "_" + k);
    }
    part(text, "merging", folder, merging + "_0");
    return text.toString();
  }

  private static void part(StringBuilder text, String title, Path folder, String task) {
    List<String> lines = SlurmLog.last(folder, task);
    if (!lines.isEmpty()) {
      text.append(title).append(":\n");
      lines.forEach(line -> text.append("  ").append(line).append('\n'));
    }
  }
}
