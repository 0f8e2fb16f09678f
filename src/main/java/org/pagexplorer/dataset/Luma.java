package org.pagexplorer.dataset;

import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;

/** The gray of a color by Rec. 601: 0.299 red, 0.587 green, 0.114 blue; grays stay as they are. */
final class Luma {
  private static final int RED = 19_595;
  private static final int GREEN = 38_470;
  private static final int BLUE = 7_471;
  private static final int HALF = 1 << 15;

  private Luma() {}

  static Image of(Image color) {
    int plane = color.pixels().length / 3;
    float[] gray = new float[plane];
    for (int i = 0; i < plane; i++) {
      float red = color.pixels()[i];
      float green = color.pixels()[plane + i];
      float blue = color.pixels()[2 * plane + i];
      gray[i] = red == green && green == blue ? red : 0.299f * red + 0.587f * green + 0.114f * blue;
    }
    return new Image(new InputShape(1, color.shape().height(), color.shape().width()), gray);
  }

  /** Of 8 bits a channel, rounded as Pillow's mode L. */
  static byte[] of(byte[] color) {
    int plane = color.length / 3;
    byte[] gray = new byte[plane];
    for (int i = 0; i < plane; i++) {
      gray[i] =
          (byte)
              ((RED * (color[i] & 255)
                      + GREEN * (color[plane + i] & 255)
                      + BLUE * (color[2 * plane + i] & 255)
                      + HALF)
                  >> 16);
    }
    return gray;
  }

  /** Gray as a color of three equal channels. */
  static byte[] repeated(byte[] gray) {
    byte[] color = new byte[3 * gray.length];
    for (int channel = 0; channel < 3; channel++) {
      System.arraycopy(gray, 0, color, channel * gray.length, gray.length);
    }
    return color;
  }
}
