/**
 * A small copy of the program's packages in which every class breaks a rule of the architecture.
 *
 * <p>Used by {@code ArchitectureTest} only, which must find each. Nothing here ever runs.
 */
package org.pagexplorer.architecture.violations;
