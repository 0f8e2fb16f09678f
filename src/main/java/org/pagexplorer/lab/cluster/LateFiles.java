package org.pagexplorer.lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.run.RunHistory;

/**
 * A run that goes on on another node, which may see what the first one has written only later: its
 * state has to be there before it is trained, or it would silently start over.
 */
public final class LateFiles {
  static final int LOOKS = 120;
  static final long MILLIS_BETWEEN = 500;

  private LateFiles() {}

  /**
   * Waits until the state of a run that has told of epochs can be seen, for a minute at most.
   *
   * @throws UserException if it cannot
   */
  public static void await(Path run) {
    await(run, LateFiles::sleep);
  }

  /**
   * @param pause waits for so many milliseconds
   */
  static void await(Path run, LongConsumer pause) {
    int done = RunHistory.of(run).done();
    for (int look = 0; done > 0 && !isSeen(run); look++) {
      if (look == LOOKS) {
        throw new UserException(
            "%s lists %d epoch%s, but this machine does not see its state.safetensors yet: resume it later, or delete its events.jsonl to train it again."
                .formatted(run, done, done == 1 ? "" : "s"));
      }
      pause.accept(MILLIS_BETWEEN);
    }
  }

  /** By listing the folder, which has a network's file system ask again. */
  private static boolean isSeen(Path run) {
    try (Stream<Path> files = Files.list(run)) {
      return files.anyMatch(file -> file.endsWith("state.safetensors"));
    } catch (IOException e) {
      return false;
    }
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("Nobody waited for the run's files.", e);
    }
  }
}
