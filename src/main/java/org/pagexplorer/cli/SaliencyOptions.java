package org.pagexplorer.cli;

import java.util.ArrayList;
import java.util.List;
import org.pagexplorer.domain.SaliencyMethod;
import org.pagexplorer.domain.SaliencySpecification;
import org.pagexplorer.domain.SaliencySpecification.Baseline;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which saliency maps are made, and how. */
final class SaliencyOptions {
  private static final SaliencySpecification USUAL =
      SaliencySpecification.of(SaliencyMethod.GRADIENT);

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      split = ",",
      description =
          "gradient, log-probability, loss, smoothgrad, integrated-gradients, smoothed, grad-cam;"
              + " several make several columns (default: all but loss, which is log-probability's"
              + " negative)")
  List<SaliencyMethod> methods = List.of();

  @Option(
      names = "--layer",
      paramLabel = "LAYER",
      split = ",",
      description =
          "layers that Grad-CAM looks at, a column each (default: the last that gives maps larger"
              + " than 1×1)")
  List<String> layers = List.of("");

  @Option(
      names = "--samples",
      paramLabel = "N",
      description =
          "noisy copies per image for SmoothGrad and the smoothed model (default:"
              + " ${DEFAULT-VALUE})")
  int samples = USUAL.samples();

  @Option(
      names = "--sigma",
      paramLabel = "S",
      description =
          "standard deviation of their noise, pixels being 0 to 1 (default: ${DEFAULT-VALUE})")
  double sigma = USUAL.sigma();

  @Option(
      names = "--ig-steps",
      paramLabel = "N",
      description =
          "points on the path of integrated gradients, by Gauss–Legendre's rule (default:"
              + " ${DEFAULT-VALUE})")
  int steps = USUAL.steps();

  @Option(
      names = "--baseline",
      paramLabel = "black|gray|white|mean",
      description =
          "where that path begins; mean is what the model's normalization subtracts (default:"
              + " ${DEFAULT-VALUE})")
  Baseline baseline = USUAL.baseline();

  @Mixin SeedOption seed = new SeedOption(0);

  /** A specification a column. */
  List<SaliencySpecification> specifications() {
    List<SaliencyMethod> chosen = new ArrayList<>(methods);
    if (chosen.isEmpty()) {
      chosen.addAll(List.of(SaliencyMethod.values()));
      chosen.remove(SaliencyMethod.LOSS);
    }
    List<SaliencySpecification> all = new ArrayList<>();
    for (SaliencyMethod method : chosen) {
      for (String layer : method == SaliencyMethod.GRAD_CAM ? layers : List.of("")) {
        all.add(
            new SaliencySpecification(
                method, samples, sigma, steps, baseline, layer.strip(), seed.value));
      }
    }
    return all.stream().distinct().toList();
  }
}
