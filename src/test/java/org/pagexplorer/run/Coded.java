package org.pagexplorer.run;

import java.util.List;
import java.util.SplittableRandom;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;

/**
 * A data set in memory: label i is i modulo 3, and class c is bright in channel c, with noise.
 *
 * @param damaged the image that cannot be read, or −1
 */
record Coded(int size, InputShape shape, int damaged) implements Dataset {

  static Coded of(int size) {
    return new Coded(size, new InputShape(3, 16, 16), -1);
  }

  @Override
  public String name() {
    return "coded";
  }

  @Override
  public List<String> classes() {
    return List.of("red", "green", "blue");
  }

  @Override
  public int label(int index) {
    return index % 3;
  }

  @Override
  public byte[] bytes(int index) {
    if (index == damaged) {
      throw new UserException("Image " + index + " is damaged.");
    }
    SplittableRandom random = new SplittableRandom(index);
    byte[] bytes = new byte[shape.size()];
    int area = shape.height() * shape.width();
    for (int j = 0; j < bytes.length; j++) {
      bytes[j] = (byte) ((j / area == label(index) ? 150 : 80) + random.nextInt(40));
    }
    return bytes;
  }
}
