package org.pagexplorer.lab.figure;

import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Named;
import org.pagexplorer.domain.SaliencyMethod;

/** How a map becomes a picture. */
public enum SaliencyView implements Named {
  /** Gray for 0, each channel brighter for positive and darker for negative values. */
  SIGNED,
  /** Black for 0; the largest absolute value of a pixel's channels (Simonyan et al. 2014). */
  MAGNITUDE;

  /** Rec. 601, as pictures are made gray. */
  private static final double[] LUMA = {0.299, 0.587, 0.114};

  /** Of the heat, where it is hottest. */
  private static final double OPACITY = 0.8;

  /**
   * A picture in [0, 1] of the original's height and width. Grad-CAM has neither signs nor colors:
   * it is laid over the image, which is made gray.
   *
   * @param scale the value in full color, above 0
   */
  public Image picture(SaliencyMethod method, Image map, Image original, double scale) {
    if (!method.isSigned()) {
      return this == SIGNED ? heat(map, original, scale) : gray(map, scale);
    }
    return this == SIGNED ? aroundGray(map, scale) : gray(map, scale);
  }

  private static Image aroundGray(Image map, double scale) {
    float[] shown = new float[map.pixels().length];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = (float) Math.clamp(0.5 + 0.5 * map.pixels()[i] / scale, 0, 1);
    }
    return new Image(map.shape(), shown);
  }

  private static Image gray(Image map, double scale) {
    InputShape shape = map.shape();
    int plane = shape.height() * shape.width();
    float[] shown = new float[plane];
    for (int i = 0; i < map.pixels().length; i++) {
      float size = (float) Math.min(1, Math.abs(map.pixels()[i]) / scale);
      shown[i % plane] = Math.max(shown[i % plane], size);
    }
    return new Image(new InputShape(1, shape.height(), shape.width()), shown);
  }

  private static Image heat(Image map, Image original, double scale) {
    InputShape shape = original.shape();
    int plane = shape.height() * shape.width();
    float[] hot = Palette.LIGHT.of(1).getRGBColorComponents(null);
    float[] shown = new float[3 * plane];
    for (int i = 0; i < plane; i++) {
      double luma = 0;
      for (int c = 0; c < shape.channels(); c++) {
        double share = shape.channels() == 3 ? LUMA[c] : 1.0 / shape.channels();
        luma += share * original.pixels()[c * plane + i];
      }
      double heat = OPACITY * Math.clamp(map.pixels()[i] / scale, 0, 1);
      for (int c = 0; c < 3; c++) {
        shown[c * plane + i] = (float) Math.clamp(luma + heat * (hot[c] - luma), 0, 1);
      }
    }
    return new Image(new InputShape(3, shape.height(), shape.width()), shown);
  }
}
