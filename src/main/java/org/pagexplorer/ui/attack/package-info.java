/**
 * What the screens that attack images have in common: the rows, the parameters, a running grid and
 * its scrubber.
 *
 * <p>Open {@link org.pagexplorer.ui.attack.AttackSetup} first.
 */
@NullMarked
package org.pagexplorer.ui.attack;

import org.jspecify.annotations.NullMarked;
