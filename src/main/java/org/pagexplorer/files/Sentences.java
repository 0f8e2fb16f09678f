package org.pagexplorer.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;

/** Words for what goes wrong with a file: one line, however odd the names in the file are. */
public final class Sentences {
  private static final int LONGEST_NAME = 80;
  private static final int LONGEST_MESSAGE = 400;

  private Sentences() {}

  public static UserException unusable(Path file, RuntimeException e) {
    // What is wrong may quote a file at length; what to do about it never falls to that.
    String sentence =
        e instanceof UnusableFileException unusable
            ? shortened(unusable.wrong()) + "; " + oneLine(unusable.advice())
            : shortened(Objects.requireNonNullElse(e.getMessage(), "it is damaged"))
                + "; "
                + UnusableFileException.FETCH_AGAIN;
    return new UserException(path(file) + " cannot be used: " + sentence + ".", e);
  }

  public static UserException unreadable(Path file, IOException e) {
    String advice =
        e instanceof NoSuchFileException
            ? " does not exist; choose another file."
            : " cannot be read: "
                + reason(e)
                + "; check the file and its permissions, or choose another.";
    return new UserException(path(file) + advice, e);
  }

  public static UserException unwritable(Path file, IOException e) {
    String reason = e instanceof NoSuchFileException ? "its folder does not exist" : reason(e);
    return new UserException(
        path(file) + " cannot be written: " + reason + "; choose another place.", e);
  }

  /** Where nothing can be written for a short while. */
  public static UserException noTemporaryFolder(IOException e) {
    return new UserException(
        "The folder for temporary files, "
            + System.getProperty("java.io.tmpdir")
            + ", cannot be written: make it writable, or choose another, for instance by"
            + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR.",
        e);
  }

  /** A name from a file, quoted. */
  public static String quoted(String name) {
    String line = oneLine(name);
    return "\""
        + (line.length() > LONGEST_NAME ? line.substring(0, LONGEST_NAME) + "…" : line)
        + "\"";
  }

  private static String path(Path file) {
    return oneLine(file.toString());
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission is denied";
      case FileAlreadyExistsException _ -> "a file is in its place";
      case NotDirectoryException _ -> "it is a file, not a folder";
      case DirectoryNotEmptyException _ -> "a folder is in its place";
      case FileSystemException f when f.getReason() != null -> message(f.getReason());
      default -> message(e.getMessage());
    };
  }

  private static String message(@Nullable String message) {
    return shortened(Objects.requireNonNullElse(message, "the disk reports an error"));
  }

  private static String shortened(String text) {
    String line = oneLine(text);
    return line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) + "…" : line;
  }

  private static String oneLine(String text) {
    return Printable.of(text);
  }
}
