/**
 * The playground: networks that learn in the plane, live, side by side.
 *
 * <p>Open {@link org.pagexplorer.ui.toy.ToyViewModel} first, then {@link
 * org.pagexplorer.ui.toy.ToyView}.
 */
@NullMarked
package org.pagexplorer.ui.toy;

import org.jspecify.annotations.NullMarked;
