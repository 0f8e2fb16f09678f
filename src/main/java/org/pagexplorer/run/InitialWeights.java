package org.pagexplorer.run;

import java.util.SequencedMap;
import org.pagexplorer.domain.Architecture;
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

  /**
   * Checks that they are those of the network that is to be trained.
   *
   * @param from that model's network
   * @throws UserException saying which options name it
   */
  public void check(Architecture from, Architecture trained) {
    if (!from.equals(trained)) {
      throw new UserException(
          "%s is a %s of width %d, but a %s of width %d is to be trained: use --architecture %s --width %d."
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
