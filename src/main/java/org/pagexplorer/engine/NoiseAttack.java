package org.pagexplorer.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.ThreatModel;

/** Random noise of an attack's size: what every attack has to beat. */
public final class NoiseAttack {
  private NoiseAttack() {}

  /**
   * Each image with noise of norm ε before pixels are clipped to [0, 1]: uniform on the sphere for
   * L1 and L2, a sign a value for L∞. A picture depends on its image, label and seed alone.
   */
  public static List<Image> onTheSphere(
      ThreatModel threat, List<Image> images, int[] labels, long seed) {
    List<Image> noisy = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      long own = RandomStart.seed(images.get(i), Goal.leave(labels[i]), seed, 0);
      noisy.add(noisy(images.get(i), threat, new SplittableRandom(own).split()));
    }
    return noisy;
  }

  private static Image noisy(Image image, ThreatModel threat, RandomGenerator random) {
    double[] noise = new double[image.pixels().length];
    double size = 0;
    for (int i = 0; i < noise.length; i++) {
      noise[i] =
          switch (threat.norm()) {
            case L1 -> SquareMove.sign(random) * random.nextExponential();
            case L2 -> random.nextGaussian();
            case LINF -> SquareMove.sign(random);
          };
      size += threat.norm() == Norm.L1 ? Math.abs(noise[i]) : noise[i] * noise[i];
    }
    double scale =
        threat.epsilon()
            / switch (threat.norm()) {
              case L1 -> size;
              case L2 -> Math.sqrt(size);
              case LINF -> 1;
            };
    float[] pixels = new float[noise.length];
    for (int i = 0; i < noise.length; i++) {
      pixels[i] = (float) Math.clamp(image.pixels()[i] + noise[i] * scale, 0, 1);
    }
    return new Image(image.shape(), pixels);
  }
}
