/**
 * Images and their labels, read from a user's folder: CIFAR-10 binary, STL-10 binary, image
 * folders, the shipped samples and single pictures; and the augmentation of training.
 *
 * <p>Uses {@code domain} and the JDK. Open {@link org.pagexplorer.dataset.Datasets} first.
 */
@NullMarked
package org.pagexplorer.dataset;

import org.jspecify.annotations.NullMarked;
