/**
 * Checkpoints on disk: safetensors files whose metadata is the model card.
 *
 * <p>Uses the domain, Gson and the JDK; knows no engine and no window. Every bad file becomes a
 * {@link org.pagexplorer.domain.UserException} before memory is taken for what it claims to hold.
 * Open {@link org.pagexplorer.checkpoint.CheckpointFiles} first.
 */
@NullMarked
package org.pagexplorer.checkpoint;

import org.jspecify.annotations.NullMarked;
