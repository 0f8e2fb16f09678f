package org.pagexplorer.ui.support;

import java.awt.Rectangle;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.figure.Drawing;

/** How far the writing of a file is, and whether anybody still waits for it. */
public final class ExportWatch {
  private final String name;
  private final Requests requests = new Requests();
  private final Request request = requests.latest();
  private final long began = System.nanoTime();
  private volatile double done = -1;

  /**
   * @param name for people
   */
  public ExportWatch(String name) {
    this.name = name;
  }

  /** What the work is for. */
  public Request request() {
    return request;
  }

  /** So much of it is done, in [0, 1]; from any thread. */
  public void progress(double share) {
    done = share;
  }

  /**
   * From any thread.
   *
   * @throws UserException if nobody waits for it anymore: what was there before then stays
   */
  public void check() {
    if (request.isCancelled()) {
      throw new UserException("The export was stopped.");
    }
  }

  /** The same drawing, which ends where the export is stopped, and tells how far it is. */
  public Drawing over(Drawing drawing) {
    return new Drawing(
        drawing.width(),
        drawing.height(),
        graphics -> {
          check();
          Rectangle strip = graphics.getClipBounds(); // of a large PNG, one after the other
          if (strip != null && drawing.height() > 0) {
            progress(Math.clamp((double) strip.y / drawing.height(), 0, 1));
          }
          drawing.paint().accept(graphics);
          check();
        });
  }

  /** How it stands. */
  public Activity activity() {
    double seconds = (System.nanoTime() - began) / 1e9;
    double left = done > 0 ? seconds * (1 - done) / done : Double.NaN;
    return new Activity(this, name, "", done, left, requests::cancel);
  }
}
