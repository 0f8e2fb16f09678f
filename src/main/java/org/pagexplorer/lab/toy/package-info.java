/**
 * The paper's section 5.1 in the plane: trainings, decision boundaries, margins, many seeds, Figure
 * 3.
 *
 * <p>Open {@link org.pagexplorer.lab.toy.ToySetup} first, then {@link
 * org.pagexplorer.lab.toy.ToyTraining}.
 */
@NullMarked
package org.pagexplorer.lab.toy;

import org.jspecify.annotations.NullMarked;
