/**
 * The window: rail, models, status, themes, snapshots.
 *
 * <p>Open {@link org.pagexplorer.ui.shell.PagApplication} first.
 */
@NullMarked
package org.pagexplorer.ui.shell;

import org.jspecify.annotations.NullMarked;
