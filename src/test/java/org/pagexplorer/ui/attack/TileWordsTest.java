package org.pagexplorer.ui.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.LayerUnit;

class TileWordsTest {
  static Stream<Arguments> goals() {
    return Stream.of(
        Arguments.of(
            Goal.leave(1),
            "the model is saturated here, and a failed attack says nothing about its robustness."),
        Arguments.of(Goal.between(0, 1, 0.5), "the model is saturated here."),
        Arguments.of(Goal.leaveAll(), "they changed nothing."),
        Arguments.of(
            Goal.feature(LayerUnit.parse("conv1:0")),
            "the unit does not react here. Choose the layer before it, or begin at noise."));
  }

  @ParameterizedTest
  @MethodSource("goals")
  void stepsWithoutGradientAreExplainedByWhatIsWanted(Goal goal, String words) {
    assertEquals(
        "The gradient was exactly zero in 25 % of the steps: " + words,
        TileWords.ofZeroGradients(goal, 0.25));
  }
}
