package org.pagexplorer.lab.cluster;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.checkpoint.JsonText;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.settings.SettingsFile;
import org.pagexplorer.lab.settings.SettingsPlace;

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
  /** Of the settings. */
  private static final String PART = "slurm";

  private static final int LONGEST = 1 << 20;
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

  @SuppressWarnings("NullAway") // Gson leaves out what a file does not say
  public SlurmSettings {
    modules = modules == null ? List.of() : List.copyOf(modules);
  }

  private static final SlurmSettings NONE =
      new SlurmSettings(null, null, null, null, null, null, List.of(), null, null, null);

  /** Where earlier versions kept the user's own defaults. */
  private static Path before() {
    return Home.user().resolve("slurm.json");
  }

  /**
   * The user's own defaults, a part of the settings; what earlier versions kept elsewhere is moved
   * there.
   *
   * @throws UserException if they are damaged
   */
  public static SlurmSettings defaults() {
    SettingsFile settings = new SettingsFile(SettingsPlace.folder());
    SettingsFile.Read read = settings.read();
    if (read.trouble().isPresent()) {
      throw new UserException(
          "The settings cannot be read, and Slurm's defaults with them; they are set aside in "
              + settings.folder()
              + ". Say the options again, with --save.");
    }
    JsonObject part = read.parts().get(PART);
    if (part != null) {
      return of(part, "The part \"slurm\" of " + settings.file());
    }
    Path before = before();
    if (!Files.exists(before)) {
      return NONE;
    }
    try {
      SlurmSettings moved = of(JsonText.parse(TextFile.read(before, LONGEST)), before.toString());
      moved.save();
      Files.delete(before);
      return moved;
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(before.toString(), e);
    }
  }

  private static SlurmSettings of(JsonElement json, String place) {
    try {
      // As text: of a tree, Gson takes 1e99 for an int.
      return Objects.requireNonNull(GSON.fromJson(json.toString(), SlurmSettings.class));
    } catch (JsonParseException | NullPointerException | NumberFormatException e) {
      throw damaged(place, e);
    }
  }

  private static UserException damaged(String place, Exception cause) {
    return new UserException(
        place + " cannot be read as Slurm's defaults: mend it, or delete it.", cause);
  }

  /** Makes these the user's defaults. */
  public void save() {
    SettingsFile settings = new SettingsFile(SettingsPlace.folder());
    try {
      settings.write(Map.of(PART, _ -> GSON.toJsonTree(this).getAsJsonObject()));
    } catch (IOException e) {
      throw new UserException(settings.file() + " cannot be written: is the disk full?", e);
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
