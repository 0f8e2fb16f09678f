/**
 * Whether a model's gradients mean something to people: cosines with ground-truth gradients on
 * held-out images, what other models see in its pictures, statistics of its gradients, and a test
 * with people.
 *
 * <p>Open {@link org.pagexplorer.lab.alignment.AlignmentStudy} first.
 */
@NullMarked
package org.pagexplorer.lab.alignment;

import org.jspecify.annotations.NullMarked;
