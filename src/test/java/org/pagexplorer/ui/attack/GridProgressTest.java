package org.pagexplorer.ui.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class GridProgressTest {
  @Test
  void timeIsLeftInProportionToWhatIsDone() {
    GridProgress progress = new GridProgress(100, 1000, 50);
    assertEquals("attacking: 0 of 100 pictures", GridProgress.words(List.of(progress)));
    assertTrue(Double.isInfinite(progress.secondsLeft()));
    progress.begin(10);
    progress.step(5);
    double early = progress.secondsLeft(); // one of a hundred
    assertTrue(early > 0 && Double.isFinite(early));
    progress.end(10);
    double spent = progress.secondsLeft() / 9;
    assertTrue(spent > 0 && early / 99 <= spent, early + " and " + spent);
    progress.begin(90);
    progress.end(90);
    assertEquals(0, progress.secondsLeft());
    assertEquals("attacking: 100 of 100 pictures, 0 s left", GridProgress.words(List.of(progress)));
  }

  @Test
  void modelsThatTakeTurnsAreCountedTogetherAndWhatDoesNotFitIsSaid() {
    GridProgress one = new GridProgress(50_000, 600, 50);
    GridProgress other = new GridProgress(50_000, 600, 50);
    one.begin(3);
    one.end(3);
    String words = GridProgress.words(List.of(one, other));
    assertTrue(words.startsWith("attacking: 3 of 100,000 pictures (1,200 fit in memory), "), words);
  }

  @Test
  void aModelThatHasNotBegunIsAsSlowAsTheOthers() {
    GridProgress one = new GridProgress(100, 1000, 50);
    GridProgress other = new GridProgress(200, 1000, 50);
    assertTrue(Double.isInfinite(GridProgress.secondsLeft(List.of(one, other))));
    one.begin(50);
    one.end(50); // at rest, so that time stands still
    double own = one.secondsLeft();
    assertTrue(own > 0);
    assertEquals(5 * own, GridProgress.secondsLeft(List.of(one, other)), 1e-9);
  }
}
