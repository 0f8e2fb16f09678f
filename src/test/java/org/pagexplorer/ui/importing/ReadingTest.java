package org.pagexplorer.ui.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.lab.model.CandidateCheck.Candidate;
import org.pagexplorer.lab.model.CandidateCheck.Result;

class ReadingTest {
  private static final int IMAGES = 120;

  private static Reading reading(int number) {
    return Reading.unknown(
        new Candidate(
            Architecture.resNet18(2, InputShape.CIFAR, 10),
            "reading " + number,
            Normalization.CIFAR10));
  }

  private static List<Reading> readings(int... correct) {
    return IntStream.range(0, correct.length)
        .mapToObj(
            i -> {
              Reading unknown = reading(i);
              return unknown.with(new Result(unknown.candidate(), correct[i], IMAGES));
            })
        .toList();
  }

  @Test
  void theBestIsTheOneThatIsRightMostOftenAndOfTiedOnesAll() {
    List<Reading> one = readings(32, 100, 99);
    assertEquals(List.of(one.get(1)), Reading.best(one));
    List<Reading> tied = readings(12, 12, 12);
    assertEquals(tied, Reading.best(tied));
    assertEquals(List.of(), Reading.best(List.of(reading(0), reading(1))));
  }

  /** 100 of 120 are 83 %, of which the interval of 95 % begins at 76 %. */
  @Test
  void thoseWithinTheBestOnesIntervalMayBeRightToo() {
    List<Reading> all = readings(32, 100, 92, 90);
    assertEquals(all.subList(1, 3), Reading.likely(all));
    assertEquals(List.of(), Reading.likely(List.of(all.get(0), all.get(1), reading(4))));
    List<Reading> failed = List.of(all.get(0), all.get(1), reading(4).failed());
    assertEquals(List.of(all.get(1)), Reading.likely(failed));
  }
}
