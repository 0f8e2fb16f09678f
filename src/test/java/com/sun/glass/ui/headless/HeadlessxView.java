package com.sun.glass.ui.headless;

/**
 * A view that can be a target of drag and drop.
 *
 * <p>Gaps of 26.0.2 filled here: a repaint asked for by JavaFX throws; nothing ever tells a view
 * that something is dragged over it.
 */
final class HeadlessxView extends HeadlessView {
  @Override
  protected void _scheduleRepaint(long handle) {
    // The next pulse paints.
  }

  @Override
  protected int notifyDragEnter(int x, int y, int screenX, int screenY, int action) {
    return super.notifyDragEnter(x, y, screenX, screenY, action);
  }

  @Override
  protected int notifyDragOver(int x, int y, int screenX, int screenY, int action) {
    return super.notifyDragOver(x, y, screenX, screenY, action);
  }

  @Override
  protected int notifyDragDrop(int x, int y, int screenX, int screenY, int action) {
    return super.notifyDragDrop(x, y, screenX, screenY, action);
  }

  @Override
  protected void notifyDragLeave() {
    super.notifyDragLeave();
  }

  @Override
  protected void notifyDragEnd(int action) {
    super.notifyDragEnd(action);
  }
}
