package org.pagexplorer.lab.model;

import java.util.List;
import java.util.function.Consumer;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.UserException;

/** Whether models and datasets speak of the same images and classes. */
public final class Agreement {
  private Agreement() {}

  /**
   * Models to be compared take the same images and know the same classes in the same order.
   *
   * @throws UserException naming the first two that differ
   */
  public static void check(List<OpenModel> models) {
    checkInputs(models);
    OpenModel first = models.getFirst();
    for (OpenModel other : models) {
      if (!first.card().classes().equals(other.card().classes())) {
        throw new UserException(
            "%s knows the classes %s but %s knows %s: choose models of the same classes."
                .formatted(
                    first.file(), classes(first.card()), other.file(), classes(other.card())));
      }
    }
  }

  /**
   * Models to be compared take the same images.
   *
   * @throws UserException naming the first two that differ
   */
  public static void checkInputs(List<OpenModel> models) {
    OpenModel first = models.getFirst();
    for (OpenModel other : models) {
      if (!inputOf(first).equals(inputOf(other))) {
        throw new UserException(
            "%s takes inputs of %s but %s of %s: choose models that take the same images."
                .formatted(first.file(), inputOf(first), other.file(), inputOf(other)));
      }
    }
  }

  /**
   * A dataset's labels mean something to a model of the same classes in the same order only.
   *
   * @throws UserException saying what differs
   */
  public static void check(OpenModel model, Dataset dataset) {
    if (!inputOf(model).equals(dataset.shape())) {
      throw new UserException(
          "%s takes inputs of %s but the images of %s are %s: choose a dataset that fits."
              .formatted(model.file(), inputOf(model), dataset.name(), dataset.shape()));
    }
    if (model.card().classes().size() != dataset.classes().size()) {
      throw new UserException(
          "%s has %d classes but %s has %d: choose a dataset of the model's classes."
              .formatted(
                  model.file(),
                  model.card().classes().size(),
                  dataset.name(),
                  dataset.classes().size()));
    }
    if (!model.card().classes().equals(dataset.classes())) {
      throw new UserException(
          "%s knows the classes %s but %s has %s: choose a dataset of the same, in that order."
              .formatted(
                  model.file(),
                  classes(model.card()),
                  dataset.name(),
                  String.join(", ", dataset.classes())));
    }
  }

  /**
   * A dataset's images as models take them: resized where they have another size, with their labels
   * among the models' classes.
   *
   * @param models at least one
   * @param say told once of the first image that is resized, and of labels without names
   * @throws UserException if the models or their classes do not fit
   */
  public static Dataset fitted(
      List<OpenModel> models, Dataset dataset, Fit fit, Consumer<String> say) {
    Dataset fitted = fitted(models.getFirst().card(), dataset, fit, say);
    models.forEach(model -> check(model, fitted));
    return fitted;
  }

  /** The same for one model; what does not fit it is left for {@link #check} to refuse. */
  public static Dataset fitted(ModelCard model, Dataset dataset, Fit fit, Consumer<String> say) {
    InputShape input = model.architecture().input();
    Dataset labeled = Datasets.labeled(dataset, model.classes(), say).orElse(dataset);
    boolean pictures = input.channels() == 1 || input.channels() == 3;
    return pictures ? labeled.fitted(input, fit, say) : labeled;
  }

  private static InputShape inputOf(OpenModel model) {
    return model.card().architecture().input();
  }

  private static String classes(ModelCard card) {
    return String.join(", ", card.classes());
  }
}
