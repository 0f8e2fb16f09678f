/**
 * Images and their labels, read from a user's folder in the layouts that datasets come in, the
 * shipped samples and single pictures; and the augmentation of training.
 *
 * <p>May use {@code pickle}, {@code files} and {@code domain}. Open {@link
 * org.pagexplorer.dataset.Datasets} first, and {@link org.pagexplorer.dataset.Places} for layouts.
 */
@NullMarked
package org.pagexplorer.dataset;

import org.jspecify.annotations.NullMarked;
