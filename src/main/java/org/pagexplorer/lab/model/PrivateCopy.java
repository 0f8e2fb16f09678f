package org.pagexplorer.lab.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Program;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.Sha256;

/**
 * A program's bytes where only this user can change them, so that what is hashed is what runs:
 * PyTorch reads files alone, and somebody's file may become another one between two readings.
 */
public final class PrivateCopy implements AutoCloseable {
  private static final String PREFIX = "pag-program";
  private static final String NAME = "program";

  private final Path original;
  private final Path folder;
  private final Path copy;
  private final String sha256;

  private PrivateCopy(Path original, Path folder, Path copy, String sha256) {
    this.original = original;
    this.folder = folder;
    this.copy = copy;
    this.sha256 = sha256;
  }

  /**
   * Copies a file.
   *
   * @throws UserException if it cannot be read, or the temporary folder not be written
   */
  static PrivateCopy of(Path file) {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe would wait for ever
        throw new FileSystemException(file.toString(), null, "it is not a file");
      }
      Path folder = temporary();
      Path copy = folder.resolve(NAME);
      try (InputStream in = Files.newInputStream(file);
          OutputStream out = Files.newOutputStream(copy)) {
        return new PrivateCopy(file, folder, copy, Sha256.copy(in, out));
      } catch (IOException | RuntimeException e) {
        delete(folder, copy);
        throw e;
      }
    } catch (IOException e) {
      throw Sentences.unreadable(file, e);
    }
  }

  /**
   * Copies a file that was looked at before.
   *
   * @param sha256 what it was then
   * @throws UserException as {@link #of(Path)}, or if it has been replaced
   */
  static PrivateCopy of(Path file, String sha256) {
    PrivateCopy copy = of(file);
    if (!copy.sha256.equals(sha256)) {
      copy.close();
      throw new UserException(file + " has changed since it was opened; open it again.");
    }
    return copy;
  }

  /** Deletes the copies that killed processes have left. */
  public static void sweep(Duration oldest) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Instant before = Instant.now().minus(oldest);
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      for (Path folder : folders) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && Files.getLastModifiedTime(folder).toInstant().isBefore(before)) {
          delete(folder, folder.resolve(NAME));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return; // the system empties its temporary folder
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory(PREFIX);
    } catch (IOException e) {
      throw Sentences.noTemporaryFolder(e);
    }
  }

  String sha256() {
    return sha256;
  }

  Path path() {
    return copy;
  }

  /** Runs the program's code. */
  Program load(TorchEngine engine) {
    return Program.load(engine, copy, original);
  }

  @Override
  public void close() {
    delete(folder, copy);
  }

  private static void delete(Path folder, Path copy) {
    try {
      Files.deleteIfExists(copy);
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      return; // the system empties its temporary folder
    }
  }
}
