/**
 * PyTorch's own files, read without Python: a pickle machine that knows the few classes of a
 * state_dict and runs nothing, and the two containers of {@code torch.save}.
 */
@NullMarked
package org.pagexplorer.checkpoint.pytorch;

import org.jspecify.annotations.NullMarked;
