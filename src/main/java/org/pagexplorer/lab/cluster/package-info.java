/**
 * Work that is spread over several processes or machines by files: evaluations in chunks, and
 * trainings that Slurm runs.
 *
 * <p>Open {@link org.pagexplorer.lab.cluster.ChunkFolder} first.
 */
@NullMarked
package org.pagexplorer.lab.cluster;

import org.jspecify.annotations.NullMarked;
