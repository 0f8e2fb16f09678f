package org.pagexplorer.lab.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.lab.runs.RunStatus.State;

/**
 * What was last believed of runs, whose files may be seen late and in any order. Time is this
 * process's own. For one thread at a time.
 */
final class SeenRuns {
  /** How long files may be behind. */
  static final Duration LAG = Duration.ofSeconds(60);

  private final LongSupplier nanos;
  private final boolean watches;
  private final Map<Path, Seen> seen = new HashMap<>();

  /** What was believed, and since when. */
  private record Seen(RunStatus status, String files, long changed, long doubted) {}

  /**
   * @param watches whether it will look again; whoever looks once believes what is seen
   */
  SeenRuns(LongSupplier nanos, boolean watches) {
    this.nanos = nanos;
    this.watches = watches;
  }

  /**
   * What is seen now, unless it is older than what was seen before.
   *
   * @param waits whether Slurm says that it is in the queue
   * @param standing how it stands, by the nanoseconds in which its files have said nothing new
   */
  RunStatus remembered(RunStatus files, boolean waits, LongFunction<RunStatus> standing) {
    long now = nanos.getAsLong();
    Seen before = seen.get(files.folder());
    String heard = files.completed() + " " + files.progress() + " " + files.state();
    boolean isNews = before == null || !before.files().equals(heard);
    long changed = before == null || isNews ? now : before.changed();
    RunStatus told = standing.apply(now - changed);
    if (!watches) {
      return told;
    }
    long doubted = 0;
    if (before != null && isBehind(told, before.status(), waits)) {
      doubted = before.doubted() == 0 ? Math.max(1, now) : before.doubted();
      told = now - doubted < LAG.toNanos() ? before.status() : told;
    }
    seen.put(files.folder(), new Seen(told, heard, changed, doubted));
    return told;
  }

  /** A run does not lose epochs, and one whose job has just ended has not told all yet. */
  private static boolean isBehind(RunStatus now, RunStatus before, boolean waits) {
    boolean lostItsEnd = before.state() == State.FINISHED && now.state() != State.FINISHED;
    boolean lostEpochs = now.completed() < before.completed();
    boolean endedSilently =
        before.state() == State.RUNNING
            && (now.state() == State.INTERRUPTED
                || (now.state() == State.FAILED && !now.isTraining()))
            && !waits;
    return (lostItsEnd && !waits) || lostEpochs || endedSilently;
  }
}
