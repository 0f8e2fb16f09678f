package org.pagexplorer.checkpoint.importing;

import java.util.Optional;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;

/** What no name and no shape of a file says, and nearly always is so. */
final class Assumption {
  private Assumption() {}

  /** In a sentence that says what to do if it is not so, by options or by fields. */
  static Optional<String> of(Fit fit) {
    Architecture architecture = fit.architecture();
    if (architecture.family().design() == Family.Design.PLAIN_CNN) {
      return Optional.of(
          "It is taken to be a %s for images of %d × %d, with ReLUs; if it is not, choose another stride, padding, or input size."
              .formatted(
                  architecture.family().title(),
                  architecture.input().height(),
                  architecture.input().width()));
    }
    boolean isTorchvisions =
        fit.renamed().values().stream().anyMatch(name -> name.contains(".downsample."));
    return isTorchvisions
        ? Family.values().stream()
            .filter(family -> family.id().equals(fit.architecture().family().id() + "-pooled"))
            .findFirst()
            .map(
                pooled ->
                    "It is taken to have no pooling after its 3×3 stem; if it has,"
                        + " choose the architecture "
                        + pooled.id()
                        + ".")
        : Optional.empty();
  }
}
