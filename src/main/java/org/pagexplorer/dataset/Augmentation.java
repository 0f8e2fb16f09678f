package org.pagexplorer.dataset;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.pagexplorer.domain.InputShape;

/**
 * A crop of the image padded with zeros, then perhaps a horizontal flip: one draw of the usual
 * CIFAR augmentation, kept so that whatever belongs to the image (a target gradient, a
 * representative) can be moved the same way.
 *
 * @param dy rows by which the crop lies below the image, in [−padding, padding]
 * @param dx columns by which the crop lies right of the image, in [−padding, padding]
 * @param flip whether the crop is mirrored left to right
 */
public record Augmentation(int dy, int dx, boolean flip) {

  /** Leaves an image as it is. */
  public static final Augmentation NONE = new Augmentation(0, 0, false);

  /**
   * What is drawn from.
   *
   * @param cropPadding zeros around the image that the crop may take in, in pixels, at least 0
   * @param horizontalFlip the probability of a flip, in [0, 1]
   */
  public record Policy(int cropPadding, double horizontalFlip) {

    /** CIFAR-10's custom and the paper's: 4 pixels, every second image flipped (section C.2). */
    public static final Policy USUAL = new Policy(4, 0.5);

    public Policy {
      if (cropPadding < 0) {
        throw new IllegalArgumentException("the crop padding must be at least 0");
      }
      if (!(horizontalFlip >= 0 && horizontalFlip <= 1)) {
        throw new IllegalArgumentException("the probability of a flip must be in [0, 1]");
      }
    }

    /**
     * Draws offsets uniformly, then the flip; three draws whatever the policy, so that what is
     * drawn after them does not depend on it.
     */
    public Augmentation draw(RandomGenerator random) {
      int dy = random.nextInt(2 * cropPadding + 1) - cropPadding;
      int dx = random.nextInt(2 * cropPadding + 1) - cropPadding;
      // Of the 2³² integers, the lowest share.
      boolean flip = random.nextInt() < Integer.MIN_VALUE + horizontalFlip * 0x1p32;
      return new Augmentation(dy, dx, flip);
    }
  }

  /**
   * Moves one CHW array: {@code destination[c, y, x] = source[c, y + dy, x' + dx]}, or 0 where that
   * lies outside, with {@code x' = x}, or {@code width − 1 − x} if flipped.
   *
   * @param source {@code shape.size()} values
   * @param destination another array; the result begins at {@code offset}
   */
  public void apply(float[] source, InputShape shape, float[] destination, int offset) {
    if (source.length != shape.size()) {
      throw new IllegalArgumentException(source.length + " values are no " + shape);
    }
    int width = shape.width();
    int rows = shape.channels() * shape.height();
    for (int row = 0; row < rows; row++) {
      int y = row % shape.height() + dy;
      int to = offset + row * width;
      if (y < 0 || y >= shape.height()) {
        Arrays.fill(destination, to, to + width, 0);
      } else {
        moveRow(source, (row + dy) * width, width, destination, to);
      }
    }
  }

  private void moveRow(float[] source, int from, int width, float[] destination, int to) {
    // Columns [first, last) of the crop lie within the image.
    int first = Math.clamp(-dx, 0, width);
    int last = Math.clamp(width - dx, first, width);
    Arrays.fill(destination, to, to + first, 0);
    if (last > first) {
      System.arraycopy(source, from + first + dx, destination, to + first, last - first);
    }
    Arrays.fill(destination, to + last, to + width, 0);
    if (flip) {
      reverse(destination, to, to + width - 1);
    }
  }

  private static void reverse(float[] values, int first, int last) {
    for (int i = first, j = last; i < j; i++, j--) {
      float kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }
}
