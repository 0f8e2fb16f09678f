/**
 * Reusable nodes that know no screen.
 *
 * <p>Open {@link org.pagexplorer.ui.control.TileGrid} first.
 */
@NullMarked
package org.pagexplorer.ui.control;

import org.jspecify.annotations.NullMarked;
