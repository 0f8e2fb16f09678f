package org.pagexplorer.lab.toy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.pagexplorer.lab.figure.ToyFigure;
import org.pagexplorer.lab.toy.ToyNumbers.Margin;

/** What an attack left, and what is true. */
class ToyNumbersTest {

  private static ToyNumbers numbers(double attacked, double... distances) {
    double mean = Arrays.stream(distances).average().orElseThrow();
    Margin[] margins =
        Arrays.stream(distances).mapToObj(d -> new Margin(0, 0, d)).toArray(Margin[]::new);
    return new ToyNumbers(margins.length, 0.75, attacked, mean, 0, 0, 0, 0, margins);
  }

  @Test
  void robustIsWhatLiesFartherFromTheBoundaryThanTheRadius() {
    ToyNumbers numbers = numbers(1, -3, 2.5, 2.6, 200);
    assertEquals(0.5, numbers.robust(2.5));
    assertEquals(0.75, numbers.robust(0));
    assertEquals(0.25, numbers.robust(100));
  }

  /** A network that names one class everywhere is as robust as it is right, not 100 %. */
  @Test
  void withoutABoundaryRobustIsWhatIsRight() {
    double far = Double.POSITIVE_INFINITY;
    ToyNumbers constant = numbers(0.75, far, far, far, far);
    assertEquals(0.75, constant.robust(15));
    assertEquals("clean 75.0 %, after PGD 75.0 %, no boundary", ToyFigure.numbers(constant, 15));
  }

  @Test
  void aFiguresCaptionSaysWhichIsWhich() {
    assertEquals(
        "clean 75.0 %, after PGD 75.0 %, margin > ε 50.0 %, mean 3.5",
        ToyFigure.numbers(numbers(0.75, -3, 2, 3, 12), 2.5));
  }
}
