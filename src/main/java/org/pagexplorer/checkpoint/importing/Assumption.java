package org.pagexplorer.checkpoint.importing;

import java.util.Optional;
import org.pagexplorer.domain.Family;

/** What no name and no shape of a file says, and nearly always is so. */
final class Assumption {
  private Assumption() {}

  /** In a sentence that says what to do if it is not so. */
  static Optional<String> of(Fit fit) {
    boolean isTorchvisions =
        fit.renamed().values().stream().anyMatch(name -> name.contains(".downsample."));
    return isTorchvisions
        ? Family.values().stream()
            .filter(family -> family.id().equals(fit.architecture().family().id() + "-pooled"))
            .findFirst()
            .map(
                pooled ->
                    "It is taken to have no pooling after its 3×3 stem; if it has,"
                        + " --architecture "
                        + pooled.id()
                        + ".")
        : Optional.empty();
  }
}
