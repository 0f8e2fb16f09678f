package org.pagexplorer.lab.measure;

import java.nio.file.Path;
import org.pagexplorer.domain.ModelCard;

/**
 * A model in a comparison.
 *
 * @param file where its weights are
 * @param card what it says of itself
 */
public record MeasuredModel(Path file, ModelCard card) {
  public String name() {
    return card.name();
  }
}
