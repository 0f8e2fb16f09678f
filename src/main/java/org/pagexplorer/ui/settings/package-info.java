/**
 * What screens remember: properties by name, what can be undone of them, and the file that keeps
 * them.
 *
 * <p>Open {@link org.pagexplorer.ui.settings.Part} first.
 */
@NullMarked
package org.pagexplorer.ui.settings;

import org.jspecify.annotations.NullMarked;
