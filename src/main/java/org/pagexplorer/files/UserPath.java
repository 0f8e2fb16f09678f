package org.pagexplorer.files;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.pagexplorer.domain.UserException;

/** Paths as users write them. */
public final class UserPath {
  private UserPath() {}

  /**
   * A path that somebody wrote.
   *
   * @throws UserException if no file of this system can be called so
   */
  public static Path of(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UserException(refusal(text), e);
    }
  }

  private static String refusal(String text) {
    // Control characters would not be seen, or move the terminal's cursor.
    String seen = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
    // U+FFFD stands where Java could not read the command line.
    return encoding.startsWith("UTF") || text.chars().allMatch(c -> c >= ' ' && c < 0x7f)
        ? "'" + seen + "' cannot be the name of a file on this system; choose another."
        : "'"
            + seen
            + "' cannot be the name of a file in this system's encoding, "
            + encoding
            + "; set LC_ALL=C.UTF-8 and run the command again.";
  }
}
