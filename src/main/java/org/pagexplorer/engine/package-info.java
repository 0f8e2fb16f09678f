/**
 * Networks, input-gradients, attacks, the training objective and the trainer: the only package that
 * knows DJL.
 *
 * <p>May use {@code domain}; never JavaFX. NDArrays, managers and devices stay inside; images cross
 * the border as {@link org.pagexplorer.domain.Image}. Open {@link org.pagexplorer.engine.Pgd}
 * first.
 */
@NullMarked
package org.pagexplorer.engine;

import org.jspecify.annotations.NullMarked;
