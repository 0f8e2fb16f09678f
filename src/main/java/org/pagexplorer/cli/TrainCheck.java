package org.pagexplorer.cli;

import java.util.List;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.run.TrainingPlan;
import picocli.CommandLine;

/** Whether a command line of {@code pag train} would begin a training; nothing is computed. */
public final class TrainCheck {
  private TrainCheck() {}

  /**
   * A training that may begin.
   *
   * @param train its images
   * @param testImages on which its accuracies are counted
   * @param device where it is to be
   * @param threads PyTorch's; 0 for all cores
   */
  public record Checked(
      TrainingPlan plan, Dataset train, int testImages, String device, int threads) {}

  /**
   * Reads the dataset's and the teacher's files.
   *
   * @param arguments after {@code pag train}
   * @throws UserException with one sentence on what is wrong
   */
  public static Checked check(List<String> arguments) {
    TrainCommand command = new TrainCommand();
    try {
      CommandLine line = Words.register(new CommandLine(command));
      Ranges.check(line.parseArgs(TrainArguments.withRecipe(arguments).toArray(String[]::new)));
      Dataset train = command.options.train(_ -> {});
      return new Checked(
          command.options.plan(train),
          train,
          command.options.test(train).size(),
          command.options.engineOptions.device,
          command.options.engineOptions.threads);
    } catch (CommandLine.ParameterException | IllegalArgumentException e) {
      throw FormSentence.of(e);
    }
  }
}
