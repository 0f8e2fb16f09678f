package org.pagexplorer.lab.cluster;

import java.nio.file.Path;
import java.util.Optional;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.cluster.JobRecord.Place;
import org.pagexplorer.run.RunDirectory;

/** Takes runs out of Slurm's queue, or ends them between two steps. */
record StoppedJobs(Slurm slurm) {

  void stop(Path run, Place place) {
    RunDirectory.requestStop(run); // seen through the folder, too, where there is no Slurm
    boolean asks = slurm.isThere() && !slurm.isOther(place.record().cluster());
    if (!asks || cancel(place.id()).isPresent()) {
      LastingStop.ask(run); // its job may wait, or begin again; or another process trains it
    }
  }

  /**
   * @throws UserException if its jobs are another cluster's, or Slurm takes out neither
   */
  void stop(Path run, Evaluation evaluation) {
    if (slurm.isOther(evaluation.cluster())) {
      throw new UserException(
          "The jobs of \"%s\" are in the Slurm of the cluster %s: stop them there."
              .formatted(run.getFileName(), evaluation.cluster()));
    }
    // First what would begin at the array's end; either may be over.
    Optional<UserException> merging = cancel(String.valueOf(evaluation.merging()));
    Optional<UserException> array = cancel(String.valueOf(evaluation.array()));
    if (merging.isPresent() && array.isPresent()) {
      throw array.get();
    }
    LastingStop.ask(run); // so that everybody knows that somebody wanted it
  }

  private Optional<UserException> cancel(String job) {
    try {
      slurm.cancel(job);
      return Optional.empty();
    } catch (UserException e) {
      return Optional.of(e);
    }
  }
}
