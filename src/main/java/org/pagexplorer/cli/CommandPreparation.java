package org.pagexplorer.cli;

import java.util.Locale;
import org.pagexplorer.engine.natives.Preparation;
import org.pagexplorer.lab.Durations;
import picocli.CommandLine.Model.CommandSpec;

/** Tells on standard error how PyTorch arrives; Ctrl-C cancels. */
final class CommandPreparation implements Preparation {
  private static final long REDRAW_NANOS = 200_000_000;
  private final CommandSpec spec;
  private long drawn;
  private long began;
  private long first;

  CommandPreparation(CommandSpec spec) {
    this.spec = spec;
  }

  @Override
  public boolean mayDownload(Offer offer) {
    Report.note(spec, offer.sentence() + " Ctrl-C stops; the next command goes on with it.");
    return true;
  }

  @Override
  public void progress(String stage, long done, long total) {
    long now = System.nanoTime();
    if (began == 0) {
      began = now;
      first = done;
    }
    if (now - drawn < REDRAW_NANOS && done < total) {
      return;
    }
    drawn = now;
    double share = total == 0 ? 1 : (double) done / total;
    double rate = (done - first) / ((now - began) / 1e9 + 1e-9);
    Report.live(
        spec,
        String.format(
            Locale.ROOT,
            "%s: %.0f %%, %s left",
            stage,
            100 * share,
            Durations.words(rate > 0 ? (total - done) / rate : 0)));
  }
}
