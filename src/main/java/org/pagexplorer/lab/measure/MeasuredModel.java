package org.pagexplorer.lab.measure;

import java.nio.file.Path;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.lab.model.OpenModel;

/**
 * A model in a comparison.
 *
 * @param file where its weights are
 * @param sha256 of the file when it was opened: every number is of these weights
 * @param card what it says of itself
 */
public record MeasuredModel(Path file, String sha256, ModelCard card) {
  public static MeasuredModel of(OpenModel model) {
    return new MeasuredModel(model.file(), model.sha256(), model.card());
  }

  public String name() {
    return card.name();
  }
}
