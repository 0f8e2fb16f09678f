/**
 * Trainings in the background, as the window sees them: what each run is and how far, the queue
 * that starts them as processes of their own, the probe that is attacked after every epoch.
 *
 * <p>Open {@link org.pagexplorer.lab.runs.RunQueue} first.
 */
@NullMarked
package org.pagexplorer.lab.runs;

import org.jspecify.annotations.NullMarked;
