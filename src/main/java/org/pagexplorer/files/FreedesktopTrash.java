package org.pagexplorer.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;

/**
 * Trash as Linux's desktops keep it: the freedesktop.org Trash specification 1.0. A file goes to
 * the user's trash, or to that of the file system on which it is, or is copied to the user's where
 * neither takes it as it is.
 */
final class FreedesktopTrash {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ISO_LOCAL_DATE_TIME;

  /** In bytes, with room for a number and an ending below the usual file system's 255. */
  private static final int LONGEST_NAME = 220;

  private final Path home;
  private final Optional<String> user;

  /**
   * @param home the user's own trash, which need not be there yet
   * @param user the number by which other file systems' trash is the user's; none to keep off them
   */
  FreedesktopTrash(Path home, Optional<String> user) {
    this.home = home;
    this.user = user;
  }

  /** That of the user of this process. */
  static FreedesktopTrash ofUser() {
    return new FreedesktopTrash(
        home(System::getenv, Path.of(System.getProperty("user.home", ""))), userNumber());
  }

  /** {@code $XDG_DATA_HOME/Trash}, or {@code ~/.local/share/Trash}. */
  static Path home(UnaryOperator<@Nullable String> environment, Path userHome) {
    return Optional.ofNullable(environment.apply("XDG_DATA_HOME"))
        .filter(data -> data.startsWith("/")) // the XDG specification ignores a relative path
        .map(UserPath::of)
        .orElse(userHome.resolve(".local/share"))
        .resolve("Trash");
  }

  private static Optional<String> userNumber() {
    try {
      return Optional.of(String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid")));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /**
   * @param file absolute, and there
   * @throws IOException if it is where it was
   */
  void move(Path file) throws IOException {
    Path real = real(file);
    if (home.toAbsolutePath().startsWith(real)) {
      throw new FileSystemException(file.toString(), null, "the trash itself is in it");
    }
    boolean moved = rename(real, home, escaped(real));
    if (!moved && user.isPresent()) {
      moved = renameWithin(top(real), real, user.get());
    }
    if (!moved) {
      copy(real);
    }
  }

  /** Whatever links lead to it, but not where it leads itself. */
  private static Path real(Path file) throws IOException {
    Path parent = file.getParent();
    return parent == null ? file : parent.toRealPath().resolve(file.getFileName());
  }

  /** To the trash of its own file system, whose paths are within it. */
  private static boolean renameWithin(Path top, Path file, String user) throws IOException {
    String within = escaped(file).substring(escaped(top).length()).replaceFirst("^/", "");
    Path shared = top.resolve(".Trash");
    return isShared(shared) && rename(file, shared.resolve(user), within)
        || isOwn(top.resolve(".Trash-" + user), user)
            && rename(file, top.resolve(".Trash-" + user), within);
  }

  /** Or not there yet: somebody else's, or a link, would give files away. */
  private static boolean isOwn(Path trash, String user) {
    try {
      return Files.notExists(trash, LinkOption.NOFOLLOW_LINKS)
          || Files.isDirectory(trash, LinkOption.NOFOLLOW_LINKS)
              && user.equals(String.valueOf(Files.getAttribute(trash, "unix:uid")));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** An administrator's, for everybody: a real folder in which nobody removes others' files. */
  private static boolean isShared(Path trash) {
    try {
      return Files.isDirectory(trash, LinkOption.NOFOLLOW_LINKS)
          && Files.getAttribute(trash, "unix:mode") instanceof Integer mode
          && (mode & 01000) != 0;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** The folder at which the file's file system is mounted. */
  private static Path top(Path file) throws IOException {
    Path top = file;
    for (Path up = file.getParent(); up != null && device(up).equals(device(file)); ) {
      top = up;
      up = up.getParent();
    }
    return top;
  }

  private static Object device(Path path) throws IOException {
    return Files.getAttribute(path, "unix:dev", LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * @param written where it was, as its note says
   * @return false where this trash cannot take it as it is
   */
  private static boolean rename(Path file, Path trash, String written) throws IOException {
    Place place;
    try {
      place = Place.in(trash, file, written);
    } catch (IOException e) {
      return false; // on a read-only file system, or somebody else's
    }
    try {
      Files.move(file, place.file(), StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (AtomicMoveNotSupportedException e) {
      place.giveUp();
      return false; // on another file system
    } catch (IOException e) {
      place.giveUp();
      throw e;
    }
  }

  /** The original goes once all of it is in the user's trash. */
  private void copy(Path file) throws IOException {
    if (!Files.isWritable(file.getParent())) {
      throw new FileSystemException(file.toString(), null, "permission is denied");
    }
    Place place = Place.in(home, file, escaped(file));
    try {
      Trees.copy(file, place.file());
    } catch (IOException e) {
      Trees.delete(place.file());
      place.giveUp();
      throw e;
    }
    try {
      Trees.delete(file);
    } catch (IOException e) {
      throw new UserException(
          "All of %s is in the trash, but not all of it could be deleted where it was; delete the rest yourself."
              .formatted(Printable.of(file.toString())),
          e);
    }
  }

  /** As the specification asks for, which is how addresses are written. */
  private static String escaped(Path path) {
    String raw = path.toUri().getRawPath();
    return raw.length() > 1 && raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
  }

  /** A name that is taken in a trash, for one file and its note. */
  private record Place(Path file, Path note) {

    static Place in(Path trash, Path file, String written) throws IOException {
      Path files = folder(folder(trash).resolve("files"));
      Path notes = folder(trash.resolve("info"));
      String text =
          "[Trash Info]\nPath=%s\nDeletionDate=%s\n"
              .formatted(written, DATE.format(LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS)));
      String name = shortened(String.valueOf(file.getFileName()));
      for (int n = 1; ; n++) {
        String tried = n == 1 ? name : numbered(name, n);
        Place place = new Place(files.resolve(tried), notes.resolve(tried + ".trashinfo"));
        if (Files.notExists(place.file(), LinkOption.NOFOLLOW_LINKS) && place.take(text)) {
          return place;
        }
      }
    }

    /** The user's alone. */
    private static Path folder(Path folder) throws IOException {
      FileAttribute<?>[] alone =
          FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
              ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
              }
              : new FileAttribute<?>[0];
      return Files.createDirectories(folder, alone);
    }

    /** False where another program has taken the name. */
    private boolean take(String text) throws IOException {
      try {
        Files.writeString(note, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      }
    }

    void giveUp() throws IOException {
      Files.deleteIfExists(note);
    }

    private static String numbered(String name, int n) {
      int dot = name.lastIndexOf('.');
      return dot <= 0 ? name + "." + n : name.substring(0, dot) + "." + n + name.substring(dot);
    }

    private static String shortened(String name) {
      String rest = name;
      while (rest.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
        rest = rest.substring(rest.offsetByCodePoints(0, 1));
      }
      return rest;
    }
  }
}
