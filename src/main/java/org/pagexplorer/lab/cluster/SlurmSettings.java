package org.pagexplorer.lab.cluster;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;
import org.pagexplorer.lab.Home;

/**
 * What a job asks of Slurm; null, or an empty list, where nobody has said so and Slurm's own
 * defaults hold.
 *
 * @param time as Slurm writes it, for instance {@code 12:00:00} or {@code 2-0}
 * @param memory of a node, for instance {@code 16G}
 * @param gpus of a run
 * @param cpus of a run
 * @param modules that are loaded first
 * @param prologue lines of bash before the work
 * @param sbatch any other options of {@code sbatch}
 * @param pag the program on the nodes, where it is not the one that submits
 */
public record SlurmSettings(
    @Nullable String partition,
    @Nullable String account,
    @Nullable String time,
    @Nullable String memory,
    @Nullable Integer gpus,
    @Nullable Integer cpus,
    List<String> modules,
    @Nullable String prologue,
    @Nullable String sbatch,
    @Nullable String pag) {
  private static final int LONGEST = 1 << 20;
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

  @SuppressWarnings("NullAway") // Gson leaves out what a file does not say
  public SlurmSettings {
    modules = modules == null ? List.of() : List.copyOf(modules);
  }

  /** Where the user's own defaults are kept. */
  public static Path file() {
    return Home.user().resolve("slurm.json");
  }

  /**
   * The user's own defaults; none where there is no such file.
   *
   * @throws UserException if it is damaged
   */
  public static SlurmSettings defaults() {
    Path file = file();
    if (!Files.exists(file)) {
      return new SlurmSettings(null, null, null, null, null, null, List.of(), null, null, null);
    }
    try {
      return Objects.requireNonNull(
          GSON.fromJson(TextFile.read(file, LONGEST), SlurmSettings.class));
    } catch (IOException | JsonParseException | NullPointerException e) {
      throw new UserException(
          file + " cannot be read as Slurm's defaults: mend it, or delete it.", e);
    }
  }

  /** Makes these the user's defaults. */
  public void save() {
    Path file = file();
    try {
      Files.createDirectories(Home.user());
      TextFile.write(file, GSON.toJson(this) + "\n");
    } catch (IOException e) {
      throw new UserException(file + " cannot be written: is the disk full?", e);
    }
  }

  /** Options for {@code #SBATCH} lines. */
  List<String> options() {
    List<String> options = new ArrayList<>();
    add(options, "partition", partition);
    add(options, "account", account);
    add(options, "time", time);
    add(options, "mem", memory);
    add(options, "gpus", gpus);
    add(options, "cpus-per-task", cpus);
    if (sbatch != null && !sbatch.isBlank()) {
      options.add(line(sbatch.strip()));
    }
    return options;
  }

  private static void add(List<String> options, String name, @Nullable Object value) {
    if (value != null) {
      options.add("--" + name + "=" + Bash.directive(line(String.valueOf(value))));
    }
  }

  /** What goes on for another line would be a command there. */
  private static String line(String value) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new UserException("An option of Slurm's has to be one line: " + value.strip() + ".");
    }
    return value;
  }
}
