package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.run.GradientWriter;
import org.pagexplorer.run.GroundTruth;
import org.pagexplorer.run.Realization;
import picocli.CommandLine;

/** What a command line of {@code pag gradients} would write; nothing is computed. */
public final class GradientsCheck {
  private GradientsCheck() {}

  /**
   * Gradients that may be written.
   *
   * @param train the images that representatives are chosen from
   * @param asked those whose gradients are written
   * @param device where they are computed
   * @param threads PyTorch's on the CPU; 0 for all cores
   * @param file the file that is written or replaced
   */
  public record Checked(
      GradientWriter writer,
      Realization realization,
      Alignment.Gradient gradient,
      Dataset train,
      Dataset asked,
      String device,
      int threads,
      Path file) {

    /**
     * Computes and writes them, on the engine's thread.
     *
     * @return whether the file was written; false if the observer cancelled
     * @throws UserException if the disk refuses
     */
    public boolean write(TorchEngine engine, GradientWriter.Observer observer) {
      Runnable check = Realization.unless(observer::isCancelled);
      try (GroundTruth truth = realization.prepare(train, asked, engine, check)) {
        observer.prepared();
        return writer.write(truth, gradient, observer);
      } catch (CancellationException e) {
        return false;
      }
    }

    /** For instance {@code 50000 × 10 × 3 × 32 × 32}. */
    public String sides() {
      return writer.shape().sides().stream()
          .map(String::valueOf)
          .collect(Collectors.joining(" × "));
    }
  }

  /**
   * Reads the dataset's and the teacher's files.
   *
   * @param arguments after {@code pag gradients}
   * @throws UserException with one sentence on what is wrong
   */
  public static Checked check(List<String> arguments) {
    GradientsCommand command = new GradientsCommand();
    try {
      CommandLine line = Words.register(new CommandLine(command));
      Ranges.check(line.parseArgs(arguments.toArray(String[]::new)));
      return command.checked("file", _ -> {});
    } catch (CommandLine.ParameterException | IllegalArgumentException e) {
      throw FormSentence.of(e);
    }
  }
}
