/**
 * Adapters between the core and JavaFX: tasks and their requests, pictures, themes, file dialogs.
 *
 * <p>Open {@link org.pagexplorer.ui.support.Pictures} first.
 */
@NullMarked
package org.pagexplorer.ui.support;

import org.jspecify.annotations.NullMarked;
