package org.pagexplorer.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The 1,000 classes of ImageNet's challenge in the order of its labels, which is that of their
 * WordNet ids: the first word of each, as {@code imagenet_class_index.json} has it, with spaces;
 * where two classes have the same one, another of WordNet's for the rarer.
 */
public final class ImageNet {
  private static final String RESOURCE = "imagenet-classes.txt";

  /** An id and a name a line. */
  private static final List<String[]> LINES = lines();

  /** Names, each once, in whatever case. */
  public static final List<String> CLASSES = LINES.stream().map(line -> line[1]).toList();

  /** WordNet's ids, such as {@code n01440764}, which its folders are called by. */
  public static final List<String> IDS = LINES.stream().map(line -> line[0]).toList();

  private ImageNet() {}

  private static List<String[]> lines() {
    try (InputStream in = Objects.requireNonNull(ImageNet.class.getResourceAsStream(RESOURCE))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" ", 2))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
