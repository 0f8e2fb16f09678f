package org.pagexplorer.lab.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One child process of {@link Stress}, from its beginning to its end. */
final class StressProcess {
  private static final int SIGNALS_FROM = 128;
  private static final Map<Integer, String> SIGNALS =
      Map.of(4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV");

  private final Process process;
  private final AtomicLong heard = new AtomicLong(System.nanoTime());
  private final AtomicBoolean silent = new AtomicBoolean();
  private int done;
  private @Nullable String primitive;
  private @Nullable String frame;
  private @Nullable String said;
  private boolean began;
  private boolean frameIsNext;

  /**
   * How one ended.
   *
   * @param began whether it took up a case at all
   * @param done cases that were computed
   * @param code the exit code; above 128 a signal
   * @param hung whether it was ended for its silence
   * @param primitive oneDNN's last line, where it was asked to write them
   * @param frame where the Java machine saw the signal
   * @param said the last other line
   */
  record End(
      boolean began,
      int done,
      int code,
      boolean hung,
      Optional<String> primitive,
      Optional<String> frame,
      Optional<String> said) {

    boolean isWell() {
      return code == 0;
    }

    String how() {
      if (hung) {
        return "did not end";
      }
      return code > SIGNALS_FROM
          ? SIGNALS.getOrDefault(code - SIGNALS_FROM, "signal " + (code - SIGNALS_FROM))
          : "exit code " + code + said.map(line -> ": " + line).orElse("");
    }
  }

  private StressProcess(Process process) {
    this.process = process;
  }

  /**
   * Runs one until it ends, or until it has been silent for too long.
   *
   * @param environment besides this process's own
   * @param lines what it is to do
   */
  static End run(
      List<String> command,
      Map<String, String> environment,
      List<String> lines,
      Duration patience) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      return new StressProcess(builder.start()).attend(lines, patience);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private End attend(List<String> lines, Duration patience) throws IOException {
    Thread ending = new Thread(process::destroyForcibly, "stress-end");
    Runtime.getRuntime().addShutdownHook(ending);
    try (ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        ExecutorService writer = Executors.newVirtualThreadPerTaskExecutor()) {
      var _ = watch.scheduleWithFixedDelay(() -> endIfSilent(patience), 1, 1, TimeUnit.SECONDS);
      var _ = writer.submit(() -> tell(lines));
      try (BufferedReader out = process.inputReader()) {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          hear(line);
        }
      }
      int code = process.waitFor();
      watch.shutdownNow();
      return new End(
          began,
          done,
          code,
          silent.get(),
          Optional.ofNullable(primitive),
          Optional.ofNullable(frame),
          Optional.ofNullable(said));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      process.destroyForcibly();
      forget(ending);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process is ending at this moment, and the hook does what it is for.
    }
  }

  private void tell(List<String> lines) {
    try (Writer in = process.outputWriter()) {
      in.write(String.join("\n", lines) + "\n");
    } catch (IOException e) {
      // It has ended already; its exit code says how.
    }
  }

  private void endIfSilent(Duration patience) {
    if (System.nanoTime() - heard.get() > patience.toNanos()) {
      silent.set(true);
      process.destroyForcibly();
    }
  }

  /** Only a case that begins or ends is a sign of life; a crash report is long. */
  private void hear(String line) {
    if (line.startsWith(StressChild.BEGIN)) {
      began = true;
      heard.set(System.nanoTime());
    } else if (line.equals(StressChild.DONE)) {
      heard.set(System.nanoTime());
      done++;
    } else if (line.startsWith("onednn_verbose") && line.contains(",primitive,")) {
      primitive = line;
    } else if (line.equals("# Problematic frame:")) {
      frameIsNext = true;
    } else if (frameIsNext) {
      frame = line.replaceFirst("^# *", "");
      frameIsNext = false;
    } else if (!line.isBlank() && frame == null) {
      said = line;
    }
  }
}
