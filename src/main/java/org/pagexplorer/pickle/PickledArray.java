package org.pagexplorer.pickle;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A NumPy array of a pickle.
 *
 * @param dtype as {@code u1} or {@code i8}
 * @param sizes of its sides
 * @param content its bytes in C order, a character each
 */
public record PickledArray(String dtype, List<Long> sizes, String content) {
  /** Its bytes in C order. */
  public byte[] bytes() {
    return content.getBytes(StandardCharsets.ISO_8859_1);
  }
}
