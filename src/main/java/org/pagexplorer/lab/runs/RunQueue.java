package org.pagexplorer.lab.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pagexplorer.checkpoint.TextFile;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.Home;
import org.pagexplorer.run.RunDirectory;

/**
 * Runs that wait for their device, one at a time on each, as processes of their own that outlive
 * the window. All that it knows is on disk: another window, or the next one, sees the same queue.
 * Safe for several threads.
 */
public final class RunQueue {
  private static final String QUEUED = "queued";
  private static final String DEVICE = "--device";

  private final Path folder;
  private final Map<Path, Child> started = new HashMap<>();

  /** A process that was started here, and whether its run has left the queue. */
  private record Child(Process process, boolean dequeued) {}

  /**
   * @param folder of the runs' folders; need not exist
   */
  public RunQueue(Path folder) {
    this.folder = folder;
  }

  /** Where the runs are. */
  public Path folder() {
    return folder;
  }

  static boolean isQueued(Path run) {
    return Files.exists(run.resolve(QUEUED));
  }

  /**
   * Adds a run at the end of its device's queue.
   *
   * @param name its folder's name
   * @param arguments of {@code pag train}
   * @throws UserException if there is a run of that name, or the folder cannot be written
   */
  public synchronized Path add(String name, List<String> arguments) {
    Path run = folder.resolve(name);
    if (name.isBlank() || !folder.normalize().equals(run.normalize().getParent())) {
      throw new UserException("\"" + name + "\" is no name for a run: use letters and digits.");
    }
    if (Files.exists(run)) {
      throw new UserException("There is a run \"" + name + "\" already: choose another name.");
    }
    try (RunDirectory open = RunDirectory.open(run)) {
      open.specify(
          new RunDirectory.Specification(arguments, Path.of("").toAbsolutePath().toString()));
    }
    enqueue(run);
    return run;
  }

  /** Puts a run that was stopped or interrupted at the end of its device's queue. */
  public synchronized void enqueue(Path run) {
    RunDirectory.pause(run, false);
    write(run.resolve(QUEUED), Instant.now().toString());
  }

  private static void write(Path file, String text) {
    try {
      TextFile.write(file, text + "\n");
    } catch (IOException e) {
      throw new UserException(file + " cannot be written: is the disk full?", e);
    }
  }

  /** Takes a run out of the queue, or asks the process at work on it to stop. */
  public synchronized void stop(Path run) {
    dequeue(run);
    if (RunDirectory.isRunning(run)) {
      RunDirectory.requestStop(run);
    } else {
      // One that is starting would forget a request from before its beginning.
      starting(run).ifPresent(Process::destroy);
    }
  }

  /** The process of a run that may not have its lock yet. */
  private Optional<Process> starting(Path run) {
    return Optional.ofNullable(started.get(run)).map(Child::process).filter(Process::isAlive);
  }

  private static void dequeue(Path run) {
    try {
      Files.deleteIfExists(run.resolve(QUEUED));
    } catch (IOException e) {
      throw new UserException(run + " cannot be written; check its permissions.", e);
    }
  }

  /**
   * Deletes a run with all that is in its folder.
   *
   * @throws UserException while it is being trained, or if something cannot be deleted
   */
  public synchronized void delete(Path run) {
    if (RunDirectory.isRunning(run) || starting(run).isPresent()) {
      throw new UserException("Stop the run \"" + run.getFileName() + "\" before deleting it.");
    }
    try (Stream<Path> all = Files.walk(run)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UserException("Something in " + run + " could not be deleted.", e);
    }
  }

  /** Starts what may start; call it every second or so. */
  public synchronized void tick() {
    // A run stays in the queue until its process has its lock, so that it is never nowhere; only
    // once, since it may be put there again as soon as it has ended.
    started.replaceAll(
        (run, child) -> {
          boolean leaves = !child.process().isAlive() || RunDirectory.isRunning(run);
          if (leaves && !child.dequeued()) {
            dequeue(run);
          }
          return new Child(child.process(), child.dequeued() || leaves);
        });
    started.values().removeIf(child -> !child.process().isAlive());
    List<String> busy = new ArrayList<>();
    List<Path> waiting = new ArrayList<>();
    for (Path run : runs()) {
      if (RunDirectory.isRunning(run) || started.containsKey(run)) {
        busy.add(device(run));
      } else if (isQueued(run)) {
        waiting.add(run);
      }
    }
    waiting.sort(Comparator.comparing(RunQueue::since));
    for (Path run : waiting) {
      String device = device(run);
      if (!busy.contains(device)) {
        busy.add(device);
        start(run);
      }
    }
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

  private static String since(Path run) {
    try {
      return Files.readString(run.resolve(QUEUED));
    } catch (IOException e) {
      return ""; // taken out of the queue meanwhile
    }
  }

  private static String device(Path run) {
    List<String> words =
        RunDirectory.specification(run)
            .map(RunDirectory.Specification::arguments)
            .orElse(List.of());
    int at = words.indexOf(DEVICE);
    return at >= 0 && at + 1 < words.size() ? words.get(at + 1) : "cpu";
  }

  private void start(Path run) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:MaxDirectMemorySize=1g"));
    command.add("-Dpag.home=" + Home.installation());
    command.add("-Dpag.user=" + Home.user());
    command.add("-Dpag.torch.download=false"); // nobody could answer
    for (String own : List.of("pag.torch", "pag.natives")) {
      String value = System.getProperty(own);
      if (value != null) {
        command.add("-D" + own + '=' + value);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("org.pagexplorer.Main", "train", "--run-dir", run.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(run.resolve("log.txt").toFile()));
    try {
      started.put(run, new Child(builder.start(), false));
    } catch (IOException e) {
      dequeue(run);
      throw new UserException("The run \"" + run.getFileName() + "\" could not be started.", e);
    }
  }

  /** The last lines that a run printed; empty if it has printed nothing. */
  public static String log(Path run) {
    Path file = run.resolve("log.txt");
    if (!Files.exists(file)) {
      return "";
    }
    try {
      List<String> lines = Files.readAllLines(file);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 200), lines.size()));
    } catch (IOException e) {
      return "The log cannot be read: " + e.getMessage();
    }
  }

  /** The run's model so far, if an epoch is done. */
  public static Optional<Path> model(Path run) {
    Path file = run.resolve("model.safetensors");
    return Files.exists(file) ? Optional.of(file) : Optional.empty();
  }
}
