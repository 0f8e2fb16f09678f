/**
 * What the window remembers between two starts, on disk: one JSON file, and which windows are open.
 *
 * <p>Open {@link org.pagexplorer.lab.settings.SettingsFile} first.
 */
@NullMarked
package org.pagexplorer.lab.settings;

import org.jspecify.annotations.NullMarked;
