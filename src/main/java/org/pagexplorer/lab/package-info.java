/**
 * What the window and the command line need everywhere: where files are, reading JSON, durations,
 * and problems. Each of its packages is a subject of its own.
 *
 * <p>May use {@code run}, {@code checkpoint}, {@code dataset}, {@code engine}, {@code files} and
 * {@code domain}; never JavaFX. Open {@link org.pagexplorer.lab.Home} first.
 */
@NullMarked
package org.pagexplorer.lab;

import org.jspecify.annotations.NullMarked;
