/**
 * One tile looked at closely: its pictures enlarged together, and the values of their pixels.
 *
 * <p>Open {@link org.pagexplorer.ui.viewer.ViewerViewModel} first.
 */
@NullMarked
package org.pagexplorer.ui.viewer;

import org.jspecify.annotations.NullMarked;
