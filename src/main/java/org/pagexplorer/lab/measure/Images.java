package org.pagexplorer.lab.measure;

import java.util.ArrayList;
import java.util.List;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Image;

/** Some labeled images. */
record Images(List<Image> images, int[] labels) {

  /** Those from {@code from} to before {@code to}. */
  static Images of(Dataset dataset, int from, int to) {
    List<Image> images = new ArrayList<>();
    int[] labels = new int[to - from];
    for (int i = from; i < to; i++) {
      images.add(dataset.image(i));
      labels[i - from] = dataset.label(i);
    }
    return new Images(images, labels);
  }

  int size() {
    return labels.length;
  }

  /** Those at these places. */
  Images only(List<Integer> places) {
    return new Images(
        places.stream().map(images::get).toList(),
        places.stream().mapToInt(i -> labels[i]).toArray());
  }

  /** All pixels, image by image. */
  float[] pixels() {
    int size = images.getFirst().pixels().length;
    float[] pixels = new float[images.size() * size];
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(images.get(i).pixels(), 0, pixels, i * size, size);
    }
    return pixels;
  }
}
