package org.pagexplorer.ui.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.pagexplorer.dataset.Dataset;

/** Draws rows for the grid from a data set. */
public final class ImageSource {
  private final Dataset dataset;

  public ImageSource(Dataset dataset) {
    this.dataset = dataset;
  }

  public Dataset dataset() {
    return dataset;
  }

  /** One image of each of the first {@code count} classes, the {@code page}-th of each. */
  public List<OriginalImage> onePerClass(int count, int page) {
    List<OriginalImage> images = new ArrayList<>();
    int classes = dataset.classes().size();
    for (int k = 0; k < count; k++) {
      List<Integer> members = members(k % classes);
      if (!members.isEmpty()) {
        images.add(image(members.get(Math.floorMod(page + k / classes, members.size()))));
      }
    }
    return images;
  }

  /** Images of one class, from the {@code page}-th on. */
  public List<OriginalImage> ofClass(int label, int count, int page) {
    List<Integer> members = members(label);
    List<OriginalImage> images = new ArrayList<>();
    for (int k = 0; k < Math.min(count, members.size()); k++) {
      images.add(image(members.get(Math.floorMod(page * count + k, members.size()))));
    }
    return images;
  }

  /** Images at random. */
  public List<OriginalImage> atRandom(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<OriginalImage> images = new ArrayList<>();
    for (int k = 0; k < Math.min(count, dataset.size()); k++) {
      images.add(image(random.nextInt(dataset.size())));
    }
    return images;
  }

  private List<Integer> members(int label) {
    List<Integer> members = new ArrayList<>();
    for (int i = 0; i < dataset.size(); i++) {
      if (dataset.label(i) == label) {
        members.add(i);
      }
    }
    return members;
  }

  /** The image of an index. */
  public OriginalImage image(int index) {
    String className = dataset.classes().get(dataset.label(index));
    return new OriginalImage(
        dataset.image(index), className + " #" + index, Optional.of(className));
  }
}
