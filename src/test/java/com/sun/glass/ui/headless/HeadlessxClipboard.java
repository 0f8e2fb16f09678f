package com.sun.glass.ui.headless;

import com.sun.glass.ui.Clipboard;
import com.sun.glass.ui.SystemClipboard;
import java.util.HashMap;
import java.util.Map;

/**
 * A clipboard in memory, for copy and paste and for drag and drop.
 *
 * <p>Gap of 26.0.2 filled here: everything about the drag clipboard throws. What the program itself
 * puts there stays with the base class; what another program would offer is held here.
 */
public final class HeadlessxClipboard extends SystemClipboard {
  /** By MIME type; empty while no other program offers anything. */
  private static Map<String, Object> offeredFromOutside = Map.of();

  public HeadlessxClipboard(String name) {
    super(name);
  }

  static void offerFromOutside(Map<String, Object> content) {
    offeredFromOutside = content;
  }

  static void withdrawFromOutside() {
    offeredFromOutside = Map.of();
  }

  @Override
  protected boolean isOwner() {
    return !isForDrags() || offeredFromOutside.isEmpty();
  }

  private boolean isForDrags() {
    return Clipboard.DND.equals(getName());
  }

  @Override
  @SuppressWarnings("NonApiType")
  protected void pushToSystem(HashMap<String, Object> content, int actions) {
    if (isForDrags()) {
      HeadlessxApplication.current().pointer().startDrag(actions);
    }
  }

  @Override
  protected void pushTargetActionToSystem(int action) {
    // The drag tells its source itself.
  }

  @Override
  protected Object popFromSystem(String mimeType) {
    return offeredFromOutside.get(mimeType);
  }

  @Override
  protected int supportedSourceActionsFromSystem() {
    return ACTION_ANY;
  }

  @Override
  protected String[] mimesFromSystem() {
    return offeredFromOutside.keySet().toArray(String[]::new);
  }
}
