/**
 * The Train screen: a form, the runs and their queue, curves, log and probe.
 *
 * <p>Open {@link org.pagexplorer.ui.training.TrainingViewModel} first.
 */
@NullMarked
package org.pagexplorer.ui.training;

import org.jspecify.annotations.NullMarked;
