package com.sun.glass.ui.headless;

import com.sun.glass.ui.Application;
import com.sun.glass.ui.Clipboard;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One drag, from its beginning to its drop, with the events a real platform sends.
 *
 * <p>Gaps of 26.0.2 filled here: drag and drop throws; and there is no other program from which
 * files could be dragged in, so a test plays that program with {@link #ofFiles}. All methods belong
 * to the FX thread.
 */
public final class DragAndDrop {
  private final HeadlessxView source;
  private final int recommended;
  private HeadlessxView target;
  private int accepted = Clipboard.ACTION_NONE;
  private int x;
  private int y;

  private DragAndDrop(HeadlessxView source, int recommended) {
    this.source = source;
    this.recommended = recommended;
  }

  static DragAndDrop from(HeadlessxView source, int recommended) {
    return new DragAndDrop(source, recommended);
  }

  /**
   * Begins a drag of files out of another program, which suggests to copy them.
   *
   * @throws IllegalStateException on another platform than this one
   */
  public static DragAndDrop ofFiles(List<Path> files) {
    HeadlessxApplication.current();
    Application.checkEventThread();
    String[] paths =
        files.stream().map(file -> file.toAbsolutePath().toString()).toArray(String[]::new);
    HeadlessxClipboard.offerFromOutside(Map.of(Clipboard.FILE_LIST_TYPE, paths));
    return new DragAndDrop(null, Clipboard.ACTION_COPY);
  }

  /** Moves to a place on the screen. */
  public void moveTo(int screenX, int screenY) {
    x = screenX;
    y = screenY;
    HeadlessxWindow window = HeadlessxWindow.at(x, y);
    boolean open = window != null && window.isEnabled();
    HeadlessxView view = open ? (HeadlessxView) window.getView() : null;
    if (view != target) {
      leaveTarget();
      target = view;
      if (view != null) {
        accepted = view.notifyDragEnter(viewX(), viewY(), x, y, recommended);
      }
    } else if (view != null) {
      accepted = view.notifyDragOver(viewX(), viewY(), x, y, recommended);
    }
  }

  /** Drops where the last move led; true where the target took it. */
  public boolean drop() {
    int performed = Clipboard.ACTION_NONE;
    if (accepted == Clipboard.ACTION_NONE) {
      leaveTarget();
    } else {
      performed = target.notifyDragDrop(viewX(), viewY(), x, y, accepted);
    }
    end(performed);
    return performed != Clipboard.ACTION_NONE;
  }

  /** Leaves the windows without a drop. */
  public void leave() {
    leaveTarget();
    end(Clipboard.ACTION_NONE);
  }

  private void leaveTarget() {
    if (target != null && target.getWindow() != null) {
      target.notifyDragLeave();
    }
    target = null;
    accepted = Clipboard.ACTION_NONE;
  }

  private void end(int performed) {
    if (source == null) {
      HeadlessxClipboard.withdrawFromOutside();
    } else {
      source.notifyDragEnd(performed);
    }
  }

  private int viewX() {
    return x - target.getWindow().getX();
  }

  private int viewY() {
    return y - target.getWindow().getY();
  }
}
