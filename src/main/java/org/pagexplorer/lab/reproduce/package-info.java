/**
 * The paper's tables and figures made from given models, step by step, into one page.
 *
 * <p>Open {@link org.pagexplorer.lab.reproduce.Reproduction} first.
 */
@NullMarked
package org.pagexplorer.lab.reproduce;

import org.jspecify.annotations.NullMarked;
