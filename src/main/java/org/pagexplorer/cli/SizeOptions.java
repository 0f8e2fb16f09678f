package org.pagexplorer.cli;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.InputShape;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** In which size the training images are used. */
final class SizeOptions {
  @Option(
      names = "--input-size",
      paramLabel = "N",
      description =
          "height and width to which images are resized; those of the first training image if not"
              + " given")
  @Nullable Integer side;

  @Mixin FitOption fit = new FitOption();

  /**
   * The images in that size.
   *
   * @param say told once that some have to be resized
   */
  Dataset fitted(Dataset images, Consumer<String> say) {
    InputShape own = images.shape();
    InputShape shape = side == null ? own : new InputShape(own.channels(), side, side);
    return images.fitted(shape, fit.value, say);
  }
}
