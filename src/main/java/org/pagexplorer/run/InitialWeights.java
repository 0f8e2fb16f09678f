package org.pagexplorer.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.UserException;

/**
 * Another model's weights, with which a training begins in place of random ones.
 *
 * @param name of that model
 * @param sha256 of its file, 64 hexadecimal digits
 * @param normalization of its inputs, which the training keeps
 * @param tensors by name
 */
public record InitialWeights(
    String name, String sha256, Normalization normalization, SequencedMap<String, Tensor> tensors) {
  private static final String SHA256 = ModelCard.INITIAL_CHECKPOINT + "-sha256";

  /** What is left of them in a model that began with them: not the weights. */
  public static InitialWeights of(ModelCard begun) {
    return new InitialWeights(
        begun.initialCheckpoint().orElse(""),
        begun.training().getOrDefault(SHA256, ""),
        begun.normalization(),
        new LinkedHashMap<>());
  }

  /** As a card has them. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put(ModelCard.INITIAL_CHECKPOINT, name);
    parameters.put(SHA256, sha256);
    return parameters;
  }

  /**
   * Checks that they are those of the network that is to be trained.
   *
   * @param from that model's network
   * @throws UserException saying what names it
   */
  public void check(Architecture from, Architecture trained) {
    if (!from.equals(trained)) {
      throw new UserException(
          "%s is a %s of width %d, but a %s of width %d is to be trained: choose a model of that network, or train with architecture %s and width %d."
              .formatted(
                  name,
                  from.family().title(),
                  from.width(),
                  trained.family().title(),
                  trained.width(),
                  from.family().id(),
                  from.width()));
    }
  }
}
