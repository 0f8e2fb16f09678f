package org.pagexplorer.lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pagexplorer.domain.UserException;

/** Whose a run is: others may look at it only. */
public final class Owner {
  private Owner() {}

  /**
   * Of a run that Slurm was never given: whoever made its folder.
   *
   * @throws UserException if that is another user
   */
  public static void check(Path run) {
    try {
      check(run, Files.getOwner(run).getName());
    } catch (IOException | UnsupportedOperationException e) {
      // Nobody knows; the folder's permissions decide.
    }
  }

  /**
   * @param user whose it is; on Windows with the domain before the name
   */
  static void check(Path run, String user) {
    String name = user.substring(user.lastIndexOf('\\') + 1);
    if (!name.equals(System.getProperty("user.name"))) {
      throw new UserException(
          "The run \"%s\" belongs to %s: only %s may change it."
              .formatted(run.getFileName(), name, name));
    }
  }
}
