package org.pagexplorer;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Logger;
import org.pagexplorer.cli.PagCommand;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.Problems;
import org.pagexplorer.lab.doctor.SystemLibraries;
import org.pagexplorer.ui.shell.PagApplication;
import org.pagexplorer.ui.shell.Snapshots;
import org.pagexplorer.ui.shell.WindowBench;

/** Chooses between the window, pictures of the window, and the command line. */
public final class Main {
  /** Held, since a logger that nobody holds forgets its filter. */
  private static final Logger JAVAFX = Logger.getLogger("javafx");

  private Main() {}

  /**
   * Without arguments, or with {@code --device D}, {@code --fresh} and files to open, opens the
   * window; with {@code --snapshot DIR} takes pictures of it; otherwise runs a command.
   */
  public static void main(String[] arguments) {
    // JavaFX warns that it was started from the class path, which is what we do on purpose.
    JAVAFX.setFilter(
        record -> !String.valueOf(record.getMessage()).startsWith("Unsupported JavaFX"));
    // Numbers are written as the paper writes them, whatever the country.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    Problems.catchAll(System.err::println);
    try {
      List<String> rest = TorchArgument.take(arguments);
      return switch (WindowArguments.of(rest)) {
        case WindowArguments.Window window -> openWindow(window);
        case WindowArguments.Snapshot(Path folder, String device, Snapshots.Size size) -> {
          SystemLibraries.require(false);
          Snapshots.take(folder, device, size);
          yield 0;
        }
        case WindowArguments.Bench() -> {
          SystemLibraries.require(true);
          WindowBench.run().forEach(System.out::println);
          yield 0;
        }
        case WindowArguments.Command() -> PagCommand.run(rest.toArray(String[]::new));
      };
    } catch (Exception | Error e) {
      System.err.println(Problems.sentence(e));
      if (!Problems.note(e)) {
        e.printStackTrace(); // nowhere else could it be kept
      }
      return 1;
    }
  }

  private static int openWindow(WindowArguments.Window asked) throws InterruptedException {
    SystemLibraries.require(true);
    try {
      List<String> words = new ArrayList<>(asked.files());
      words.addFirst(asked.device());
      if (asked.fresh()) {
        words.add(PagApplication.FRESH);
      }
      leave(PagApplication.open(words));
      return 0;
    } catch (UnsupportedOperationException e) {
      throw new UserException(
          "The window could not be opened ("
              + e.getMessage()
              + "): there is no display; use the command line instead, "
              + "for instance pag attack --help, or pag --snapshot DIR.",
          e);
    }
  }

  /**
   * Ends the process as it is. {@code System.exit} would wait for threads within PyTorch and then
   * run its destructors under them; the window is gone, so nobody waits or needs to.
   */
  private static void leave(int code) {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> exit = linker.defaultLookup().find("_exit");
    if (exit.isPresent()) {
      try {
        linker
            .downcallHandle(exit.get(), FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
            .invokeExact(code);
      } catch (Throwable e) {
        Problems.note(e);
      }
    }
    System.exit(code);
  }
}
