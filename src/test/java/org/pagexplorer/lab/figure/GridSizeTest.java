package org.pagexplorer.lab.figure;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.domain.UserException;

class GridSizeTest {
  private static final Path PNG = Path.of("a.png");

  private static AttackSpecification attack(int steps) {
    return AttackSpecification.pictures(new ThreatModel(Norm.L2, 10), steps);
  }

  private static String refusal(Runnable check) {
    return String.valueOf(assertThrows(UserException.class, check::run).getMessage());
  }

  @Test
  void whatFitsIsLetThrough() {
    GridSize paper = new GridSize(6, 10, 10, InputShape.CIFAR);
    assertDoesNotThrow(() -> paper.checkMemory(attack(50), 10, 2));
    assertDoesNotThrow(() -> paper.checkFigure(Path.of("a.pdf")));
    assertDoesNotThrow(() -> new GridSize(1, 5_000, 10, InputShape.CIFAR).checkFigure(PNG));
    assertDoesNotThrow(() -> GridSize.checkOriginals(5_000, InputShape.CIFAR));
  }

  @Test
  void morePicturesThanMemoryAreRefused() {
    GridSize many = new GridSize(6, 100_000, 1_000, InputShape.STL);
    String refusal = refusal(() -> many.checkMemory(attack(50), 1_000, 1));
    assertTrue(refusal.startsWith("The 600,000,000 pictures of this grid need "), refusal);
    assertTrue(refusal.contains("choose fewer images or classes"), refusal);
    GridSize long1 = new GridSize(1, 1_000_000, 10, InputShape.PLANE);
    assertTrue(refusal(() -> long1.checkMemory(attack(100_000), 10, 1)).startsWith("The 10,"));
  }

  @Test
  void aRawFileHasNoMoreValuesThanAnArray() {
    GridSize many = new GridSize(1, 40_000, 10, InputShape.CIFAR);
    assertTrue(
        refusal(() -> many.checkMemory(attack(1), 10, 2)).startsWith("The 400,000 pictures"));
  }

  @Test
  void figuresThatNothingOpensAreRefused() {
    String refusal =
        refusal(() -> new GridSize(1, 5_000, 10, InputShape.CIFAR).checkFigure(Path.of("a.svg")));
    assertTrue(refusal.startsWith("A PDF or SVG holds at most 5,000 pictures"), refusal);
    assertTrue(
        refusal(() -> new GridSize(1, 50_000, 10, InputShape.CIFAR).checkFigure(PNG))
            .contains("×12,100,000 pixels"));
    assertTrue(
        refusal(() -> new GridSize(1, 1, 10_000, InputShape.CIFAR).checkFigure(PNG))
            .contains("more than programs can show"));
  }

  @Test
  void moreOriginalsThanASpecificationHoldsAreRefused() {
    assertTrue(
        refusal(() -> GridSize.checkOriginals(2_000, InputShape.STL))
            .startsWith("A figure and its specification hold at most 1,213 images of 3×96×96"));
  }
}
