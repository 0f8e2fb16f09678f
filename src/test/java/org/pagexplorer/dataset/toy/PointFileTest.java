package org.pagexplorer.dataset.toy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagexplorer.domain.UserException;

class PointFileTest {
  private static final String GOOD = "0,0,0\n1,1,0\n5,5,1\n6,6,1\n";

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("points.csv"), text);
  }

  private String refusal(String text) throws IOException {
    Path file = file(text);
    return String.valueOf(
        assertThrows(UserException.class, () -> PointFile.read(file)).getMessage());
  }

  @Test
  void writtenPointsAreReadToTheBit() throws IOException {
    PointSet points = PointShape.SPIRALS.draw(50, new SplittableRandom(1));
    assertEquals(points, PointFile.read(file(PointFile.csv(points))));
  }

  @Test
  void headingBlankLinesAndOtherSeparatorsAreFine() throws IOException {
    PointSet expected = PointFile.read(file(GOOD));
    assertEquals(4, expected.size());
    assertEquals(expected, PointFile.read(file("x1, x2, label\n\n" + GOOD.replace(",", " ; "))));
    assertEquals(expected, PointFile.read(file(GOOD.replace(",", "\t").replace("\n", "\r\n"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,abc,0 | Line 5 of points.csv has \"abc\" where a number",
        "1,NaN,0 | Line 5 of points.csv has \"NaN\" where a number",
        "1,1e9,1 | Line 5 of points.csv has \"1e9\" where a number",
        "1,2,7 | Line 5 of points.csv has the label \"7\"; labels are 0 and 1.",
        "1,2 | Line 5 of points.csv does not have the three values"
      })
  void aBadLineIsNamed(String line, String sentence) throws IOException {
    String refusal = refusal(GOOD + line + "\n");
    assertTrue(refusal.startsWith(sentence), refusal);
  }

  @Test
  void oneClassOnlyIsRefused() throws IOException {
    assertEquals(
        "points.csv has no point of class 1; each of the two classes, 0 and 1, needs two points or"
            + " more.",
        refusal("0,0,0\n1,1,0\n"));
    assertTrue(refusal("0,0,0\n1,1,0\n2,2,1\n").startsWith("points.csv has only one point of"));
    assertTrue(refusal("").startsWith("points.csv has no point"));
  }

  @Test
  void aMillionPointsAreRefusedInWords() throws IOException {
    String refusal = refusal("0,0,0\n".repeat(1_000_000));
    assertEquals(
        "points.csv has more than 20,000 points, the most that the playground takes; use fewer.",
        refusal);
  }

  @Test
  void aLineOfBlanksIsRefusedAtOnce() throws IOException {
    Path file = file(GOOD + " ".repeat(2_000_000) + "x\n");
    UserException refusal =
        assertTimeoutPreemptively(
            Duration.ofSeconds(5),
            () -> assertThrows(UserException.class, () -> PointFile.read(file)));
    assertEquals("Line 5 of points.csv is too long for x1, x2 and label.", refusal.getMessage());
  }

  @Test
  void manyLinesOfBlanksAreReadAtOnce() throws IOException {
    Path file = file(GOOD + (" ".repeat(490) + "1" + " ".repeat(490) + ",1,1\n").repeat(5_000));
    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertEquals(5_004, PointFile.read(file).size()));
  }

  @Test
  void emptyLinesCostNoMemory() throws IOException {
    Path file = file(GOOD + "\n".repeat(5_000_000));
    long before = allocated();
    assertEquals(4, PointFile.read(file).size());
    long cost = allocated() - before;
    assertTrue(cost < 16 << 20, cost + " bytes");
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  @Test
  void linesEndAsOnAnySystem() throws IOException {
    assertEquals(4, PointFile.read(file(GOOD.replace("\n", "\r"))).size());
    assertEquals(4, PointFile.read(file("\uFEFF" + GOOD.strip())).size());
    assertTrue(refusal("0,0,0\r\n1,1\r\n").startsWith("Line 2 of points.csv does not"));
  }

  @Test
  void aFileThatIsTooLargeIsRefusedUnread() throws IOException {
    Path file = folder.resolve("points.csv");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(60_000_001);
    }
    assertTrue(
        assertThrows(UserException.class, () -> PointFile.read(file))
            .getMessage()
            .startsWith("points.csv is too large for a file of points"));
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    Path file = folder.resolve("points.csv");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    UserException refusal = assertThrows(UserException.class, () -> PointFile.read(file));
    assertEquals("points.csv is not a text file; save the points as CSV.", refusal.getMessage());
    Path missing = folder.resolve("missing.csv");
    assertThrows(UserException.class, () -> PointFile.read(missing));
    assertEquals(4, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).length());
  }
}
