/** The models in some folders, whatever kind their files are. */
@NullMarked
package org.pagexplorer.checkpoint.catalogue;

import org.jspecify.annotations.NullMarked;
