package org.pagexplorer.ui.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.runs.RunCommand;

/**
 * Measures how long one waits for the window: starts it several times as a process of its own, as
 * {@code packaging/pag} does, and takes the time of what it says ({@link WindowProbe}).
 */
final class StartBench {
  /** A window whose process goes on although it has said its last is not waited for longer. */
  private static final long PATIENCE_SECONDS = 30;

  private static final String GONE = "gone";

  private StartBench() {}

  /**
   * What a window said and when.
   *
   * @param seconds since its process was started
   * @param processor seconds that all its threads had worked by then
   */
  record Event(String word, double seconds, double processor) {}

  /** Starts the window so often, one after the other, and says what was measured. */
  static List<String> run(int rounds) {
    List<List<Event>> all = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      all.add(open());
    }
    List<String> lines = new ArrayList<>(report(all));
    if (!hasArchive()) {
      lines.add(
          "  These starts had no archive of classes (target/pag.jsa), which packaging/pag makes a"
              + " minute after its first window and which halves the later ones' time.");
    }
    return lines;
  }

  private static List<String> command() {
    List<String> options =
        new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-D" + WindowProbe.PROPERTY + "=true"));
    if (hasArchive()) {
      Path archive = archive();
      options.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable"));
    }
    List<String> command = new ArrayList<>(RunCommand.program(options));
    command.add(PagApplication.FRESH);
    return command;
  }

  /** What {@code packaging/pag} makes a minute after the first start: later ones take half. */
  private static Path archive() {
    return Home.installation().resolve("target/pag.jsa");
  }

  private static boolean hasArchive() {
    return Files.isRegularFile(archive());
  }

  private static List<Event> open() {
    try {
      long began = System.nanoTime();
      Process process =
          new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      List<Event> events = new ArrayList<>();
      try (BufferedReader said = process.inputReader(UTF_8)) {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
          events.add(event(line, began, process));
        }
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || events.isEmpty()) {
          throw new UserException(
              "The window to be measured could not be opened: is there a display?");
        }
      } finally {
        process.destroyForcibly();
      }
      events.add(event(GONE, began, process));
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Event event(String word, long began, Process process) {
    double seconds = (System.nanoTime() - began) / 1e9;
    Duration worked = process.info().totalCpuDuration().orElse(Duration.ZERO);
    return new Event(word, seconds, worked.toNanos() / 1e9);
  }

  // --- What is said of it

  static List<String> report(List<List<Event>> rounds) {
    double step = median(of(rounds, StartBench::steps));
    return List.of(
        "Opening the window, %d times (median, and range; the aims are for two quiet cores)"
            .formatted(rounds.size()),
        line("start to painted outlines", of(rounds, r -> since(r, "", WindowProbe.SHELL)), 0),
        line("start to painted window", of(rounds, r -> since(r, "", WindowProbe.PAINTED)), 1500)
            + processor(rounds, WindowProbe.PAINTED),
        line("start to first pictures", of(rounds, r -> since(r, "", WindowProbe.PICTURES)), 4000)
            + processor(rounds, WindowProbe.PICTURES),
        line("one step of the grid's attack", of(rounds, StartBench::steps), 0),
        line(
            "slider to first new picture",
            of(rounds, StartBench::answers),
            step == 0 ? 0 : step + 50),
        line(
            "close to gone from the screen",
            of(rounds, r -> since(r, WindowProbe.CLOSING, WindowProbe.HIDDEN)),
            300),
        line(
            "close to end of the process",
            of(rounds, r -> since(r, WindowProbe.CLOSING, GONE)),
            0));
  }

  private static List<Double> of(
      List<List<Event>> rounds, Function<List<Event>, Stream<Double>> measure) {
    return rounds.stream().flatMap(measure).sorted().toList();
  }

  /** Milliseconds from one word, or from the start, to the first of another. */
  private static Stream<Double> since(List<Event> round, String from, String to) {
    Stream<Double> begin = from.isEmpty() ? Stream.of(0.0) : first(round, from).map(Event::seconds);
    return begin.flatMap(b -> first(round, to).map(event -> (event.seconds() - b) * 1000));
  }

  private static Stream<Event> first(List<Event> round, String word) {
    return round.stream().filter(event -> event.word().equals(word)).limit(1);
  }

  /** Milliseconds from every move of the slider to its answer. */
  private static Stream<Double> answers(List<Event> round) {
    return pairs(round, WindowProbe.MOVED, WindowProbe.ANSWERED)
        .map(pair -> (pair.getLast().seconds() - pair.getFirst().seconds()) * 1000);
  }

  /** Milliseconds that a step takes while a grid is attacked, after its first. */
  private static Stream<Double> steps(List<Event> round) {
    return pairs(round, WindowProbe.ANSWERED, WindowProbe.STEPPED)
        .map(
            pair -> {
              String count = pair.getLast().word().substring(WindowProbe.STEPPED.length()).strip();
              double seconds = pair.getLast().seconds() - pair.getFirst().seconds();
              return seconds * 1000 / Integer.parseInt(count);
            });
  }

  /** Every event of one kind with the next one, where that is of another. */
  private static Stream<List<Event>> pairs(List<Event> round, String from, String to) {
    List<Event> events =
        round.stream().filter(e -> e.word().equals(from) || e.word().startsWith(to)).toList();
    return Stream.iterate(0, i -> i + 1 < events.size(), i -> i + 1)
        .map(i -> events.subList(i, i + 2))
        .filter(p -> p.getFirst().word().equals(from) && p.getLast().word().startsWith(to));
  }

  private static String line(String what, List<Double> millis, double aim) {
    if (millis.isEmpty()) {
      return String.format(Locale.ROOT, "  %-31s not reached", what);
    }
    String words =
        String.format(
            Locale.ROOT,
            "  %-31s %6.0f ms (%.0f to %.0f)",
            what,
            median(millis),
            millis.getFirst(),
            millis.getLast());
    return aim == 0 ? words : words + String.format(Locale.ROOT, ", aim %.0f", aim);
  }

  /** Whatever else the machine does. */
  private static String processor(List<List<Event>> rounds, String word) {
    List<Double> seconds = of(rounds, r -> first(r, word).map(Event::processor));
    return seconds.isEmpty()
        ? ""
        : String.format(Locale.ROOT, "; %.1f s of processor time", median(seconds));
  }

  private static double median(List<Double> sorted) {
    int half = sorted.size() / 2;
    if (sorted.isEmpty()) {
      return 0;
    }
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
