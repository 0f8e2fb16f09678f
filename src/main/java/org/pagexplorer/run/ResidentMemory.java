package org.pagexplorer.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Looks at this process's memory while something runs; Linux only. */
final class ResidentMemory implements AutoCloseable {
  private static final Path FILE = Path.of("/proc/self/statm");
  private static final int PAGE = 4096; // bytes

  private final long before = now();
  private final Thread watching = Thread.ofVirtual().unstarted(this::look);
  private volatile boolean done;
  private volatile long most;

  private ResidentMemory() {}

  /** Begins. */
  static ResidentMemory watch() {
    ResidentMemory memory = new ResidentMemory();
    memory.watching.start();
    return memory;
  }

  /** The look goes on from here. */
  void forget() {
    most = 0;
  }

  /** Bytes by which the process has been larger at most than at first, since what was forgotten. */
  OptionalLong growth() {
    return before > 0
        ? OptionalLong.of(Math.max(0, Math.max(most, now()) - before))
        : OptionalLong.empty();
  }

  private void look() {
    while (!done) {
      most = Math.max(most, now());
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Bytes of this process in memory; 0 where the system does not tell. */
  private static long now() {
    try {
      return Files.exists(FILE)
          ? PAGE * Long.parseLong(Files.readString(FILE).split(" ", 3)[1])
          : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    done = true;
    watching.interrupt();
  }
}
