package com.sun.glass.ui.headlessx;

import com.sun.glass.ui.Application;
import com.sun.glass.ui.delegate.ClipboardDelegate;
import com.sun.glass.ui.headless.HeadlessPlatformFactory;
import com.sun.glass.ui.headless.HeadlessxApplication;
import com.sun.glass.ui.headless.HeadlessxClipboard;

/**
 * The entry of {@code -Dglass.platform=Headlessx}: JavaFX's Headless platform with its gaps filled.
 *
 * <p>JavaFX finds a platform by this class's name and package. The classes it makes live in the
 * package of JavaFX's own Headless platform because they override what is visible there only; both
 * work on the class path only.
 */
public final class HeadlessxPlatformFactory extends HeadlessPlatformFactory {
  @Override
  public Application createApplication() {
    return new HeadlessxApplication();
  }

  @Override
  public ClipboardDelegate createClipboardDelegate() {
    return HeadlessxClipboard::new;
  }
}
