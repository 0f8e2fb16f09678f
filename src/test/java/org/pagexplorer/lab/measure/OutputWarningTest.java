package org.pagexplorer.lab.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Image;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;

/** AutoAttack's warnings, of programs that deserve them and of some that do not. */
class OutputWarningTest extends OnColours {

  private List<OutputWarning> warnings(String seen, double scale) {
    open(seen, 1);
    List<Image> images = IntStream.range(0, 6).mapToObj(new Colours(6, 0.2)::image).toList();
    try (Classifier f = Colours.classifier(engine, folder, seen, scale)) {
      return OutputWarning.of(f, images);
    }
  }

  @Test
  void logitsThatDifferFromCallToCallAreRandom() {
    assertEquals(List.of(OutputWarning.RANDOMIZED), warnings(Colours.NOISY, 30));
  }

  @Test
  void outputsThatSumToOneAreProbabilities() {
    assertEquals(List.of(OutputWarning.PROBABILITIES), warnings(Colours.SOFTMAX, 1));
  }

  @Test
  void logitsAreNeither() {
    assertEquals(List.of(), warnings(Colours.PLAIN, 30));
  }

  /** Of scale 2 they sum to 2; and mean colors are within [0, 1], but sum to something else. */
  @Test
  void outputsWithinZeroAndOneAreNotAlwaysProbabilities() {
    assertEquals(List.of(), warnings(Colours.SOFTMAX, 2));
    close();
    assertEquals(List.of(), warnings(Colours.PLAIN, 1));
  }

  @Test
  void aComparisonWarnsOfTheModelThatDeservesItAndSaysSoInItsTables() {
    open(Colours.NOISY, 30);
    Comparison comparison =
        new Comparison(
            new RobustnessTable(
                List.of(Colours.model("plain"), Colours.model("noisy")),
                List.of(Column.CLEAN),
                new Colours(9, 0.2),
                9,
                9),
            0,
            false,
            9);
    while (!comparison.isDone()) {
      assertTrue(comparison.step(classifiers::get, AttackObserver.NONE));
    }
    assertEquals(List.of(), comparison.warnings(0));
    assertEquals(List.of(OutputWarning.RANDOMIZED), comparison.warnings(1));
    for (boolean compact : new boolean[] {false, true}) {
      List<String> notes = comparison.results(compact).notes();
      assertTrue(notes.getLast().startsWith("noisy: random outputs: "), notes.toString());
    }
  }
}
