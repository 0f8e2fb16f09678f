package org.pagexplorer.lab.figure;

import java.util.List;
import java.util.Objects;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.attack.OriginalImage;

/**
 * The images of a figure's specification, exactly, as a dataset; those without a label are of a
 * class that no model knows.
 */
public final class SpecifiedImages implements Dataset {
  private static final String UNLABELED = "unlabeled";

  private final String name;
  private final List<OriginalImage> subjects;
  private final List<String> classes;

  /**
   * @param name for people
   * @param subjects at least one
   */
  public SpecifiedImages(String name, List<OriginalImage> subjects) {
    this.name = name;
    this.subjects = List.copyOf(subjects);
    classes = subjects.stream().map(SpecifiedImages::classOf).distinct().toList();
  }

  private static String classOf(OriginalImage subject) {
    return subject.className().orElse(UNLABELED);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public InputShape shape() {
    return subjects.getFirst().image().shape();
  }

  @Override
  public int size() {
    return subjects.size();
  }

  @Override
  public int label(int index) {
    return classes.indexOf(classOf(subjects.get(index)));
  }

  @Override
  public byte[] bytes(int index) {
    float[] pixels = image(index).pixels();
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(255 * pixels[i]);
    }
    return bytes;
  }

  @Override
  public Image image(int index) {
    return subjects.get(Objects.checkIndex(index, subjects.size())).image();
  }
}
