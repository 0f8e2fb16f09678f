package org.pagexplorer.checkpoint.catalogue;

import java.nio.file.Path;
import org.pagexplorer.domain.ModelCard;

/**
 * A model's file and its card: names, shapes and formats are right; its weights are not yet read.
 *
 * @param file where it is
 * @param card what it says of itself
 */
public record ModelFile(Path file, ModelCard card) implements CatalogueEntry {

  /**
   * Reads what a model says of itself; runs nothing.
   *
   * @throws org.pagexplorer.domain.UserException if it is no usable model
   */
  public static ModelFile read(Path file) {
    return new ModelFile(file, ModelFiles.readCard(file));
  }

  /** Whether two are the same but for the name that the user gave them. */
  public boolean isSameAs(ModelFile other) {
    return file.equals(other.file) && card.withName("").equals(other.card.withName(""));
  }
}
