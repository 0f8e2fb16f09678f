package org.pagexplorer.ui.support;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.scene.Group;
import javafx.scene.Scene;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.testfx.api.FxToolkit;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

/** What {@link FxTest} adds to TestFX's own extension. */
final class FxExtension extends ApplicationExtension
    implements BeforeAllCallback, AfterAllCallback, TestExecutionExceptionHandler {
  /** What windows' tests set for the whole Java machine, which other tests share. */
  private static final List<String> PLACES = List.of("pag.home", "pag.user");

  /** Held, lest it be collected together with its level. */
  private static final Logger JAVAFX = Logger.getLogger("javafx");

  static {
    // It warns that it is on the class path, as this project means it to be.
    JAVAFX.setLevel(Level.SEVERE);
    // Surefire sets these; a test started from an editor gets them here.
    setIfAbsent("glass.platform", "Headlessx");
    setIfAbsent("prism.order", "sw");
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private final Map<String, String> before = new HashMap<>();

  /** TestFX's, which is asked after each test; a window of the whole application sets its own. */
  private Thread.UncaughtExceptionHandler handler = (thread, failure) -> {};

  @Override
  public void beforeAll(ExtensionContext context) {
    for (String place : PLACES) {
      before.put(place, System.getProperty(place));
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    before.forEach(
        (place, value) -> {
          if (value == null) {
            System.clearProperty(place);
          } else {
            System.setProperty(place, value);
          }
        });
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    WaitForAsyncUtils.clearExceptions(); // and sets TestFX's handler, the first time
    handler = Thread.getDefaultUncaughtExceptionHandler();
    FxToolkit.registerPrimaryStage();
    // For the whole Java machine, too: without, texts are as wide as the test before left them.
    FxToolkit.setupFixture(() -> Theme.LIGHT.applyTo(new Scene(new Group())));
    super.beforeEach(context);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    takeScreenshot(context, failure);
    throw failure;
  }

  private static void takeScreenshot(ExtensionContext context, Throwable failure) {
    try {
      Screenshot.write(context.getRequiredTestClass(), context.getRequiredTestMethod());
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
  }

  /** Closes the windows in any case, and only then reports what went wrong on the FX thread. */
  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    Throwable uncaught = null;
    try {
      WaitForAsyncUtils.checkException();
    } catch (Throwable e) {
      uncaught = e;
      WaitForAsyncUtils.clearExceptions();
      takeScreenshot(context, uncaught);
    }
    super.afterEach(context);
    Thread.setDefaultUncaughtExceptionHandler(handler);
    if (uncaught != null) {
      throw new AssertionError("an exception on the FX thread that nobody caught", uncaught);
    }
  }
}
