/**
 * What models are compared by: accuracies under attack, whether those numbers are real, and how
 * well gradients are aligned with what people see. Work comes in pieces of a batch, so that a
 * window's engine is never taken for long.
 *
 * <p>Open {@link org.pagexplorer.lab.measure.RobustnessTable} first.
 */
@NullMarked
package org.pagexplorer.lab.measure;

import org.jspecify.annotations.NullMarked;
