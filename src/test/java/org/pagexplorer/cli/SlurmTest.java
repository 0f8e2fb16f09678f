package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

  @TempDir private Path folder;
  private Path images = Path.of("");

  @BeforeAll
  static void look() throws Exception {
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
    images = Pag.dataset(folder.resolve("images"), 60);
  }

  private static String ask(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long began = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - began < PATIENCE, what);
      Thread.sleep(30);
    }
  }

  /** What is requeued waits for two minutes, but for whoever says otherwise. */
  private static void hurry(String task, Path run) throws Exception {
    long began = System.nanoTime();
    while (!isResumed(run)) {
      assertTrue(System.nanoTime() - began < PATIENCE, task + " is not queued again");
      if (ask("squeue", "--noheader", "--jobs=" + task, "--format=%r").contains("BeginTime")) {
        ask("scontrol", "update", "JobId=" + task, "StartTime=now");
      }
      TimeUnit.MILLISECONDS.sleep(300);
    }
  }

  private static boolean isResumed(Path run) {
    return RunDirectory.events(run).stream()
        .anyMatch(event -> event.get("event").getAsString().equals("resumed"));
  }

  private Pag sweep(Path to, Object... more) {
    List<Object> words = new ArrayList<>();
    String table = "paper/cifar10/";
    String recipes = table + "class-mean," + table + "teacher-l2," + table + "rigd-l2";
    words.addAll(List.of("train", "--recipe", recipes));
    words.addAll(List.of("--seed", "1,2", "--dataset", images, "--width", 2, "--epochs", 24));
    words.addAll(List.of("--batch", 20, "--targets-per-step", 2, "--steps", 2, "--threads", 1));
    words.addAll(List.of("--test-images", 10, "--run-dir", to));
    words.addAll(List.of(more));
    return Pag.run(words.toArray());
  }

  private static boolean isFinished(Path run) {
    return RunStatus.of(run).state() == RunStatus.State.FINISHED;
  }

  private static boolean hasEpoch(Path run) {
    assertTrue(!isFinished(run), run + " was too quick");
    return !RunStatus.of(run).reports().isEmpty();
  }

  /** Each run is watched by itself, so that none ends while another is awaited. */
  private static Callable<?> afterAnEpoch(Path run, Callable<?> interrupt) {
    return () -> {
      await("an epoch of " + run, () -> hasEpoch(run));
      return interrupt.call();
    };
  }

  private static ProcessHandle process(Path run) {
    String words = "train\0--run-dir\0" + run + "\0";
    return ProcessHandle.allProcesses()
        .filter(each -> line(each).endsWith(words))
        .findFirst()
        .orElseThrow();
  }

  /** Java itself cuts long ones off. */
  private static String line(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
    } catch (IOException e) {
      return ""; // gone, or another user's
    }
  }

  /** One is cancelled by a signal, one requeued, one killed, and the time of one is over. */
  @Test
  void aSweepThatIsKilledAndRequeuedHasTheWeightsOfOneWithoutSlurm() throws Exception {
    Path on = folder.resolve("on slurm");
    Pag pag = sweep(on, "--on", "slurm", "--cpus", 1, "--time", "10");
    assertEquals(0, pag.code(), pag.err());
    String job = pag.out().replaceFirst("(?s)Submitted 4 runs as job (\\d+).*", "$1");
    Path cancelled = on.resolve("class-mean_seed-1");
    Path requeued = on.resolve("class-mean_seed-2");
    Path killed = on.resolve("teacher-l2_seed-1");
    Path overtime = on.resolve("teacher-l2_seed-2");
    try (ExecutorService watchers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> interruptions =
          List.of(
              watchers.submit(
                  afterAnEpoch(cancelled, () -> ask("scancel", "--signal=KILL", job + "_0"))),
              watchers.submit(afterAnEpoch(requeued, () -> ask("scontrol", "requeue", job + "_1"))),
              watchers.submit(afterAnEpoch(killed, () -> process(killed).destroyForcibly())),
              watchers.submit( // as two minutes before the end
                  afterAnEpoch(
                      overtime, () -> ask("scancel", "--batch", "--signal=USR1", job + "_3"))));
      for (Future<?> interruption : interruptions) {
        interruption.get();
      }
    }
    await(
        "the cancelled job's end",
        () -> Pag.run("runs", "--resume", cancelled).code() == 0); // refused while it is queued
    Path without = folder.resolve("without");
    assertEquals(0, sweep(without).code());
    hurry(job + "_1", requeued);
    hurry(job + "_2", killed);
    hurry(job + "_3", overtime);
    for (RunStatus run : RunStatus.in(without)) {
      Path same = on.resolve(run.name());
      await(same + " finished", () -> isFinished(same));
      assertEquals(
          CheckpointFiles.read(run.folder().resolve("model.safetensors")).tensors(),
          CheckpointFiles.read(same.resolve("model.safetensors")).tensors(),
          run.name());
    }
    for (Path interrupted : List.of(cancelled, requeued, killed, overtime)) {
      assertTrue(isResumed(interrupted), interrupted + " was not interrupted");
    }
    String place = RunDirectory.events(killed).getFirst().get("place").getAsString();
    assertTrue(place.matches("\\S+, job \\d+"), place);
  }

  @Test
  void anEvaluationInChunksIsThatOfOneProcess() throws Exception {
    Path model = Pag.model(folder.resolve("m.safetensors"), 1);
    Path chunks = folder.resolve("chunks");
    List<Object> line =
        new ArrayList<>(List.of("evaluate", "--model", model, "--dataset", images, "--json"));
    line.addAll(List.of("--steps", 3, "--batch", 20, "--threads", 1));
    Pag whole = Pag.run(line.toArray());
    line.addAll(List.of("--chunks", 3, "--run-dir", chunks, "--on", "slurm", "--cpus", 1));
    Pag submitted = Pag.run(line.toArray());
    assertEquals(0, submitted.code(), submitted.err());
    Path results = chunks.resolve("results.txt");
    await("the table", () -> Files.exists(results));
    assertEquals(whole.out(), Files.readString(results));
    for (int k = 1; k <= 3; k++) {
      assertTrue(Files.exists(chunks.resolve("chunk-%04d-of-0003.json".formatted(k))));
    }
  }
}
