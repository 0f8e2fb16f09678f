package org.pagexplorer.lab.cluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * What one of a user's processes does at a time, whatever the machine: by the system's lock of a
 * file, and where a network's file system has no locks, by a file that only one of them can make.
 */
final class Exclusive {
  /** How long a claim is believed: longer than any of Slurm's programs is waited for. */
  static final int LOOKS = 300;

  static final long MILLIS_BETWEEN = 250;
  private static final Object IN_THIS_PROCESS = new Object();
  private static final Exclusive SYSTEM = new Exclusive(FileChannel::lock, LateFiles::sleep);

  private final Locker locker;
  private final LongConsumer pause;

  /** Locks an open file until it is closed. */
  @FunctionalInterface
  interface Locker {
    Object lock(FileChannel channel) throws IOException;
  }

  /**
   * @param pause waits for so many milliseconds
   */
  Exclusive(Locker locker, LongConsumer pause) {
    this.locker = locker;
    this.pause = pause;
  }

  /** Does something while no other process does it for the same file. */
  static <T> T during(Path file, Supplier<T> work) {
    synchronized (IN_THIS_PROCESS) {
      return SYSTEM.alone(file, work);
    }
  }

  <T> T alone(Path file, Supplier<T> work) {
    Optional<AutoCloseable> held = take(file);
    try {
      return work.get();
    } finally {
      held.ifPresent(Exclusive::close);
    }
  }

  /** Nothing where nothing can be written, and so nothing is shared. */
  private Optional<AutoCloseable> take(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(
              beside(file, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        locker.lock(channel);
        return Optional.of(channel);
      } catch (IOException e) {
        channel.close();
        return Optional.of(claim(beside(file, ".claim")));
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** One that stays belongs to a process that has died; no two machines' clocks are compared. */
  private AutoCloseable claim(Path claim) throws IOException {
    String own = UUID.randomUUID().toString();
    String seen = "";
    int looks = 0;
    while (true) {
      try {
        Files.writeString(claim, own, StandardOpenOption.CREATE_NEW);
        return () -> discard(claim, own);
      } catch (FileAlreadyExistsException e) {
        String now = token(claim);
        looks = now.equals(seen) ? looks + 1 : 0;
        seen = now;
        if (looks == LOOKS) {
          discard(claim, seen);
          looks = 0;
        } else {
          pause.accept(MILLIS_BETWEEN);
        }
      }
    }
  }

  /** Whose a claim is; nobody's where it has just gone, or is only being written. */
  private static String token(Path claim) {
    try {
      return Files.readString(claim);
    } catch (IOException e) {
      return "";
    }
  }

  /** Another one that waits may have discarded it, and a third have made its own by now. */
  private static void discard(Path claim, String token) throws IOException {
    if (token(claim).equals(token)) {
      Files.deleteIfExists(claim);
    }
  }

  private static Path beside(Path file, String more) {
    return file.resolveSibling(file.getFileName() + more);
  }

  private static void close(AutoCloseable held) {
    try {
      held.close();
    } catch (Exception e) {
      // The next one waits until the claim is too old.
    }
  }
}
