package org.pagexplorer.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.PrintWriter;
import org.pagexplorer.domain.Printable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What commands print: results to standard output, progress to standard error; nothing of a file's
 * that a terminal would obey.
 */
final class Report {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeSpecialFloatingPointValues().create();

  private static boolean live;

  private Report() {}

  /** A line for people, on standard output; left out where the output is JSON. */
  static void line(CommandSpec spec, boolean json, String text) {
    endLive(spec);
    if (!json) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(Printable.of(text));
      out.flush();
    }
  }

  /** A remark on standard error, whatever the output is. */
  static void note(CommandSpec spec, String text) {
    endLive(spec);
    spec.commandLine().getErr().println(Printable.of(text));
  }

  /** One JSON object on one line. */
  static void json(CommandSpec spec, Object value) {
    endLive(spec);
    PrintWriter out = spec.commandLine().getOut();
    out.println(Printable.json(GSON.toJson(value)));
    out.flush();
  }

  /** A line that the next one overwrites, on a terminal only. */
  static void live(CommandSpec spec, String text) {
    if (System.console() == null || !System.console().isTerminal()) {
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.print("\r\033[K" + Printable.of(text));
    err.flush();
    live = true;
  }

  private static void endLive(CommandSpec spec) {
    if (live) {
      spec.commandLine().getErr().print("\r\033[K");
      spec.commandLine().getErr().flush();
      live = false;
    }
  }
}
