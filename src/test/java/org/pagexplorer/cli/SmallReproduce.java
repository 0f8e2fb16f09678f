package org.pagexplorer.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pagexplorer.lab.toy.ToySetup;

/** {@code pag reproduce} with a small playground, for which no test waits long. */
public final class SmallReproduce {
  private SmallReproduce() {}

  /** The paper's playground of seed 1 with four hidden units. */
  public static ToySetup playground(int epochs) {
    ToySetup paper = ToySetup.paper();
    return new ToySetup(
        paper.points(),
        1,
        4,
        paper.activation(),
        paper.learningRate(),
        3000,
        epochs,
        paper.epsilon(),
        10,
        paper.schemes());
  }

  static Pag run(Object... words) {
    ReproduceCommand command = new ReproduceCommand();
    command.toy = playground(1);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    PagCommand root = new PagCommand();
    var line = Words.register(new picocli.CommandLine(root));
    line.addSubcommand(Words.register(new picocli.CommandLine(command)));
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    line.setParameterExceptionHandler(Refusals::wrongCommandLine);
    line.setExecutionExceptionHandler(Refusals::failed);
    List<String> all = new ArrayList<>(List.of("reproduce"));
    Arrays.stream(words).map(String::valueOf).forEach(all::add);
    int code = line.execute(all.toArray(String[]::new));
    return new Pag(code, out.toString(), err.toString());
  }

  /** What it said of errors; empty where there were none. */
  public static String errors(List<String> words) {
    Pag pag = run(words.toArray());
    return pag.code() == 0 ? "" : pag.err();
  }
}
