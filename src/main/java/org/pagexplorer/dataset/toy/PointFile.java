package org.pagexplorer.dataset.toy;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.RegularFile;

/** Points as CSV: {@code x1,x2,label} a line, the label 0 or 1, with or without a heading. */
public final class PointFile {
  /** A million points of 60 characters: more is not a file of points. */
  private static final long LARGEST_FILE = 60_000_000;

  /** The largest coordinate. */
  public static final double FARTHEST = 1e6;

  private PointFile() {}

  /**
   * Reads points, a line at a time.
   *
   * @throws UserException with one sentence that names the file, the line and what to do
   */
  public static PointSet read(Path file) {
    String name = Printable.of(String.valueOf(file.getFileName()));
    Reading reading = new Reading(name);
    try {
      if (Files.size(RegularFile.check(file)) > LARGEST_FILE) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "%s is too large for a file of points (the playground takes %,d); use fewer.",
                name,
                PointSet.LARGEST));
      }
      try (ShortLines lines = ShortLines.open(file)) {
        for (String line = lines.next(); line != null; line = lines.next()) {
          reading.add(line);
        }
      }
    } catch (CharacterCodingException e) {
      throw new UserException(name + " is not a text file; save the points as CSV.", e);
    } catch (IOException e) {
      throw new UserException(name + " cannot be read; is it there, and yours to read?", e);
    }
    return checked(reading.points(), name);
  }

  /** The points so far. */
  private static final class Reading {
    private final String name;
    private final float[] xy = new float[2 * PointSet.LARGEST];
    private final int[] labels = new int[PointSet.LARGEST];
    private int n;
    private int number;

    Reading(String name) {
      this.name = name;
    }

    void add(String line) {
      number++;
      if (line.isBlank() && line.length() <= ShortLines.LONGEST) {
        return;
      }
      if (line.length() > ShortLines.LONGEST) {
        throw refused(name, number, "is too long for x1, x2 and label");
      }
      String[] cells = cells(number == 1 ? line.replaceFirst("^\uFEFF", "") : line);
      if (number == 1 && isHeading(cells)) {
        return;
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

    PointSet points() {
      return new PointSet(Arrays.copyOf(xy, 2 * n), Arrays.copyOf(labels, n));
    }
  }

  /** Not by a pattern with blanks around the separator, whose search is quadratic in them. */
  private static String[] cells(String line) {
    String separators = line.indexOf(',') >= 0 || line.indexOf(';') >= 0 ? "[,;]" : "\t";
    return Arrays.stream(line.strip().split(separators, -1))
        .map(String::strip)
        .toArray(String[]::new);
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
    String printable = Printable.of(text);
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
