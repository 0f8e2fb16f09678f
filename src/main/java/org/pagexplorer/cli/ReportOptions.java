package org.pagexplorer.cli;

import java.util.function.Supplier;
import org.pagexplorer.lab.figure.GridFigure;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a command answers: in lines for people, or as one JSON object. */
final class ReportOptions {
  @Option(names = "--json", description = "one JSON object")
  boolean json;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  /** A line for people, on standard output; left out where the output is JSON. */
  void line(String text) {
    Report.line(spec, json, text);
  }

  /** The same for several. */
  void lines(Iterable<String> texts) {
    texts.forEach(this::line);
  }

  /** A remark on standard error, whatever the output is. */
  void note(String text) {
    Report.note(spec, text);
  }

  /** A line that the next one overwrites, on a terminal only. */
  void live(String text) {
    Report.live(spec, text);
  }

  /** The JSON object, where it is asked for. */
  void json(Supplier<Object> value) {
    if (json) {
      Report.json(spec, value.get());
    }
  }

  /** Says so where a figure could not be lettered. */
  void noteMissingFonts() {
    if (!GridFigure.hasLetters()) {
      note("The figure has no text, since this machine has no fonts: install fontconfig.");
    }
  }

  /** To be thrown where the command line is wrong. */
  ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
