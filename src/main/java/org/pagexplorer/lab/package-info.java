/**
 * What both the window and the command line ask for: grids of attacked images, models at hand,
 * accuracies.
 *
 * <p>May use {@code run}, {@code checkpoint}, {@code dataset}, {@code engine} and {@code domain};
 * never JavaFX. Open {@link org.pagexplorer.lab.TargetGrid} first.
 */
@NullMarked
package org.pagexplorer.lab;

import org.jspecify.annotations.NullMarked;
