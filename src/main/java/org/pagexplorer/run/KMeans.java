package org.pagexplorer.run;

import java.util.Arrays;
import java.util.List;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.engine.NearestRows;
import org.pagexplorer.engine.TorchEngine;

/** Lloyd's algorithm on the images of a class. */
final class KMeans {
  private static final int MOST_ROUNDS = 50;

  private KMeans() {}

  /**
   * Cluster means, once no image changes its cluster anymore (or after 50 rounds); a cluster that
   * loses all images keeps its mean.
   *
   * @param members images, shuffled: the first k are the first centers
   * @param check called before every image, in every round
   * @return k means, or one an image where there are fewer images
   */
  static float[][] centers(
      TorchEngine engine, Dataset images, int[] members, int k, Runnable check) {
    float[][] pixels = new float[members.length][];
    for (int i = 0; i < members.length; i++) {
      check.run();
      pixels[i] = images.image(members[i]).pixels();
    }
    float[][] centers = new float[Math.min(k, members.length)][];
    for (int c = 0; c < centers.length; c++) {
      centers[c] = pixels[c].clone();
    }
    int[] before = new int[0];
    for (int round = 0; round < MOST_ROUNDS; round++) {
      int[] clusters =
          NearestRows.of(
              engine,
              pixels.length,
              i -> {
                check.run();
                return pixels[i];
              },
              centers,
              i -> -1);
      if (Arrays.equals(clusters, before)) {
        break;
      }
      before = clusters;
      for (int c = 0; c < centers.length; c++) {
        centers[c] = mean(pixels, clusters, c, centers[c]);
      }
    }
    return centers;
  }

  private static float[] mean(float[][] pixels, int[] clusters, int cluster, float[] ifEmpty) {
    double[] sum = new double[ifEmpty.length];
    int count = 0;
    for (int i = 0; i < pixels.length; i++) {
      if (clusters[i] == cluster) {
        count++;
        for (int j = 0; j < sum.length; j++) {
          sum[j] += pixels[i][j];
        }
      }
    }
    if (count == 0) {
      return ifEmpty;
    }
    float[] mean = new float[sum.length];
    for (int j = 0; j < sum.length; j++) {
      mean[j] = (float) (sum[j] / count);
    }
    return mean;
  }

  /** Multiplies all centers by one constant that gives them the images' average L2 norm. */
  static double scaleToImages(Dataset images, List<float[][]> centers, Runnable check) {
    double imageNorms = 0;
    for (int i = 0; i < images.size(); i++) {
      check.run();
      imageNorms += norm(images.image(i).pixels());
    }
    double centerNorms = 0;
    int count = 0;
    for (float[][] ofClass : centers) {
      for (float[] center : ofClass) {
        centerNorms += norm(center);
        count++;
      }
    }
    double scale = imageNorms / images.size() / (centerNorms / count);
    for (float[][] ofClass : centers) {
      for (float[] center : ofClass) {
        for (int j = 0; j < center.length; j++) {
          center[j] *= (float) scale;
        }
      }
    }
    return scale;
  }

  private static double norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
