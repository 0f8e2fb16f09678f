/**
 * What the science says, as records: images, threat models, attacks, architectures, model cards and
 * results.
 *
 * <p>Uses the JDK only. Open {@link org.pagexplorer.domain.AttackSpecification} first.
 */
@NullMarked
package org.pagexplorer.domain;

import org.jspecify.annotations.NullMarked;
