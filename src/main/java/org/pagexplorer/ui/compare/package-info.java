/**
 * The Compare screen: several models on the same images, their accuracies, and whether those are
 * real.
 *
 * <p>Open {@link org.pagexplorer.ui.compare.CompareViewModel} first.
 */
@NullMarked
package org.pagexplorer.ui.compare;

import org.jspecify.annotations.NullMarked;
