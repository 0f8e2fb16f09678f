package org.pagexplorer.checkpoint.catalogue;

import java.nio.file.Path;

/** One file of the catalogue: a {@link ModelFile}, or a broken one. */
public sealed interface CatalogueEntry permits ModelFile, CatalogueEntry.Broken {

  /** Where it is. */
  Path file();

  /**
   * A file that cannot be used.
   *
   * @param file where it is
   * @param sentence why, and what to do
   */
  record Broken(Path file, String sentence) implements CatalogueEntry {}
}
