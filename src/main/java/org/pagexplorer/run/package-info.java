/**
 * Trainings: what is to be trained, the epochs, and what they report.
 *
 * <p>May use {@code checkpoint}, {@code dataset}, {@code engine} and {@code domain}; never JavaFX.
 * Open {@link org.pagexplorer.run.Training} first.
 */
@NullMarked
package org.pagexplorer.run;

import org.jspecify.annotations.NullMarked;
