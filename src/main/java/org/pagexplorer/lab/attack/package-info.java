/**
 * Grids of attacked images: every image toward every target.
 *
 * <p>Open {@link org.pagexplorer.lab.attack.TargetGrid} first.
 */
@NullMarked
package org.pagexplorer.lab.attack;

import org.jspecify.annotations.NullMarked;
