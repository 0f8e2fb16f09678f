/**
 * Points of the plane in two classes: the paper's section C.1, other shapes, and the user's own.
 *
 * <p>Open {@link org.pagexplorer.dataset.toy.PointSet} first.
 */
@NullMarked
package org.pagexplorer.dataset.toy;

import org.jspecify.annotations.NullMarked;
