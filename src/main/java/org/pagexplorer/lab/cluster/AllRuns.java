package org.pagexplorer.lab.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.runs.RunQueue;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.run.RunDirectory;

/**
 * All runs that a window shows: its own, which its queue starts, and those of shared folders, which
 * are looked at less often. Safe for several threads.
 */
public final class AllRuns {
  private static final long BETWEEN = TimeUnit.SECONDS.toNanos(5);

  private final RunQueue queue;
  private final LongSupplier nanos;
  private final SharedFolders folders;
  private final Owner owner;
  private final Map<Path, ClusterRuns> shared = new HashMap<>();
  private SharedFolders.Folders known = new SharedFolders.Folders(List.of(), List.of());
  private List<RunStatus> latest = List.of();
  private long looked;
  private boolean hasLooked;

  public AllRuns(RunQueue queue) {
    this(queue, System::nanoTime, new Owner());
  }

  AllRuns(RunQueue queue, LongSupplier nanos, Owner owner) {
    this.queue = queue;
    this.nanos = nanos;
    this.owner = owner;
    folders = SharedFolders.besides(queue.folder());
  }

  /** The window's own by name, then those of each shared folder. */
  public synchronized List<RunStatus> look() {
    List<RunStatus> all = new ArrayList<>(RunStatus.in(queue.folder()));
    long now = nanos.getAsLong();
    if (!hasLooked || now - looked >= BETWEEN) {
      latest = lookAtShared();
      looked = nanos.getAsLong();
      hasLooked = true;
    }
    all.addAll(latest);
    return all;
  }

  private List<RunStatus> lookAtShared() {
    List<RunStatus> found = new ArrayList<>();
    known = folders.readable().orElse(known); // a file that cannot be read now hides no runs
    for (Path folder : known.shown()) {
      boolean isOwn = folder.equals(queue.folder().toAbsolutePath().normalize());
      if (!isOwn && Files.isDirectory(folder)) {
        found.addAll(shared.computeIfAbsent(folder, this::watched).look());
      }
    }
    return found;
  }

  private ClusterRuns watched(Path folder) {
    return new ClusterRuns(folder, Slurm.ofPath(), true, owner);
  }

  /** The shared folders that are shown, and those that were. */
  public synchronized SharedFolders.Folders folders() {
    known = folders.readable().orElse(known);
    return known;
  }

  /** Shows the runs of a shared folder, or does so no more. */
  public void show(Path folder, boolean shown) {
    if (shown) {
      folders.add(folder);
    } else {
      folders.hide(folder);
    }
    changed();
  }

  /** Something has changed: the next look is one. */
  private synchronized void changed() {
    hasLooked = false;
  }

  /** Whether a run is the window's own. */
  public boolean isOwn(Path run) {
    return queue.folder().equals(run.getParent());
  }

  /** What Slurm was given a run in; nothing for any other run. */
  private synchronized Optional<ClusterRuns> of(Path run) {
    return isOwn(run)
        ? Optional.empty()
        : Optional.ofNullable(shared.get(run.getParent()))
            .or(() -> Optional.ofNullable(shared.get(run))) // an evaluation's own folder
            .filter(runs -> runs.has(run));
  }

  /** Nobody changes another user's run, whether Slurm has it or not. */
  private void checkOwner(Path run) {
    if (!isOwn(run)) {
      of(run).ifPresentOrElse(runs -> runs.checkOwner(run), () -> owner.check(run));
    }
  }

  /** Lets a run wait between two steps, or go on. */
  public void pause(Path run, boolean paused) {
    checkOwner(run);
    RunDirectory.pause(run, paused);
  }

  /** Ends a run between two steps, or takes it out of its queue. */
  public void stop(Path run) {
    checkOwner(run);
    of(run).ifPresentOrElse(runs -> runs.stop(run), () -> queue.stop(run));
    changed();
  }

  /** Puts a run back into the queue that it came from. */
  public void resume(Path run) {
    Optional<ClusterRuns> runs = of(run);
    if (runs.isPresent()) {
      runs.get().resume(run);
    } else if (isOwn(run)) {
      queue.enqueue(run);
    } else {
      throw new UserException(
          "The run \"%s\" was started by hand: resume it with pag train --run-dir %s."
              .formatted(run.getFileName(), run));
    }
    changed();
  }

  /** Moves a run that is in no queue to the trash. */
  public void delete(Path run) {
    checkOwner(run);
    of(run).ifPresent(runs -> runs.checkIdle(run));
    queue.delete(run);
    changed();
  }
}
