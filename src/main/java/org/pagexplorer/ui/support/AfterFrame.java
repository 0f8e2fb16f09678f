package org.pagexplorer.ui.support;

import javafx.animation.AnimationTimer;

/** What can wait until one sees something. On the FX thread. */
public final class AfterFrame {
  private AfterFrame() {}

  /** Runs it once what is in the window now has been painted. */
  public static void run(Runnable action) {
    new AnimationTimer() {
      private boolean painted;

      @Override
      public void handle(long now) {
        if (painted) { // the second frame begins when the first one has been
          stop();
          action.run();
        }
        painted = true;
      }
    }.start();
  }
}
