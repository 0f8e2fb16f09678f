/**
 * Models at hand: opened files, the thread that computes with them, and those of other programs,
 * which are checked before they are used.
 *
 * <p>Open {@link org.pagexplorer.lab.model.OpenModel} first.
 */
@NullMarked
package org.pagexplorer.lab.model;

import org.jspecify.annotations.NullMarked;
