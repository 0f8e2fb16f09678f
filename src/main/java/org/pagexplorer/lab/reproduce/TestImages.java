package org.pagexplorer.lab.reproduce;

import java.nio.file.Path;
import java.util.Optional;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.lab.model.OpenModel;

/**
 * Images that accuracies are counted on.
 *
 * @param dataset those that are counted, balanced over classes
 * @param place where they are from, for people and for a command line; empty for the samples
 * @param available how many the place has
 * @param sha256 {@link Datasets#hash} of those that are counted
 */
public record TestImages(Dataset dataset, Optional<Path> place, int available, String sha256) {

  /** The first of the place's images, balanced over classes. */
  public static TestImages of(Dataset all, Optional<Path> place, int limit) {
    Dataset some = Datasets.limit(all, limit, 0);
    return new TestImages(some, place, all.size(), Datasets.hash(some));
  }

  /** With a model's labels; nothing where it takes other images, or knows other classes. */
  public Optional<Dataset> of(OpenModel model) {
    return dataset.shape().equals(model.card().architecture().input())
        ? Datasets.labeled(dataset, model.card().classes(), _ -> {})
        : Optional.empty();
  }
}
