/**
 * PyTorch's native libraries: finding, unpacking or downloading them before anything computes.
 *
 * <p>Open {@link org.pagexplorer.engine.natives.NativeLibraries} first.
 */
@NullMarked
package org.pagexplorer.engine.natives;

import org.jspecify.annotations.NullMarked;
