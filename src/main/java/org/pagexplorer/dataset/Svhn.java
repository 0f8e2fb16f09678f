package org.pagexplorer.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;
import us.hebi.matlab.mat.types.Matrix;

/**
 * Street View House Numbers (Netzer et al., 2011), cropped: {@code X} of 32×32×3×N bytes and {@code
 * y} of N labels in MATLAB's format, where the digit 0 has the label 10.
 */
final class Svhn {
  private static final List<String> SPLITS = List.of("test", "train", "extra");

  private Svhn() {}

  /** {@code test_32x32.mat} and the like, or one of them. */
  static SequencedMap<String, Supplier<Dataset>> in(Path place) {
    SequencedMap<String, Supplier<Dataset>> parts = Layout.nothing();
    for (String split : SPLITS) {
      String name = split + "_32x32.mat";
      Path file = Listing.name(place).equals(name) ? place : place.resolve(name);
      if (Files.isRegularFile(file)) {
        parts.put(split, () -> open(file));
      }
    }
    return parts;
  }

  private static Dataset open(Path file) {
    MatlabFile content = MatlabFile.read(file, Set.of("X", "y"));
    Matrix images = content.matrix("X");
    Matrix labels = content.matrix("y");
    int[] sizes = images.getDimensions();
    if (sizes.length != 4 || sizes[2] != 3) {
      throw new UserException(
          "The file %s holds no pictures in color: download it again.".formatted(file));
    }
    InputShape shape = new InputShape(3, sizes[0], sizes[1]);
    ArrayDataset.checkSizes(file + "'s X", sizes[3], file + "'s y", labels.getNumElements());
    return new ArrayDataset(
        "SVHN",
        IdxFiles.DIGITS,
        shape,
        ArrayDataset.checked(digits(labels), IdxFiles.DIGITS.size(), file),
        index -> pixels(images, shape, index));
  }

  private static int[] digits(Matrix labels) {
    int[] digits = new int[labels.getNumElements()];
    for (int i = 0; i < digits.length; i++) {
      int label = labels.getInt(i);
      digits[i] = label == 10 ? 0 : label;
    }
    return digits;
  }

  /** MATLAB counts rows first. */
  private static byte[] pixels(Matrix images, InputShape shape, int index) {
    byte[] bytes = new byte[shape.size()];
    int plane = shape.height() * shape.width();
    for (int c = 0; c < shape.channels(); c++) {
      for (int x = 0; x < shape.width(); x++) {
        int from = (index * shape.channels() + c) * plane + x * shape.height();
        for (int y = 0; y < shape.height(); y++) {
          bytes[c * plane + y * shape.width() + x] = (byte) images.getInt(from + y);
        }
      }
    }
    return bytes;
  }
}
