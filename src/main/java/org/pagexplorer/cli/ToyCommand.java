package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.Durations;
import org.pagexplorer.lab.figure.FigureFile;
import org.pagexplorer.lab.figure.ToyFigure;
import org.pagexplorer.lab.figure.TrainedToy;
import org.pagexplorer.lab.toy.SeedStudy;
import org.pagexplorer.lab.toy.ToySetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pag playground}. */
@Command(
    name = "playground",
    aliases = "toy", // its name in the paper
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Trains the playground's networks (the two-dimensional experiment of the paper's section"
            + " 5.1) with several seeds and draws Figure 3. Defaults are the paper's (section C.1),"
            + " or our choice where it gives none: λ and the neighbors' sample.")
final class ToyCommand implements Callable<Integer> {
  @Mixin ToyOptions toy;
  @Mixin ReportOptions report;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "number of trainings at a time; 0 for one per core (default: 0)")
  int threads;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Figure 3 of the first seed: .png, .pdf, or .svg")
  @Nullable Path out;

  @Override
  public Integer call() {
    if (out != null) {
      OutputFile.checkFigure(out, "--out");
    }
    int bounded = CpuThreads.bounded(threads, report.spec);
    ToySetup setup = toy.setup(report.spec);
    List<Long> numbers = LongStream.range(0, toy.seeds).map(i -> setup.seed() + i).boxed().toList();
    int cores = bounded == 0 ? Runtime.getRuntime().availableProcessors() : bounded;
    long started = System.nanoTime();
    List<SeedStudy.Result> results =
        new SeedStudy(setup, numbers, cores).run(progress(started)).orElseThrow();
    ToyReport.print(setup, results, report);
    report.line(
        "After PGD: what the paper's attack leaves. Margin > ε: the true robust accuracy, which no"
            + " attack can undercut.");
    if (out != null) {
      draw(setup, out);
    }
    return 0;
  }

  private SeedStudy.Observer progress(long started) {
    return new SeedStudy.Observer() {
      @Override
      public void progress(double done) {
        double seconds = (System.nanoTime() - started) / 1e9;
        report.live(
            String.format(
                Locale.ROOT,
                "%3.0f %%  %s left",
                100 * done,
                Durations.words(seconds * (1 - done) / done)));
      }
    };
  }

  private void draw(ToySetup setup, Path file) {
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      TorchEngine.useThreads(1);
      report.live("drawing");
      ToyFigure figure = TrainedToy.figure(engine, setup);
      FigureFile.write(file, figure.width(), figure.height(), figure::draw);
    }
    report.line("Wrote " + file + ".");
  }
}
