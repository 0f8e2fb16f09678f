/**
 * The paper's figures, each from a specification that is kept beside it and makes it again.
 *
 * <p>Open {@link org.pagexplorer.lab.figure.FigureMaker} first.
 */
@NullMarked
package org.pagexplorer.lab.figure;

import org.jspecify.annotations.NullMarked;
