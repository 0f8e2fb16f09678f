/**
 * Saliency maps of several models: made, put on one scale, and turned into pictures.
 *
 * <p>Open {@link org.pagexplorer.lab.saliency.SaliencyGrid} first.
 */
@NullMarked
package org.pagexplorer.lab.saliency;

import org.jspecify.annotations.NullMarked;
