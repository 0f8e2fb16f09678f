/**
 * Other people's checkpoints: which network a file's names and shapes are, and what has to be asked
 * before it can be used. Open {@link org.pagexplorer.checkpoint.importing.ForeignModel} first.
 */
@NullMarked
package org.pagexplorer.checkpoint.importing;

import org.jspecify.annotations.NullMarked;
