package org.pagexplorer.lab.runs;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.pagexplorer.run.RunDirectory;
import org.pagexplorer.run.RunHistory;

/** What becomes of a run whose process is gone. */
final class ProcessReview {
  private static final int MOST_RESTARTS = 2;

  private ProcessReview() {}

  /** Finds out how it ended, and puts the run into the queue again if nobody wanted that. */
  static List<String> of(Path run, Launch launch, ProcessEnd end) {
    Launch.forget(run);
    Waiting.end(run);
    RunHistory history = RunHistory.of(run);
    boolean saidSo = history.told() > launch.told() && history.ending().isTold();
    boolean wanted =
        end.isAsked() || RunDirectory.isStopRequested(run) || RunDirectory.isPaused(run);
    if (saidSo || wanted) {
      return List.of();
    }
    int epoch = history.done();
    int before = launch.epoch() == epoch ? launch.restarts() : 0;
    boolean again = !end.isByItself() && before < MOST_RESTARTS;
    String place =
        epoch == 0 ? "before its first epoch was complete" : "after epoch %d".formatted(epoch);
    String consequence =
        again
            ? "it is started again (%d of %d)".formatted(before + 1, MOST_RESTARTS)
            : before == MOST_RESTARTS
                ? "it is not started again, since it ended there %d times".formatted(before + 1)
                : "its log says why";
    String note = end.verb() + " " + place + end.detail() + "; " + consequence;
    new Launch(0, 0, 0, epoch, again ? before + 1 : before, note).write(run);
    RunProcess.say(run, "The run's process " + note + ".");
    if (again) {
      Waiting.begin(run, Instant.EPOCH); // before those that wait for it
    }
    return List.of("The run \"" + run.getFileName() + "\" " + note + ".");
  }
}
