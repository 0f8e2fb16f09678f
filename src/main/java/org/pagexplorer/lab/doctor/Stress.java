package org.pagexplorer.lab.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.pagexplorer.domain.UserException;

/**
 * Tries every convolution of every network, and training steps, in child processes whose memory is
 * watched: one process after the other, each with a time limit.
 */
public final class Stress {
  private final List<StressSetting> settings;
  private final List<Integer> widths;
  private final Options options;
  private final Function<StressSetting, List<String>> command;

  /**
   * What bounds it.
   *
   * @param time no process is started after it
   * @param casesInAProcess 1 tries each alone, which is thorough and slow
   * @param patience how long one case may take
   */
  public record Options(Duration time, int casesInAProcess, Duration patience) {}

  /**
   * A case that ended its process.
   *
   * @param line the case
   * @param how the signal or exit code, in words
   * @param again whether it did so again alone
   * @param primitive oneDNN's last line before the end, where it was seen again
   * @param frame where the Java machine saw the end, if it did
   */
  public record Death(
      StressSetting setting,
      String line,
      String how,
      boolean again,
      Optional<String> primitive,
      Optional<String> frame) {}

  /**
   * What was found.
   *
   * @param tried cases, once a setting
   * @param all how many there are
   * @param processes that ran
   */
  public record Report(int tried, int all, int processes, Duration took, List<Death> deaths) {}

  /** The cases of a width in a setting. */
  private record Block(StressSetting setting, List<String> lines) {}

  private int tried;
  private int processes;
  private final List<Death> deaths = new ArrayList<>();

  /** Of this program, on a device. */
  public Stress(
      String device, List<StressSetting> settings, List<Integer> widths, Options options) {
    this(settings, widths, options, setting -> StressChild.command(device, setting.threads()));
  }

  /**
   * @param command what runs as a child in a setting
   */
  Stress(
      List<StressSetting> settings,
      List<Integer> widths,
      Options options,
      Function<StressSetting, List<String>> command) {
    this.settings = settings;
    this.widths = widths;
    this.options = options;
    this.command = command;
  }

  /**
   * Runs until all is tried or the time is over.
   *
   * @throws UserException if a child cannot even begin
   * @param batch images at once
   * @param progress is told what is tried now, in words
   */
  public Report run(int batch, Consumer<String> progress) {
    return run(blocks(batch), progress);
  }

  private List<Block> blocks(int batch) {
    List<Block> blocks = new ArrayList<>();
    for (int width : widths) {
      List<String> lines = StressCase.all(width, batch).stream().map(StressCase::line).toList();
      settings.forEach(setting -> blocks.add(new Block(setting, lines)));
    }
    return blocks;
  }

  private Report run(List<Block> blocks, Consumer<String> progress) {
    Instant began = Instant.now();
    int all = blocks.stream().mapToInt(block -> block.lines().size()).sum();
    for (Block block : blocks) {
      int at = 0;
      while (at < block.lines().size() && isTime(began)) {
        int end = Math.min(block.lines().size(), at + options.casesInAProcess());
        progress.accept(
            tried + " of " + all + ": " + block.setting() + ": " + block.lines().get(at));
        at += tryOut(block.setting(), block.lines().subList(at, end));
      }
    }
    return new Report(
        tried, all, processes, Duration.between(began, Instant.now()), List.copyOf(deaths));
  }

  /** The cases of one test of this harness, without time limit. */
  Report run(StressSetting setting, List<String> lines) {
    return run(List.of(new Block(setting, lines)), text -> {});
  }

  private boolean isTime(Instant began) {
    return Duration.between(began, Instant.now()).compareTo(options.time()) < 0;
  }

  /** One process; how many of the cases are done with, the deadly one included. */
  private int tryOut(StressSetting setting, List<String> lines) {
    StressProcess.End end = start(setting, lines, false);
    if (!end.began()) {
      throw new UserException(
          "A child process could not start ("
              + end.said().orElse(end.how())
              + "); pag doctor shows what may be wrong.");
    }
    int done = Math.min(lines.size(), end.done() + (end.isWell() ? 0 : 1));
    tried += done;
    if (!end.isWell()) {
      String deadly = lines.get(Math.min(end.done(), lines.size() - 1));
      StressProcess.End alone = start(setting, List.of(deadly), true);
      // Damage may be done by an earlier case than the one that dies of it.
      StressProcess.End seen =
          alone.isWell() ? start(setting, lines.subList(0, Math.max(1, done)), true) : alone;
      deaths.add(
          new Death(
              setting,
              deadly,
              end.how(),
              !alone.isWell(),
              seen.isWell() ? Optional.empty() : seen.primitive(),
              seen.isWell() ? end.frame() : seen.frame()));
    }
    return Math.max(1, done);
  }

  private StressProcess.End start(StressSetting setting, List<String> lines, boolean verbose) {
    processes++;
    return StressProcess.run(
        command.apply(setting), setting.environment(verbose), lines, options.patience());
  }
}
