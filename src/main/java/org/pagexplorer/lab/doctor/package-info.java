/**
 * What a bug report needs to know of a machine, and what is wrong with it in words. Open {@link
 * org.pagexplorer.lab.doctor.Diagnosis} first.
 */
@NullMarked
package org.pagexplorer.lab.doctor;

import org.jspecify.annotations.NullMarked;
