package org.pagexplorer.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Software;
import org.pagexplorer.engine.natives.NativeLibraries;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pag}, the root of all commands. */
@Command(
    name = "pag",
    mixinStandardHelpOptions = true,
    versionProvider = PagCommand.Version.class,
    description = "PAG Explorer: what image classifiers imagine for every class.",
    footer = {"", "Without a command, the window opens. pag COMMAND --help explains a command."})
public final class PagCommand implements Runnable {
  /** The exit code of what somebody has stopped before its end. */
  static final int STOPPED = 3;

  private static final List<Class<?>> COMMANDS =
      List.of(
          ModelsCommand.class,
          InspectCommand.class,
          ImportCommand.class,
          ExportCommand.class,
          AttackCommand.class,
          EvaluateCommand.class,
          AlignCommand.class,
          SaliencyCommand.class,
          FigureCommand.class,
          ReproduceCommand.class,
          TrainCommand.class,
          GradientsCommand.class,
          RunsCommand.class,
          ToyCommand.class,
          BenchCommand.class,
          DoctorCommand.class);

  // Main takes these before they get here.
  @Option(
      names = "--snapshot",
      paramLabel = "DIR",
      description = "save PNGs of each screen in light and dark there, without a display, and exit")
  @Nullable Path snapshot;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      description = "size of the snapshots in pixels (default: 1560x980)")
  @Nullable String size;

  @Option(
      names = "--scale",
      paramLabel = "F",
      description = "display scale of the snapshots: 2 for a screen at 200 %% (default: 1)")
  @Nullable String scale;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "where the window computes: cpu, cuda:0, …, or mps (Apple's GPU, untried) (default: cpu)")
  @Nullable String device;

  @Option(
      names = "--fresh",
      description = "open the window with default settings, and leave the saved ones as they are")
  boolean fresh;

  @Option(
      names = "--torch",
      paramLabel = "DIR",
      description =
          "with every command: the PyTorch to use, for instance Python's torch/lib (default:"
              + " PYTORCH_LIBRARY_PATH, this program's own, or Python's)")
  @Nullable Path torch;

  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {Software.NAME_AND_VERSION};
    }
  }

  /**
   * Runs a command.
   *
   * @return 0 on success, 1 where something could not be done, 2 for a wrong command line, 3 where
   *     it was asked to stop before its end
   */
  public static int run(String... arguments) {
    StandardOutput output = new StandardOutput();
    int code = run(writer(output, System.out), writer(System.err, System.err), arguments);
    if (output.isIncomplete()) {
      System.err.println(
          "Standard output cannot be written, so that what was printed is not whole.");
      return code == 0 ? 1 : code;
    }
    return code;
  }

  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return execute(commandLine(out, err, arguments), arguments);
  }

  /** Of the command that the first argument names alone, which is begun sooner; or else of all. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err, String... arguments) {
    // No window system is needed to draw a figure, and none may be looked for.
    System.setProperty("java.awt.headless", "true");
    CommandLine commandLine = new CommandLine(new PagCommand());
    List<Class<?>> named =
        COMMANDS.stream()
            .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
            .toList();
    (named.isEmpty() ? COMMANDS : named).forEach(commandLine::addSubcommand);
    Words.register(commandLine);
    commandLine.getSubcommands().values().forEach(PagCommand::dress);
    commandLine.setOut(out);
    commandLine.setErr(err);
    commandLine.setParameterExceptionHandler(Refusals::wrongCommandLine);
    commandLine.setExecutionExceptionHandler(Refusals::failed);
    commandLine.setExecutionStrategy(Ranges::checkAndRun);
    return commandLine;
  }

  /** As every command is: what one needs first comes first, and the synopsis is one line. */
  private static void dress(CommandLine command) {
    command.getCommandSpec().versionProvider(new Version());
    command.getCommandSpec().usageMessage().abbreviateSynopsis(true).sortOptions(false);
  }

  static List<String> names() {
    return COMMANDS.stream().map(PagCommand::name).toList();
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  static int execute(CommandLine commandLine, String... arguments) {
    NativeLibraries.observe(new CommandPreparation(commandLine.getCommandSpec()));
    try {
      return arguments.length > 0 && arguments[0].equals("train")
          ? Sweep.run(commandLine, List.of(arguments).subList(1, arguments.length))
          : commandLine.execute(arguments);
    } catch (RuntimeException | Error e) {
      return Refusals.failed(e, commandLine, null); // picocli hands on exceptions only
    }
  }

  /** In the terminal's encoding, unless that is ASCII (as where no locale is set). */
  private static PrintWriter writer(OutputStream to, PrintStream stream) {
    Charset charset = stream.charset();
    return new PrintWriter(
        to, true, charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "Specify a command: "
            + String.join(", ", spec.subcommands().keySet())
            + "; pag --help explains them.");
  }
}
