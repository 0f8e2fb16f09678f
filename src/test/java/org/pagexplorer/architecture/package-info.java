/** How the deliberate violations say which rule of {@code ArchitectureTest} they break. */
package org.pagexplorer.architecture;
