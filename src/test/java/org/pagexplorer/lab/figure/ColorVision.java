package org.pagexplorer.lab.figure;

import java.awt.Color;

/** How people see colors. */
public final class ColorVision {
  /**
   * Who sees: matrices on linear RGB for the complete lack of a kind of cone (Machado, Oliveira,
   * and Fernandes 2009, "A Physiologically-based Model for Simulation of Color Vision Deficiency",
   * severity 1.0).
   */
  public enum Eyes {
    USUAL(1, 0, 0, 0, 1, 0, 0, 0, 1),
    PROTANOPIA(
        0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116,
        1.051998),
    DEUTERANOPIA(
        0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881);

    private final double[] matrix;

    Eyes(double... matrix) {
      this.matrix = matrix;
    }

    private double[] see(double[] linear) {
      double[] seen = new double[3];
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          seen[i] += matrix[3 * i + j] * linear[j];
        }
        seen[i] = Math.clamp(seen[i], 0, 1);
      }
      return seen;
    }
  }

  private ColorVision() {}

  private static double[] linear(Color color) {
    double[] linear = new double[3];
    int[] bytes = {color.getRed(), color.getGreen(), color.getBlue()};
    for (int i = 0; i < 3; i++) {
      double c = bytes[i] / 255.0;
      linear[i] = c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
    return linear;
  }

  /** WCAG 2's, from 1 to 21. */
  public static double contrast(Color one, Color other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(Color color) {
    double[] linear = linear(color);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }

  /** CIEDE2000: of 1 just noticeable, of 5 plain side by side. */
  public static double difference(Eyes eyes, Color one, Color other) {
    return difference(lab(eyes.see(linear(one))), lab(eyes.see(linear(other))));
  }

  private static double[] lab(double[] rgb) {
    double x = f((0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047);
    double y = f(0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2]);
    double z = f((0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883);
    return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double f(double t) {
    return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
  }

  /** Of colors in CIELAB, as Sharma, Wu, and Dalal (2005) write it down. */
  static double difference(double[] one, double[] other) {
    double chroma = (Math.hypot(one[1], one[2]) + Math.hypot(other[1], other[2])) / 2;
    double g = 1.5 - 0.5 * root(chroma);
    double a1 = g * one[1];
    double a2 = g * other[1];
    double c1 = Math.hypot(a1, one[2]);
    double c2 = Math.hypot(a2, other[2]);
    double h1 = hue(a1, one[2]);
    double h2 = hue(a2, other[2]);
    double turn = c1 * c2 == 0 ? 0 : Math.IEEEremainder(h2 - h1, 360);
    double hue = c1 * c2 == 0 ? h1 + h2 : middle(h1, h2);
    double c = (c1 + c2) / 2;
    double light = (one[0] + other[0]) / 2 - 50;
    double t =
        1
            - 0.17 * cos(hue - 30)
            + 0.24 * cos(2 * hue)
            + 0.32 * cos(3 * hue + 6)
            - 0.20 * cos(4 * hue - 63);
    double dl = (other[0] - one[0]) / (1 + 0.015 * light * light / Math.sqrt(20 + light * light));
    double dc = (c2 - c1) / (1 + 0.045 * c);
    double dh = 2 * Math.sqrt(c1 * c2) * Math.sin(Math.toRadians(turn / 2)) / (1 + 0.015 * c * t);
    double angle = 60 * Math.exp(-Math.pow((hue - 275) / 25, 2));
    double rotation = -2 * root(c) * Math.sin(Math.toRadians(angle));
    return Math.sqrt(dl * dl + dc * dc + dh * dh + rotation * dc * dh);
  }

  private static double root(double chroma) {
    double seventh = Math.pow(chroma, 7);
    return Math.sqrt(seventh / (seventh + Math.pow(25, 7)));
  }

  private static double hue(double a, double b) {
    double degrees = Math.toDegrees(Math.atan2(b, a));
    return degrees < 0 ? degrees + 360 : degrees;
  }

  private static double middle(double h1, double h2) {
    double middle = (h1 + h2) / 2;
    return Math.abs(h1 - h2) <= 180 ? middle : middle < 180 ? middle + 180 : middle - 180;
  }

  private static double cos(double degrees) {
    return Math.cos(Math.toRadians(degrees));
  }
}
