package org.pagexplorer.ui.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.lab.attack.OriginalImage;

/** Draws rows for the grid from a dataset. */
public final class ImageSource {
  private final Dataset dataset;

  public ImageSource(Dataset dataset) {
    this.dataset = dataset;
  }

  public Dataset dataset() {
    return dataset;
  }

  /**
   * One image of each class, the {@code page}-th of each. Of many classes {@code most} at a time:
   * the first page has the first of them, the next one those that follow.
   */
  public List<OriginalImage> onePerClass(int most, int page) {
    List<List<Integer>> members = members();
    int pages = Math.ceilDiv(members.size(), most);
    int from = Math.floorMod(page, pages) * most;
    List<Integer> chosen = new ArrayList<>();
    for (List<Integer> own : members.subList(from, Math.min(from + most, members.size()))) {
      if (!own.isEmpty()) {
        chosen.add(own.get(Math.floorMod(Math.floorDiv(page, pages), own.size())));
      }
    }
    return ofIndices(chosen);
  }

  /** Images of one class, from the {@code page}-th on. */
  public List<OriginalImage> ofClass(int label, int count, int page) {
    List<Integer> members = members().get(label);
    List<Integer> chosen = new ArrayList<>();
    for (int k = 0; k < Math.min(count, members.size()); k++) {
      chosen.add(members.get(Math.floorMod(page * count + k, members.size())));
    }
    return ofIndices(chosen);
  }

  /** Images at random. */
  public List<OriginalImage> atRandom(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> chosen = new ArrayList<>();
    for (int k = 0; k < Math.min(count, dataset.size()); k++) {
      chosen.add(random.nextInt(dataset.size()));
    }
    return ofIndices(chosen);
  }

  /** The images of these indices. Pictures of folders are decoded side by side. */
  public List<OriginalImage> ofIndices(List<Integer> indices) {
    return indices.parallelStream().map(this::image).toList();
  }

  /** The indices of each class. */
  private List<List<Integer>> members() {
    List<List<Integer>> members = new ArrayList<>();
    dataset.classes().forEach(name -> members.add(new ArrayList<>()));
    for (int i = 0; i < dataset.size(); i++) {
      members.get(dataset.label(i)).add(i);
    }
    return members;
  }

  /** The image of an index. */
  public OriginalImage image(int index) {
    int label = dataset.label(index);
    String className = dataset.classes().get(label);
    return new OriginalImage(
        Printable.of(className + " #" + index),
        className,
        dataset.image(index),
        OptionalInt.of(label),
        "");
  }
}
