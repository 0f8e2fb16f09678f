package org.pagexplorer.lab.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.Trash;
import org.pagexplorer.run.RunDirectory;
import org.pagexplorer.run.RunHistory;

/**
 * Runs that wait for their device, one at a time on each, as processes of their own that outlive
 * the window. All that it knows is on disk: another window, or the next one, sees the same queue. A
 * run whose process dies is started again. Safe for several threads.
 */
public final class RunQueue {
  private static final String DEVICE = "--device";
  private static final String CPU = "cpu";

  private final Path folder;
  private final Launcher launcher;
  private final Map<Path, Process> children = new HashMap<>();
  private Map<Path, String> troubles = new HashMap<>();

  /** What starts a process. */
  @FunctionalInterface
  interface Launcher {
    Process start(Path run) throws IOException;
  }

  /**
   * @param folder of the runs' folders; need not exist
   */
  public RunQueue(Path folder) {
    this(folder, run -> RunProcess.of(run).start());
  }

  RunQueue(Path folder, Launcher launcher) {
    this.folder = folder;
    this.launcher = launcher;
  }

  /** Where the runs are. */
  public Path folder() {
    return folder;
  }

  /**
   * Adds a run at the end of its device's queue.
   *
   * @param name its folder's name
   * @param arguments of {@code pag train}
   * @throws UserException if there is a run of that name, or the folder cannot be written
   */
  public synchronized Path add(String name, List<String> arguments) {
    Path run = free(name);
    try (RunDirectory open = RunDirectory.open(run)) {
      open.specify(
          new RunDirectory.Specification(arguments, Path.of("").toAbsolutePath().toString()));
    }
    enqueue(run);
    return run;
  }

  /**
   * The folder of a run to come.
   *
   * @throws UserException if its name is not one, or is that of another run
   */
  public Path free(String name) {
    Path run = folderOf(name);
    if (Files.exists(run)) {
      throw new UserException("There is a run \"" + name + "\" already: choose another name.");
    }
    return run;
  }

  private Path folderOf(String name) {
    String why = "\"" + name + "\" is not a valid name for a run: use letters and digits.";
    try {
      Path run = folder.resolve(name);
      if (name.isBlank() || !folder.normalize().equals(run.normalize().getParent())) {
        throw new UserException(why);
      }
      return run;
    } catch (InvalidPathException e) {
      throw new UserException(why, e);
    }
  }

  /** Puts a run that was stopped or interrupted at the end of its device's queue. */
  public synchronized void enqueue(Path run) {
    RunDirectory.pause(run, false);
    Launch.forget(run);
    Waiting.begin(run, Instant.now());
  }

  /** Takes a run out of the queue, or asks the process at work on it to stop. */
  public synchronized void stop(Path run) {
    Optional<ProcessHandle> starting = starting(run);
    Waiting.end(run);
    Launch.forget(run); // so that nobody starts it again
    if (RunDirectory.isRunning(run)) {
      RunDirectory.requestStop(run);
    } else {
      // One that is starting would forget a request from before its beginning.
      starting.ifPresent(ProcessHandle::destroy);
    }
  }

  /** The process of a run, which may not have its lock yet. */
  private Optional<ProcessHandle> starting(Path run) {
    return Optional.ofNullable(children.get(run))
        .filter(Process::isAlive)
        .map(Process::toHandle)
        .or(() -> Launch.of(run).process());
  }

  /**
   * The calling process trains a run from now on: the run waits no longer, and if somebody has
   * started this process by hand, no window starts another one when it ends.
   */
  public static void taken(Path run) {
    Waiting.end(run);
    if (Launch.of(run).pid() != ProcessHandle.current().pid()) {
      Launch.forget(run);
    }
  }

  /**
   * Moves a run with all that is in its folder to the trash.
   *
   * @throws UserException while it is being trained, or if it cannot be moved
   */
  public synchronized void delete(Path run) {
    if (RunDirectory.isRunning(run) || starting(run).isPresent()) {
      throw new UserException("Stop the run \"" + run.getFileName() + "\" before deleting it.");
    }
    Trash.move(run);
  }

  /**
   * Starts what may start; call it every second or so.
   *
   * @return what has happened to runs that nobody asked to end, in sentences; what stands in a
   *     run's way once, until it is something else or was gone
   */
  public synchronized List<String> tick() {
    List<String> happened = new ArrayList<>();
    Map<Path, String> now = new HashMap<>();
    List<String> busy = new ArrayList<>();
    List<Path> waiting = new ArrayList<>();
    for (Path run : runs()) {
      attempt(run, now, () -> happened.addAll(look(run, busy, waiting)));
    }
    waiting.sort(Comparator.comparing(Waiting::since));
    for (Path run : waiting) {
      String device = device(run);
      if (!busy.contains(device)) {
        busy.add(device);
        attempt(run, now, () -> start(run));
      }
    }
    Map<Path, String> before = troubles;
    now.forEach(
        (run, trouble) -> {
          if (!trouble.equals(before.get(run))) {
            happened.add(trouble);
          }
        });
    troubles = now;
    return happened;
  }

  /** No run stands in the others' way. */
  private static void attempt(Path run, Map<Path, String> troubles, Runnable work) {
    try {
      work.run();
    } catch (UserException e) {
      troubles.put(run, String.valueOf(e.getMessage()));
    }
  }

  /** What has happened to a run. */
  private List<String> look(Path run, List<String> busy, List<Path> waiting) {
    // A run stays in the queue until its process has its lock, so that it is never nowhere.
    if (RunDirectory.isRunning(run)) {
      Waiting.end(run);
      busy.add(device(run));
      return List.of();
    }
    if (starting(run).isPresent()) {
      busy.add(device(run));
      return List.of();
    }
    @Nullable Process ended = children.remove(run);
    Launch launch = Launch.of(run);
    List<String> happened =
        launch.isOver()
            ? ProcessReview.of(
                run, launch, new ProcessEnd(Optional.ofNullable(ended).map(Process::exitValue)))
            : List.of();
    if (Waiting.is(run) && RunStatus.of(run).state() != RunStatus.State.DAMAGED) {
      waiting.add(run);
    }
    return happened;
  }

  private List<Path> runs() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.filter(each -> Files.exists(each.resolve("specification.json"))).toList();
    } catch (IOException e) {
      throw new UserException("The folder " + folder + " cannot be listed.", e);
    }
  }

  private static String device(Path run) {
    List<String> words;
    try {
      words =
          RunDirectory.specification(run)
              .map(RunDirectory.Specification::arguments)
              .orElse(List.of());
    } catch (UserException e) {
      return CPU; // it is listed as damaged
    }
    for (String word : words) {
      if (word.startsWith(DEVICE + "=")) {
        return word.substring(DEVICE.length() + 1);
      }
    }
    int at = words.indexOf(DEVICE);
    return at >= 0 && at + 1 < words.size() ? words.get(at + 1) : CPU;
  }

  private void start(Path run) {
    int told = RunHistory.of(run).told();
    Launch.of(run).write(run); // where that fails, a process would be lost sight of
    try {
      Process child = launcher.start(run);
      children.put(run, child);
      Launch.of(run).by(child.toHandle(), told).write(run);
    } catch (IOException e) {
      Waiting.end(run);
      throw new UserException("The run \"" + run.getFileName() + "\" could not be started.", e);
    }
  }

  /** The run's model so far, if an epoch is done. */
  public static Optional<Path> model(Path run) {
    Path file = run.resolve("model.safetensors");
    return Files.exists(file) ? Optional.of(file) : Optional.empty();
  }
}
