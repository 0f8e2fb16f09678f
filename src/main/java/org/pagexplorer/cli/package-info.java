/**
 * The command line: thin commands over the same core as the window.
 *
 * <p>May use everything but {@code ui}. Open {@link org.pagexplorer.cli.PagCommand} first.
 */
@NullMarked
package org.pagexplorer.cli;

import org.jspecify.annotations.NullMarked;
