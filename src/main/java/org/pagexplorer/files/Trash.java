package org.pagexplorer.files;

import java.awt.Desktop;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;

/**
 * The system's trash: what is removed of the user's can be restored from there, by the system's own
 * means.
 */
public final class Trash {
  /** A property with a folder in its place; tests set it. */
  private static final String PROPERTY = "pag.trash";

  private Trash() {}

  /**
   * Moves a file, or a folder with all that is in it, to the trash. Links are moved themselves, not
   * what they point to.
   *
   * @throws UserException if that is not possible: then everything is where it was
   */
  public static void move(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    try {
      if (Files.notExists(absolute, LinkOption.NOFOLLOW_LINKS)) {
        throw new NoSuchFileException(absolute.toString(), null, "it is no longer there");
      }
      String own = System.getProperty(PROPERTY);
      if (own != null) {
        new FreedesktopTrash(UserPath.of(own), Optional.empty()).move(absolute);
      } else if (isDesktops()) {
        moveByDesktop(absolute);
      } else {
        FreedesktopTrash.ofUser().move(absolute);
      }
    } catch (IOException e) {
      throw new UserException(
          "%s could not be moved to the trash (%s) and is where it was; check the permissions of its folder."
              .formatted(Printable.of(absolute.toString()), reason(e)),
          e);
    }
  }

  /** What stopped it, without the file's name where that is said already. */
  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission is denied";
      case FileSystemException f when f.getReason() != null -> Printable.of(f.getReason());
      default -> Printable.of(Objects.requireNonNullElse(e.getMessage(), "the disk refused"));
    };
  }

  private static boolean isDesktops() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return system.startsWith("mac") || system.startsWith("windows");
  }

  private static void moveByDesktop(Path file) throws IOException {
    boolean can =
        Desktop.isDesktopSupported()
            && Desktop.getDesktop().isSupported(Desktop.Action.MOVE_TO_TRASH);
    if (!can || !Desktop.getDesktop().moveToTrash(file.toFile())) {
      throw new FileSystemException(
          file.toString(), null, can ? "the system refused" : "this system offers none");
    }
  }
}
