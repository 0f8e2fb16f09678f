package org.pagexplorer.lab.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.catalogue.ModelFiles;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard.Measurement;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.engine.Trainer;
import org.pagexplorer.files.ThreadCost;
import org.pagexplorer.run.RunDirectory;
import org.pagexplorer.run.RunHistory;
import org.pagexplorer.run.TrainingObserver;
import org.pagexplorer.run.TrainingObserver.EpochReport;

/**
 * A good run's folder, damaged at random: each look at it succeeds or is refused in one sentence.
 * Longer by hand: {@code ./mvnw test -Dtest=RunFuzzTest -Dpag.fuzz=100000}.
 */
class RunFuzzTest {
  private static final int ROUNDS = Integer.getInteger("pag.fuzz", 600);
  private static final long PATIENCE_NANOSECONDS = 5_000_000_000L;
  private static final Architecture TINY = Architecture.mlp(2, new InputShape(2, 1, 1), 2);
  private static final Pattern VALUE =
      Pattern.compile("\"[^\"]*\"|-?\\d+(\\.\\d+)?|\\[[^\\[\\]]*\\]|\\{[^{}]*\\}");
  private static final List<String> VALUES =
      List.of(
          "null",
          "\"\"",
          "[]",
          "{}",
          "-1",
          "0",
          "1e999999999",
          "NaN",
          "Infinity",
          "true",
          "[null]",
          "99999999999999999999",
          "2147483647",
          "\"\\u0000\"",
          "\"finished\"",
          "[[[[[[[[[[]]]]]]]]]]");

  @TempDir private Path folder;
  private Path run = Path.of("");
  private final SequencedMap<Path, byte[]> good = new LinkedHashMap<>();

  @BeforeEach
  void train() throws IOException {
    run = folder.resolve("run");
    SequencedMap<String, Tensor> weights = Initialization.of(TINY, 1);
    try (RunDirectory open = RunDirectory.open(run)) {
      open.specify(
          new RunDirectory.Specification(List.of("--method", "vanilla", "--device", "cpu"), "/"));
      open.event("started", Map.of("method", "vanilla", "epochs", 3, "device", "cpu"));
      open.keep(
          new Trainer.State(weights, List.copyOf(weights.values()), 7),
          new EpochReport(1, 2.5, 0.25, 0.5, 0.75, 100, 3));
      open.event("stopped", Map.of());
      open.event("resumed", Map.of("method", "vanilla", "epochs", 3));
      open.event("failed", Map.of("reason", "The disk is full."));
      open.event(
          "finished", Map.of("measurements", List.of(new Measurement("clean", "none", 0.5, 4))));
      open.progress(new TrainingObserver.Progress(2, 3, 0.5, 1, 0, 0.5, 10, 3));
    }
    Files.createDirectories(RunDirectory.probe(run, 1).getParent());
    ImageFiles.writePng(
        RunDirectory.probe(run, 1),
        new BufferedImage(6, 3 * Probe.ROWS, BufferedImage.TYPE_INT_RGB));
    new Launch(Long.MAX_VALUE, 5, 1, 1, 1, "was killed").write(run);
    Files.writeString(run.resolve("queued"), "2026-11-27T10:00:00Z\n");
    Files.writeString(run.resolve("log.txt"), "epoch 1 …\n");
    Files.copy(run.resolve("state.safetensors"), run.resolve("model.safetensors"));
    try (var files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        good.put(file, Files.readAllBytes(file));
      }
    }
  }

  @Test
  void damagedRunsAreReadOrRefused() throws IOException {
    int damaged = 0;
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      SplittableRandom random = new SplittableRandom(round);
      damage(random);
      if (RunStatus.of(run).state() == RunStatus.State.DAMAGED) {
        damaged++;
      } else {
        read++;
      }
      survives("round " + round);
    }
    assertTrue(damaged > ROUNDS / 20 && read > ROUNDS / 4, damaged + " damaged, " + read + " read");
  }

  /** One or two of its files; the others are as they were. */
  private void damage(SplittableRandom random) throws IOException {
    List<Path> files = new ArrayList<>(good.sequencedKeySet());
    for (Path file : files) {
      if (Files.isDirectory(file)) {
        Files.delete(file);
      }
      Files.write(file, bytes(file));
    }
    for (int i = 0; i <= random.nextInt(2); i++) {
      Path file = files.get(random.nextInt(files.size()));
      switch (random.nextInt(12)) {
        case 0 -> Files.deleteIfExists(file);
        case 1 -> {
          Files.deleteIfExists(file);
          Files.createDirectory(file);
        }
        default -> {
          byte[] now = bytes(file);
          for (int times = 0; times <= random.nextInt(3); times++) {
            now = damaged(now, random);
          }
          if (Files.isRegularFile(file)) {
            Files.write(file, now);
          }
        }
      }
    }
  }

  private byte[] bytes(Path file) {
    return Objects.requireNonNull(good.get(file));
  }

  private static byte[] damaged(byte[] good, SplittableRandom random) {
    if (good.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    int at = random.nextInt(good.length);
    byte[] bytes = good.clone();
    return switch (random.nextInt(5)) {
      case 0 -> {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        yield bytes;
      }
      case 1 -> Arrays.copyOf(bytes, at);
      case 2 -> {
        bytes[at] = (byte) random.nextInt(256);
        yield bytes;
      }
      default -> otherValue(bytes, random);
    };
  }

  /** Another JSON value in the place of one of them. */
  private static byte[] otherValue(byte[] bytes, SplittableRandom random) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Matcher matcher = VALUE.matcher(text);
    List<int[]> places = new ArrayList<>();
    while (matcher.find()) {
      places.add(new int[] {matcher.start(), matcher.end()});
    }
    if (places.isEmpty()) {
      return new byte[0];
    }
    int[] place = places.get(random.nextInt(places.size()));
    String value = VALUES.get(random.nextInt(VALUES.size()));
    return (text.substring(0, place[0]) + value + text.substring(place[1]))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private interface Look {
    void look() throws IOException;
  }

  /** All that the window, the queue and the commands ask of a run's folder. */
  private void survives(String round) {
    boolean isRun = Files.exists(run.resolve("specification.json"));
    RunQueue looking =
        new RunQueue(
            folder,
            started -> {
              throw new IOException("whatever it would start is not started here");
            });
    List<Look> looks =
        List.of(
            () -> assertEquals(isRun ? 1 : 0, RunStatus.in(folder).size()),
            () -> looking.tick().forEach(sentence -> check(sentence, round)),
            () -> RunHistory.of(run).done(),
            () -> RunDirectory.specification(run),
            () -> RunDirectory.latestProgress(run),
            () -> new LogTail(run).read(),
            () -> Probe.read(run, 1),
            () -> Probe.epochs(run, 3),
            () -> ModelFiles.readCard(run.resolve("model.safetensors")),
            () -> {
              try (RunDirectory open = RunDirectory.open(run)) {
                var _ = open.resumption(TINY);
              }
            });
    for (int i = 0; i < looks.size(); i++) {
      String which = round + ", look " + i;
      ThreadCost before = ThreadCost.now();
      try {
        looks.get(i).look();
      } catch (UserException e) {
        check(String.valueOf(e.getMessage()), which);
      } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError(which, e);
      }
      assertTrue(before.since().nanoseconds() < PATIENCE_NANOSECONDS, which);
    }
  }

  private static void check(String sentence, String which) {
    assertEquals(1, sentence.lines().count(), which + ": " + sentence);
    assertTrue(sentence.endsWith(".") || sentence.endsWith("?"), which + ": " + sentence);
    assertTrue(sentence.length() < 1000, which + ": " + sentence);
  }
}
