package org.pagexplorer.lab.cluster;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;
import org.pagexplorer.lab.Home;

/**
 * Folders whose runs the window shows beside its own: those that were given to Slurm, and those
 * that the user has named.
 *
 * @param file in which they stand
 */
public record SharedFolders(Path file) {
  private static final int LONGEST = 1 << 20;
  private static final int MOST = 50;
  private static final String SHOWN = "shown";
  private static final String HIDDEN = "hidden";
  private static final Gson GSON = new Gson();
  private static final Folders NONE = new Folders(List.of(), List.of());

  /** The user's. */
  public static SharedFolders ofUser() {
    return besides(Home.user().resolve("runs"));
  }

  /** Those of whom the runs in a folder belong to. */
  static SharedFolders besides(Path runs) {
    return new SharedFolders(runs.resolveSibling("shared-runs.json"));
  }

  /**
   * Those that are shown, and those that were.
   *
   * @param shown the latest first
   * @param hidden the latest first
   */
  public record Folders(List<Path> shown, List<Path> hidden) {}

  /** The latest first; none where they cannot be read. */
  public List<Path> list() {
    return read().shown();
  }

  /** None where they cannot be read. */
  public Folders read() {
    return readable().orElse(NONE);
  }

  /** Nothing where they cannot be read now, which may be so for a moment only. */
  Optional<Folders> readable() {
    try {
      return Optional.of(parsed());
    } catch (IOException e) {
      return Optional.empty();
    } catch (JsonParseException e) {
      return Optional.of(NONE);
    }
  }

  private Folders parsed() throws IOException {
    if (Files.notExists(file)) {
      return NONE;
    }
    @Nullable JsonElement json =
        GSON.fromJson(TextFile.readDamaged(file, LONGEST), JsonElement.class);
    return json instanceof JsonObject both
        ? new Folders(paths(both.get(SHOWN)), paths(both.get(HIDDEN)))
        : new Folders(paths(json), List.of()); // as earlier versions have written it
  }

  private static List<Path> paths(@Nullable JsonElement json) {
    List<Path> paths = new ArrayList<>();
    if (json instanceof JsonArray names) {
      for (JsonElement name : names) {
        if (name instanceof JsonPrimitive text && text.isString()) {
          add(paths, text.getAsString());
        }
      }
    }
    return paths;
  }

  private static void add(List<Path> paths, String text) {
    try {
      if (!text.isBlank()) {
        paths.add(Path.of(text));
      }
    } catch (InvalidPathException e) {
      // Another system's folder.
    }
  }

  /**
   * Shows one before the others.
   *
   * @throws UserException if that cannot be kept
   */
  public void add(Path folder) {
    change(now -> new Folders(first(folder, now.shown()), without(folder, now.hidden())));
  }

  /**
   * Shows one, so that the window has what was just submitted.
   *
   * @return why it does not
   */
  public Optional<String> offer(Path folder) {
    try {
      add(folder);
      return Optional.empty();
    } catch (UserException e) {
      return Optional.of("The window will not show it: " + e.getMessage());
    }
  }

  /**
   * Shows one no more.
   *
   * @throws UserException if that cannot be kept
   */
  public void hide(Path folder) {
    change(now -> new Folders(without(folder, now.shown()), first(folder, now.hidden())));
  }

  private void change(UnaryOperator<Folders> how) {
    var _ =
        Exclusive.during(
            file,
            () -> {
              write(how.apply(known()));
              return true;
            });
  }

  /** What is there before a change: what cannot be read is not overwritten. */
  private Folders known() {
    try {
      return parsed();
    } catch (IOException e) {
      throw new UserException(
          file + " cannot be read, and stays as it is; check its permissions.", e);
    } catch (JsonParseException e) {
      setAside();
      return NONE;
    }
  }

  /** Somebody may mend it. */
  private void setAside() {
    Path aside = file.resolveSibling("shared-runs.damaged.json");
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UserException(file + " cannot be read as JSON: mend it, or delete it.", e);
    }
  }

  private static List<Path> first(Path folder, List<Path> folders) {
    List<Path> all = new ArrayList<>(without(folder, folders));
    all.addFirst(folder.toAbsolutePath().normalize());
    return all;
  }

  private static List<Path> without(Path folder, List<Path> folders) {
    Path absolute = folder.toAbsolutePath().normalize();
    return folders.stream().filter(each -> !each.equals(absolute)).toList();
  }

  private void write(Folders folders) {
    JsonObject both = new JsonObject();
    both.add(SHOWN, names(folders.shown()));
    both.add(HIDDEN, names(folders.hidden()));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      TextFile.write(file, GSON.toJson(both) + "\n");
    } catch (IOException e) {
      throw new UserException(file + " cannot be written: is the disk full?", e);
    }
  }

  private static JsonElement names(List<Path> folders) {
    return GSON.toJsonTree(folders.stream().limit(MOST).map(Path::toString).toList());
  }
}
