package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.run.RunDirectory;

/** With a real Slurm, where one runs; {@code .ci/slurm start} starts one on this machine. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class SlurmTest {
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(5);

  /** A process of few classes begins sooner without the better compiler. */
  private static final String QUICK_JAVA =
      "export JAVA_TOOL_OPTIONS='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'";

  @TempDir private Path folder;
  private Path images = Path.of("");

  @BeforeAll
  static void look() {
    boolean isThere =
        Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator, -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "sbatch")));
    assumeTrue(isThere, "There is no sbatch here: .ci/slurm start installs and starts Slurm.");
    assumeTrue(
        ask("sinfo", "--noheader", "--format=%T").matches("(?s)(idle|mixed|allocated).*"),
        "No node of Slurm's is up: .ci/slurm start starts one.");
  }

  @BeforeEach
  void draw() {
    images = Pag.dataset(folder.resolve("images"), 40);
  }

  private static String ask(String... words) {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return text;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long began = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - began < PATIENCE, what);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /**
   * What is requeued waits for two minutes, but for whoever says otherwise; not in this second. It
   * is said again as long as it waits: a task that had not quite ended is given its two minutes
   * again.
   */
  private static void hurry(String task, String what, BooleanSupplier condition)
      throws InterruptedException {
    long[] next = {System.nanoTime()};
    await(
        what,
        () -> {
          if (System.nanoTime() - next[0] >= 0) {
            String reason = ask("squeue", "--noheader", "--jobs=" + task, "--format=%r");
            boolean isWaiting = reason.contains("BeginTime");
            if (isWaiting) {
              ask("scontrol", "update", "JobId=" + task, "StartTime=now+2");
            }
            next[0] = System.nanoTime() + TimeUnit.SECONDS.toNanos(isWaiting ? 10 : 1);
          }
          return condition.getAsBoolean();
        });
  }

  private static boolean isResumed(Path run) {
    return RunDirectory.events(run).stream()
        .anyMatch(event -> event.get("event").getAsString().equals("resumed"));
  }

  /** A teacher, its two students, two of Class Mean, and Vanilla. */
  private Pag sweep(Path to, Object... more) {
    List<Object> words = new ArrayList<>();
    String table = "paper/cifar10/";
    String recipes =
        "%steacher-l2,%srigd-l2,%sclass-mean,%svanilla".formatted(table, table, table, table);
    words.addAll(List.of("train", "--recipe", recipes, "--lambda", "0.1,0.4"));
    words.addAll(List.of("--dataset", images, "--width", 2, "--epochs", 3));
    words.addAll(List.of("--batch", 20, "--targets-per-step", 2, "--steps", 2, "--threads", 1));
    words.addAll(List.of("--test-images", 10, "--run-dir", to));
    words.addAll(List.of(more));
    return Pag.run(words.toArray());
  }

  private static boolean isFinished(Path run) {
    return RunStatus.of(run).state() == RunStatus.State.FINISHED;
  }

  /** A run's task of Slurm's, as {@code 12_3}. */
  private static String task(Path run) {
    String place = RunDirectory.events(run).getFirst().get("place").getAsString();
    assertTrue(place.matches("\\S+, job \\d+"), place);
    String job = place.substring(place.lastIndexOf(' ') + 1);
    return ask("squeue", "--noheader", "--array", "--format=%A %F_%K")
        .lines()
        .filter(line -> line.startsWith(job + " ")) // the first one's number is the array's, too
        .map(line -> line.substring(job.length()).strip())
        .findFirst()
        .orElseThrow();
  }

  /** Interrupts a run once it has an epoch; it waits for that, lest it be too quick. */
  private static Callable<?> interrupted(Path run, Consumer<String> how, boolean isRequeued) {
    return () -> {
      await("an epoch of " + run, () -> !RunStatus.of(run).reports().isEmpty());
      RunDirectory.pause(run, true);
      String task = task(run);
      how.accept(task);
      await("the end of " + run, () -> !RunDirectory.isRunning(run));
      assertFalse(isFinished(run), run + " was too quick");
      RunDirectory.pause(run, false);
      if (isRequeued) {
        hurry(task, run + " has gone on", () -> isResumed(run));
      } else { // refused while it is queued
        await("its job's end", () -> Pag.run("runs", "--resume", run).code() == 0);
        await(run + " has gone on", () -> isResumed(run));
      }
      return run;
    };
  }

  private static void kill(String end) {
    ProcessHandle.allProcesses()
        .filter(each -> line(each).endsWith(end))
        .forEach(ProcessHandle::destroyForcibly);
  }

  /** Java itself cuts long ones off. */
  private static String line(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
    } catch (IOException e) {
      return ""; // gone, or another user's
    }
  }

  /** A student is cancelled by a signal, one requeued, their teacher killed; one is out of time. */
  @Test
  void aSweepThatIsKilledAndRequeuedHasTheWeightsOfOneWithoutSlurm() throws Exception {
    Path on = folder.resolve("on slurm");
    Pag pag = sweep(on, "--on", "slurm", "--cpus", 1, "--time", "10", "--prologue", QUICK_JAVA);
    assertEquals(0, pag.code(), pag.err());
    Path teacher = on.resolve("teacher-l2");
    List<Callable<?>> interruptions =
        List.of(
            interrupted(
                on.resolve("rigd-l2_lambda-0.1"),
                task -> ask("scancel", "--signal=KILL", task),
                false),
            interrupted(
                on.resolve("rigd-l2_lambda-0.4"), task -> ask("scontrol", "requeue", task), true),
            interrupted(teacher, task -> kill("train\0--run-dir\0" + teacher + "\0"), true),
            interrupted( // as two minutes before the end
                on.resolve("vanilla"),
                task -> ask("scancel", "--batch", "--signal=USR1", task),
                true));
    Path without = folder.resolve("without");
    try (ExecutorService watchers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> begun = new ArrayList<>();
      interruptions.forEach(each -> begun.add(watchers.submit(each)));
      assertEquals(0, sweep(without).code());
      for (Future<?> interruption : begun) {
        interruption.get();
      }
    }
    List<RunStatus> runs = RunStatus.in(without);
    assertEquals(6, runs.size());
    for (RunStatus run : runs) {
      Path same = on.resolve(run.name());
      await(same + " finished", () -> isFinished(same));
      assertEquals(
          CheckpointFiles.read(run.folder().resolve("model.safetensors")).tensors(),
          CheckpointFiles.read(same.resolve("model.safetensors")).tensors(),
          run.name());
    }
  }

  /** Of 200 images in 5 chunks; the job that merges is killed as it begins. */
  @Test
  void anEvaluationInChunksIsThatOfOneProcess() throws Exception {
    Path many = Pag.dataset(folder.resolve("many"), 200);
    Path model = Pag.model(folder.resolve("m.safetensors"), 1);
    Path chunks = folder.resolve("chunks");
    List<Object> line =
        new ArrayList<>(List.of("evaluate", "--model", model, "--dataset", many, "--json"));
    line.addAll(List.of("--steps", 3, "--batch", 20, "--threads", 1));
    Pag whole = Pag.run(line.toArray());
    line.addAll(List.of("--chunks", 5, "--run-dir", chunks, "--on", "slurm", "--cpus", 1));
    line.addAll(List.of("--prologue", QUICK_JAVA));
    Pag submitted = Pag.run(line.toArray());
    assertEquals(0, submitted.code(), submitted.err());
    String merging = submitted.json().getAsJsonArray("jobs").get(1).getAsString() + "_0";
    Path again = chunks.resolve("slurm").resolve(merging + ".killed");
    await(
        "it is killed",
        () -> {
          kill("--chunks\0005\0--run-dir\0" + chunks + "\0");
          return Files.exists(again);
        });
    Path results = chunks.resolve("results.txt");
    hurry(merging, "the table", () -> Files.exists(results));
    assertEquals(whole.out(), Files.readString(results));
    for (int k = 1; k <= 5; k++) {
      assertTrue(Files.exists(chunks.resolve("chunk-%04d-of-0005.json".formatted(k))));
    }
  }
}
