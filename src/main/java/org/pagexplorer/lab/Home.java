package org.pagexplorer.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.pagexplorer.files.AtomicFile;
import org.pagexplorer.files.UserPath;

/** Where the program finds what it ships, and keeps what is the user's. */
public final class Home {
  private Home() {}

  /** The installation: {@code -Dpag.home}, else the working directory. */
  public static Path installation() {
    return UserPath.of(System.getProperty("pag.home", ".")).toAbsolutePath().normalize();
  }

  /** The shipped sample images and icons. */
  public static Path assets() {
    return installation().resolve("assets");
  }

  /** The user's own folder, {@code -Dpag.user} or {@code ~/.pag-explorer}. */
  public static Path user() {
    return UserPath.of(
        System.getProperty(
            "pag.user", Path.of(System.getProperty("user.home"), ".pag-explorer").toString()));
  }

  /** Deletes what killed writers have left in the user's folders; the window does, as it opens. */
  public static void sweep() {
    List.of(user(), user().resolve("models"))
        .forEach(folder -> AtomicFile.sweep(folder, Duration.ofHours(1)));
  }

  /** Whether a model comes with the program: it is not the user's to change. */
  public static boolean isShipped(Path model) {
    return model.toAbsolutePath().normalize().startsWith(installation().resolve("models"));
  }

  /** Folders in which models are looked for: shipped ones, then the user's. */
  public static List<Path> modelFolders() {
    return List.of(installation().resolve("models"), user().resolve("models")).stream()
        .filter(Files::isDirectory)
        .toList();
  }
}
