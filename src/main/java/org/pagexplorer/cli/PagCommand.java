package org.pagexplorer.cli;

import java.io.PrintWriter;
import org.pagexplorer.domain.UserException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code pag}, the root of all commands. */
@Command(
    name = "pag",
    mixinStandardHelpOptions = true,
    version = PagCommand.NAME,
    description = "PAG Explorer: what image classifiers imagine for every class.",
    subcommands = {TrainCommand.class})
public final class PagCommand implements Runnable {
  static final String NAME = "PAG Explorer";

  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  /**
   * Runs a command.
   *
   * @return 0 on success, 1 where something could not be done, 2 for a wrong command line
   */
  public static int run(String... arguments) {
    CommandLine commandLine = new CommandLine(new PagCommand());
    commandLine.setOut(new PrintWriter(System.out, true));
    commandLine.setErr(new PrintWriter(System.err, true));
    commandLine.setExecutionExceptionHandler(PagCommand::inOneSentence);
    return commandLine.execute(arguments);
  }

  private static int inOneSentence(
      Exception e, CommandLine commandLine, CommandLine.ParseResult result) throws Exception {
    if (e instanceof UserException || e instanceof IllegalArgumentException) {
      commandLine.getErr().println(e.getMessage());
      return 1;
    }
    throw e;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
  }
}
