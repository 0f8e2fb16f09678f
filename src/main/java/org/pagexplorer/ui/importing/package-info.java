/** The questions that somebody else's checkpoint leaves open, over the screen until answered. */
@NullMarked
package org.pagexplorer.ui.importing;

import org.jspecify.annotations.NullMarked;
