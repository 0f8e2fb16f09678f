package org.pagexplorer.checkpoint.catalogue;

import java.nio.file.Path;
import org.pagexplorer.domain.ModelCard;

/** One file of the catalogue. */
public sealed interface CatalogueEntry {

  /** Where it is. */
  Path file();

  /**
   * A checkpoint whose card, names, shapes and formats are right; its weights are not yet read.
   *
   * @param file where it is
   * @param card what it says of itself
   */
  record Usable(Path file, ModelCard card) implements CatalogueEntry {}

  /**
   * A file that cannot be used.
   *
   * @param file where it is
   * @param sentence why, and what to do
   */
  record Broken(Path file, String sentence) implements CatalogueEntry {}
}
