package org.pagexplorer.cli;

import java.util.List;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.OutOfMemory;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.Durations;
import org.pagexplorer.lab.attack.TargetGrid;
import org.pagexplorer.lab.measure.Study;
import org.pagexplorer.lab.model.OpenModel;

/** How far a command's work is, told while it goes on. */
final class Progress {
  private Progress() {}

  /** Does all steps of a measurement of models, in float32. */
  static void measure(
      Study work, List<OpenModel> models, TorchEngine engine, ReportOptions report) {
    List<Classifier> classifiers =
        models.stream().map(model -> model.classifier(engine, Precision.EXACT)).toList();
    try {
      while (!work.isDone()) {
        report.live(line(work));
        int before = work.batch();
        work.step(engine, classifiers::get, AttackObserver.NONE);
        if (work.batch() < before) {
          report.note(OutOfMemory.goingOnWith(work.batch()));
        }
      }
    } finally {
      classifiers.forEach(Classifier::close);
    }
  }

  private static String line(Study work) {
    double left = work.secondsLeft();
    return left > 0 && Double.isFinite(left)
        ? "%.0f %%, %s left".formatted(100 * work.progress(), Durations.words(left))
        : work.stage() + " …";
  }

  /**
   * Tells of a grid's attack.
   *
   * @param title before the line, or empty
   * @param steps how many there will be
   * @param consequence of a smaller batch, or empty
   */
  static TargetGrid.Observer ofGrid(
      ReportOptions report, String title, double steps, String consequence) {
    StepClock clock = new StepClock(steps);
    return new TargetGrid.Observer() {
      @Override
      public void step(int t) {
        if (clock.step()) {
          report.live(title + clock.text());
        }
      }

      @Override
      public void batchHalved(int smaller) {
        report.note(OutOfMemory.goingOnWith(smaller) + consequence);
      }
    };
  }
}
