package org.pagexplorer.cli;

import java.util.Locale;
import org.pagexplorer.engine.natives.Preparation;
import org.pagexplorer.engine.natives.TransferClock;
import org.pagexplorer.lab.Durations;
import picocli.CommandLine.Model.CommandSpec;

/** Tells on standard error how PyTorch arrives; Ctrl-C cancels. */
final class CommandPreparation implements Preparation {
  private final CommandSpec spec;
  private final TransferClock clock = new TransferClock(200);

  CommandPreparation(CommandSpec spec) {
    this.spec = spec;
  }

  @Override
  public boolean mayDownload(Offer offer) {
    Report.note(spec, offer.sentence() + " Ctrl-C stops; the next command resumes it.");
    return true;
  }

  @Override
  public void waits(String stage) {
    Report.note(spec, stage + " …");
  }

  @Override
  public void progress(String stage, long done, long total) {
    if (!clock.step(stage, done, total)) {
      return;
    }
    double share = total == 0 ? 1 : (double) done / total;
    double seconds = clock.secondsLeft(done, total);
    Report.live(
        spec,
        String.format(Locale.ROOT, "%s: %.0f %%", stage, 100 * share)
            + (Double.isFinite(seconds) ? ", " + Durations.words(seconds) + " left" : ""));
  }
}
