package org.pagexplorer.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.lab.Problems;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is printed where a command cannot do what it was asked: one sentence. */
final class Refusals {
  private Refusals() {}

  /** Exit code 2. */
  static int wrongCommandLine(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    String why = sentence(Objects.requireNonNullElse(e.getMessage(), "Wrong command line"));
    err.println(why.substring(0, 1).toUpperCase(Locale.ROOT) + why.substring(1));
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** Exit code 1. */
  static int failed(Throwable e, CommandLine command, @Nullable ParseResult result) {
    PrintWriter err = command.getErr();
    err.println(sentence(Problems.sentence(e)));
    if (!Problems.isAnswered(e) && !Problems.note(e)) { // nowhere else could it be kept
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      trace.toString().lines().forEach(line -> err.println(indented(line)));
    }
    err.flush();
    return 1;
  }

  /** A message in it may be a file's. */
  private static String indented(String line) {
    return (line.startsWith("\t") ? "    " : "") + Printable.of(line.strip());
  }

  /** What went wrong, in a sentence that is kept. */
  static String reason(Throwable e) {
    return sentence(Problems.sentence(e));
  }

  /** It may begin with a file's name, which keeps its case. */
  private static String sentence(String foreign) {
    String text = Printable.of(foreign);
    boolean ends = text.isEmpty() || ".!?:".indexOf(text.charAt(text.length() - 1)) >= 0;
    return ends ? text : text + ".";
  }
}
