/**
 * Fills the gaps of JavaFX 26.0.2's Headless platform, so that TestFX tests need no display.
 *
 * <p>Uses JavaFX's internals only. Each class says which gap it fills; {@code HeadlessPlatformTest}
 * proves each. Open {@link com.sun.glass.ui.headless.HeadlessxApplication} first.
 */
package com.sun.glass.ui.headless;
