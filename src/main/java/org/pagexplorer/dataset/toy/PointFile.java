package org.pagexplorer.dataset.toy;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.pagexplorer.domain.UserException;

/** Points as CSV: {@code x1,x2,label} a line, the label 0 or 1, with or without a heading. */
public final class PointFile {
  /** A million points of 60 characters: more is not a file of points. */
  private static final long LARGEST_FILE = 60_000_000;

  /** The largest coordinate. */
  public static final double FARTHEST = 1e6;

  private PointFile() {}

  /**
   * Reads points.
   *
   * @throws UserException with one sentence that names the file, the line and what to do
   */
  public static PointSet read(Path file) {
    String name = String.valueOf(file.getFileName());
    float[] xy = new float[2 * PointSet.LARGEST];
    int[] labels = new int[PointSet.LARGEST];
    int n = 0;
    int number = 0;
    for (String line : lines(file, name)) {
      number++;
      String[] cells =
          (number == 1 ? line.replaceFirst("^\uFEFF", "") : line)
              .strip()
              .split("\\s*[,;\\t]\\s*", -1);
      if (line.isBlank() || number == 1 && isHeading(cells)) {
        continue;
      }
      if (n == PointSet.LARGEST) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "%s has more than %,d points, the most that the playground takes; use fewer.",
                name,
                PointSet.LARGEST));
      }
      if (cells.length != 3) {
        throw refused(name, number, "does not have the three values x1, x2 and label");
      }
      xy[2 * n] = coordinate(cells[0], name, number);
      xy[2 * n + 1] = coordinate(cells[1], name, number);
      labels[n++] = label(cells[2], name, number);
    }
    return checked(
        new PointSet(java.util.Arrays.copyOf(xy, 2 * n), java.util.Arrays.copyOf(labels, n)), name);
  }

  /** What can be trained on, or a sentence on why it cannot. */
  private static PointSet checked(PointSet points, String name) {
    for (int label = 0; label < PointSet.CLASSES; label++) {
      if (points.count(label) < 2) {
        throw new UserException(
            name
                + " has "
                + (points.count(label) == 0 ? "no point" : "only one point")
                + " of class "
                + label
                + "; each of the two classes, 0 and 1, needs two points or more.");
      }
    }
    return points;
  }

  private static Iterable<String> lines(Path file, String name) {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "%s is too large for a file of points (the playground takes %,d); use fewer.",
                name,
                PointSet.LARGEST));
      }
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new UserException(name + " is not a text file; save the points as CSV.", e);
    } catch (IOException e) {
      throw new UserException(name + " cannot be read; is it there, and yours to read?", e);
    }
  }

  private static boolean isHeading(String[] cells) {
    return cells.length == 3 && cells[0].matches("(?i)[\"']?\\p{Alpha}.*") && !isNumber(cells[0]);
  }

  private static boolean isNumber(String text) {
    try {
      Double.parseDouble(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static float coordinate(String text, String name, int line) {
    try {
      double value = Double.parseDouble(text);
      if (Math.abs(value) <= FARTHEST) {
        return (float) value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw refused(
        name, line, "has \"" + shortened(text) + "\" where a number from −1e6 to 1e6 should be");
  }

  private static int label(String text, String name, int line) {
    return switch (text) {
      case "0", "0.0" -> 0;
      case "1", "1.0" -> 1;
      default ->
          throw refused(
              name, line, "has the label \"" + shortened(text) + "\"; labels are 0 and 1");
    };
  }

  private static String shortened(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", " ");
    return printable.length() > 20 ? printable.substring(0, 20) + "…" : printable;
  }

  private static UserException refused(String name, int line, String what) {
    return new UserException("Line " + line + " of " + name + " " + what + ".");
  }

  /** The text of a file that {@link #read} takes. */
  public static String csv(PointSet points) {
    StringBuilder text = new StringBuilder("x1,x2,label\n");
    for (int i = 0; i < points.size(); i++) {
      text.append(points.x1(i))
          .append(',')
          .append(points.x2(i))
          .append(',')
          .append(points.labels()[i])
          .append('\n');
    }
    return text.toString();
  }
}
