package org.pagexplorer.lab.figure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.figure.FigureSpecification.Pictures;

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

  /** Whether a place that rows come from is a figure's specification, not a dataset's. */
  public static boolean areAt(Path place) {
    return place.toString().endsWith(".json") && Files.isRegularFile(place);
  }

  /**
   * Those of the specification in a file.
   *
   * @throws UserException if it is none with images
   */
  public static SpecifiedImages in(Path file) {
    if (FigureText.read(file) instanceof Pictures figure) {
      return new SpecifiedImages(String.valueOf(file.getFileName()), figure.subjects());
    }
    throw new UserException(file + " is a specification without images.");
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
