package org.pagexplorer.lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Objects;
import java.util.Optional;
import org.pagexplorer.domain.UserException;

/**
 * Whose a run is: others may look at it only. The file system decides, which knows a user on every
 * machine: names differ between a laptop and a cluster, and in a container, and those of two people
 * may be the same.
 */
public class Owner {
  /**
   * Of a run that Slurm was never given: whoever made its folder.
   *
   * @throws UserException if that is another user
   */
  public void check(Path run) {
    try {
      check(run, run, Files.getOwner(run).getName());
    } catch (IOException | UnsupportedOperationException e) {
      // Nobody knows; the folder's permissions decide.
    }
  }

  /**
   * @param made what its owner has written
   * @param user the owner's name, on the machine that wrote it; on Windows with the domain before
   * @throws UserException if that is another user than this process's
   */
  void check(Path run, Path made, String user) {
    String name = user.substring(user.lastIndexOf('\\') + 1);
    Optional<Boolean> isMine = isMine(made);
    if (isMine.isPresent() ? isMine.get() : name.equals(System.getProperty("user.name"))) {
      return;
    }
    throw new UserException(
        "The run \"%s\" belongs to %s: only %s may change it."
            .formatted(run.getFileName(), name, name));
  }

  /** Nothing where the file system does not say, or nothing may be written beside it. */
  private Optional<Boolean> isMine(Path made) {
    Path folder = Objects.requireNonNullElse(made.toAbsolutePath().getParent(), made);
    try {
      return Optional.of(Files.getOwner(made).equals(me(folder)));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /** As whom this process writes into a folder. */
  UserPrincipal me(Path folder) throws IOException {
    Path probe = Files.createTempFile(folder, ".pag-", ".owner");
    try {
      return Files.getOwner(probe);
    } finally {
      Files.delete(probe);
    }
  }
}
