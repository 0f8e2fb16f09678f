package org.pagexplorer.lab.cluster;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks at runs while a test says what time it is.
 *
 * @param queue where Slurm's answers are kept
 */
record RunsByClock(Path queue, AtomicLong seconds) {

  ClusterRuns of(Path folder, Slurm slurm, boolean watches) {
    return of(folder, slurm, watches, new Owner());
  }

  ClusterRuns of(Path folder, Slurm slurm, boolean watches, Owner owner) {
    return new ClusterRuns(
        folder,
        slurm,
        new QueueView(slurm, queue, () -> seconds.get() * 1000),
        () -> TimeUnit.SECONDS.toNanos(seconds.get()),
        watches,
        owner);
  }
}
