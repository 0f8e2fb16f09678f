package org.pagexplorer.ui.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test of the window.
 *
 * <p>Each test gets the toolkit without a display, a fresh stage in its method annotated {@link
 * org.testfx.framework.junit5.Start}, and an {@link org.testfx.api.FxRobot} as parameter. One that
 * fails leaves a picture of all windows in {@code target/screenshots}; an exception on the FX
 * thread that nobody caught makes it fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(FxExtension.class)
public @interface FxTest {}
