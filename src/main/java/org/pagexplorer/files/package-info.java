/**
 * Files as such: replaced whole or not at all, small texts, SHA-256, the system's trash, and words
 * for what goes wrong.
 *
 * <p>May use {@code domain}. Open {@link org.pagexplorer.files.AtomicFile} first.
 */
@NullMarked
package org.pagexplorer.files;

import org.jspecify.annotations.NullMarked;
