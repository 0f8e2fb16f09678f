/**
 * Models as things that one keeps: lists of them, what can be done with one, and its card.
 *
 * <p>Open {@link org.pagexplorer.ui.models.ModelList} first.
 */
@NullMarked
package org.pagexplorer.ui.models;

import org.jspecify.annotations.NullMarked;
