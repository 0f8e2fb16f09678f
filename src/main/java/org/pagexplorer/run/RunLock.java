package org.pagexplorer.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;

/** One process trains in a folder; the operating system knows which, even when it was killed. */
final class RunLock implements AutoCloseable {
  private static final String NAME = "lock";
  private static final int ATTEMPTS = 6;
  private static final long MILLIS_BETWEEN = 50;
  private static final Object LOOKING = new Object();

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes a folder, making it if need be.
   *
   * @throws UserException if another process has it, or it cannot be written
   */
  static RunLock take(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lockPatiently(channel)) {
        return new RunLock(channel);
      }
      channel.close();
    } catch (IOException e) {
      throw new UserException(
          "The folder " + folder + " cannot be written; choose another --run-dir.", e);
    }
    throw new UserException(
        "The run in "
            + folder
            + " is being trained by another process: stop that one first, or choose another"
            + " --run-dir.");
  }

  /** Who looks whether a run is being trained has its lock for a moment. */
  private static boolean lockPatiently(FileChannel channel) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (tryLock(channel) != null) {
        return true;
      }
      try {
        Thread.sleep(MILLIS_BETWEEN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process has it
    }
  }

  /**
   * Whether some process has a folder.
   *
   * <p>Those who look take a shared lock, one at a time in a process, lest one of them sees the
   * other's.
   */
  static boolean isHeld(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return false; // and a pipe would wait for ever
    }
    synchronized (LOOKING) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
          FileLock own = channel.tryLock(0, Long.MAX_VALUE, true)) {
        return own == null;
      } catch (OverlappingFileLockException e) {
        return true; // this very process has it
      } catch (IOException e) {
        return false;
      }
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
