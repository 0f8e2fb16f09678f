package org.pagexplorer.lab.alignment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.pagexplorer.domain.Image;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.lab.alignment.LocalSubspaces.Steps;

/**
 * How far a step on an image's local subspace, and one of the same length off it, move a model's
 * probabilities: ‖softmax f(x + u) − softmax f(x)‖₁, in [0, 2] (Srinivas et al. 2023, whose code
 * takes this distance). Steps are not clipped to [0, 1], as theirs are not.
 *
 * @param on NaN where the subspace is a point
 * @param off NaN where it is everything
 */
record ManifoldMeasures(double on, double off) {
  static final ManifoldMeasures NONE = new ManifoldMeasures(Double.NaN, Double.NaN);

  /** An entry an image. */
  static List<ManifoldMeasures> of(Classifier f, List<Image> images, List<Steps> steps) {
    List<float[]> here = f.logits(images);
    List<float[]> on = f.logits(moved(images, steps, Steps::on));
    List<float[]> off = f.logits(moved(images, steps, Steps::off));
    List<ManifoldMeasures> measures = new ArrayList<>();
    for (int i = 0; i < here.size(); i++) {
      double[] p = LogSumExp.softmax(here.get(i));
      Steps taken = steps.get(i);
      measures.add(
          new ManifoldMeasures(
              isZero(taken.on()) ? Double.NaN : distance(p, LogSumExp.softmax(on.get(i))),
              isZero(taken.off()) ? Double.NaN : distance(p, LogSumExp.softmax(off.get(i)))));
    }
    return measures;
  }

  private static List<Image> moved(
      List<Image> images, List<Steps> steps, Function<Steps, float[]> which) {
    List<Image> moved = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      float[] pixels = images.get(i).pixels().clone();
      float[] step = which.apply(steps.get(i));
      for (int j = 0; j < pixels.length; j++) {
        pixels[j] += step[j];
      }
      moved.add(new Image(images.get(i).shape(), pixels));
    }
    return moved;
  }

  private static boolean isZero(float[] step) {
    for (float value : step) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private static double distance(double[] p, double[] q) {
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      sum += Math.abs(p[c] - q[c]);
    }
    return sum;
  }
}
