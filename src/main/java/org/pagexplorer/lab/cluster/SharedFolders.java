package org.pagexplorer.lab.cluster;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  private static final Gson GSON = new Gson();

  /** The user's. */
  public static SharedFolders ofUser() {
    return besides(Home.user().resolve("runs"));
  }

  /** Those of whom the runs in a folder belong to. */
  static SharedFolders besides(Path runs) {
    return new SharedFolders(runs.resolveSibling("shared-runs.json"));
  }

  /** The latest first; none where they cannot be read. */
  public List<Path> list() {
    List<Path> folders = new ArrayList<>();
    try {
      if (Files.isRegularFile(file)) {
        @Nullable String @Nullable [] names =
            GSON.fromJson(TextFile.readDamaged(file, LONGEST), String[].class);
        for (String name : names == null ? new String[0] : names) {
          if (name != null && !name.isBlank()) {
            folders.add(Path.of(name));
          }
        }
      }
    } catch (IOException | JsonParseException | InvalidPathException e) {
      return folders;
    }
    return folders;
  }

  /**
   * Adds one before the others.
   *
   * @throws UserException if that cannot be kept
   */
  public void add(Path folder) {
    List<Path> folders = list();
    Path added = folder.toAbsolutePath().normalize();
    folders.remove(added);
    folders.addFirst(added);
    List<String> names = folders.stream().limit(MOST).map(Path::toString).toList();
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      TextFile.write(file, GSON.toJson(names) + "\n");
    } catch (IOException e) {
      throw new UserException(file + " cannot be written: is the disk full?", e);
    }
  }
}
