/**
 * The Explore screen: images, the grid of attacked pictures, the attack's parameters, the
 * inspector.
 *
 * <p>Open {@link org.pagexplorer.ui.explore.ExploreViewModel} first.
 */
@NullMarked
package org.pagexplorer.ui.explore;

import org.jspecify.annotations.NullMarked;
