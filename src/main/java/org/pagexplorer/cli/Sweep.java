package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.UserPath;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.run.RunDirectory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Trainings one after the other, where {@code pag train} is given lists of values. */
final class Sweep {
  private Sweep() {}

  /**
   * Runs {@code pag train}, once or once for each combination of values, each in a folder of its
   * own within {@code --run-dir}; what is finished there is not trained again.
   *
   * @param words what follows {@code train}
   */
  static int run(CommandLine commandLine, List<String> words) {
    CommandSpec train =
        Objects.requireNonNull(commandLine.getSubcommands().get("train")).getCommandSpec();
    try {
      if (SlurmSweep.isAsked(words) && !words.contains("--help")) {
        return SlurmSweep.run(train.commandLine(), words);
      }
      SequencedMap<String, List<String>> runs = SweepRuns.of(words).runs();
      return runs.size() == 1
          ? execute(commandLine, runs.firstEntry().getValue())
          : sweep(commandLine, train, runs);
    } catch (CommandLine.ParameterException e) {
      return Refusals.wrongCommandLine(e, words.toArray(String[]::new));
    } catch (UserException | IllegalArgumentException e) {
      return Refusals.failed(e, train.commandLine(), null);
    }
  }

  private static int sweep(
      CommandLine commandLine, CommandSpec train, SequencedMap<String, List<String>> runs) {
    boolean json = runs.firstEntry().getValue().contains("--json");
    if (runs.firstEntry().getValue().contains("--out")) {
      return Refusals.failed(
          new UserException("A sweep's models are written to their runs' folders: omit --out."),
          train.commandLine(),
          null);
    }
    SweepTable table = new SweepTable();
    int number = 0;
    for (Map.Entry<String, List<String>> run : runs.entrySet()) {
      List<String> words = new ArrayList<>(run.getValue());
      int at = words.indexOf("--run-dir");
      if (at < 0 || at + 1 == words.size()) {
        return Refusals.failed(
            new UserException("A sweep keeps its runs in a folder: specify it with --run-dir DIR."),
            train.commandLine(),
            null);
      }
      Path folder = UserPath.of(words.get(at + 1)).resolve(run.getKey());
      words.set(at + 1, folder.toString());
      number++;
      Report.line(train, json, "Run %d of %d: %s".formatted(number, runs.size(), run.getKey()));
      int code = isFinished(folder, words) ? 0 : execute(commandLine, words);
      if (code != 0) {
        return code;
      }
      table.add(run.getKey(), RunStatus.of(folder).measured());
    }
    table.lines().forEach(line -> Report.line(train, json, line));
    if (json) {
      Report.json(train, Map.of("table", table.rows()));
    }
    return 0;
  }

  /**
   * Whether the run of some words of {@code pag train} is finished in its folder.
   *
   * @throws UserException if the finished one is of other words
   */
  static boolean isFinished(Path folder, List<String> words) {
    if (RunStatus.of(folder).state() != RunStatus.State.FINISHED) {
      return false;
    }
    if (RunDirectory.specification(folder).isPresent()
        && !RunDirectory.isOf(folder, TrainCommand.withoutFolder(words))) {
      throw new UserException(
          folder + " holds a finished run with other parameters: choose another folder.");
    }
    return true;
  }

  private static int execute(CommandLine commandLine, List<String> words) {
    List<String> all = new ArrayList<>(List.of("train"));
    all.addAll(words);
    return commandLine.execute(all.toArray(String[]::new));
  }
}
