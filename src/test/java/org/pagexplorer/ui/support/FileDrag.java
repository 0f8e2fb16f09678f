package org.pagexplorer.ui.support;

import com.sun.glass.ui.headless.DragAndDrop;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Files dragged out of a file manager and over the window.
 *
 * <p>JavaFX picks the nodes and sends them the events of a real drag: entered, over, exited,
 * dropped. Called from the test's thread.
 */
public final class FileDrag {
  private final DragAndDrop drag;

  private FileDrag(DragAndDrop drag) {
    this.drag = drag;
  }

  /** Drags files onto the middle of a node and drops them; true where the node took them. */
  public static boolean dropOnto(Node node, Path... files) {
    return of(files).over(node).drop();
  }

  public static FileDrag of(Path... files) {
    return new FileDrag(onFxThread(() -> DragAndDrop.ofFiles(List.of(files))));
  }

  /** Moves over the middle of a node, where {@code DRAG_OVER} is sent twice at least. */
  public FileDrag over(Node node) {
    onFxThread(
        () -> {
          Bounds bounds = node.localToScreen(node.getLayoutBounds());
          int x = (int) bounds.getCenterX();
          int y = (int) bounds.getCenterY();
          drag.moveTo(x, y);
          drag.moveTo(x, y);
          return true;
        });
    return this;
  }

  /** Drops where the last move led; true where a node took the files. */
  public boolean drop() {
    return onFxThread(drag::drop);
  }

  /** Leaves the window again without a drop. */
  public void leave() {
    onFxThread(
        () -> {
          drag.leave();
          return true;
        });
  }

  private static <T> T onFxThread(Callable<T> action) {
    try {
      T result = WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, WaitForAsyncUtils.asyncFx(action));
      WaitForAsyncUtils.waitForFxEvents();
      return result;
    } catch (TimeoutException e) {
      throw new AssertionError("the FX thread did not answer a file drag", e);
    }
  }
}
