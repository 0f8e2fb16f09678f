/**
 * Python's pickles of plain values and NumPy's arrays, read without anything that could run.
 *
 * <p>May use {@code files}. Open {@link org.pagexplorer.pickle.PlainPickle} first.
 */
@NullMarked
package org.pagexplorer.pickle;

import org.jspecify.annotations.NullMarked;
