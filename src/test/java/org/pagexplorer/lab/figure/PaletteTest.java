package org.pagexplorer.lab.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagexplorer.domain.Method;
import org.pagexplorer.lab.figure.ColorVision.Eyes;

class PaletteTest {
  /** Some four times what is told apart side by side. */
  private static final double LEAST_DIFFERENCE = 8;

  private static final double LEAST_CONTRAST = 3;

  /** Pairs of Sharma, Wu, and Dalal's test data. */
  @ParameterizedTest
  @CsvSource({
    "50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425",
    "50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0000",
    "50, 2.5, 0, 73, 25, -18, 27.1492",
    "50, 2.49, -0.001, 50, -2.49, 0.0011, 7.2195",
    "60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644",
    "2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082"
  })
  void theDifferenceIsCiede2000(
      double l1, double a1, double b1, double l2, double a2, double b2, double expected) {
    double found = ColorVision.difference(new double[] {l1, a1, b1}, new double[] {l2, a2, b2});
    assertEquals(expected, found, 1e-4);
  }

  @Test
  void whoSeesNoRedOrGreenConfusesRedAndGreen() {
    Color red = new Color(0xcc3311);
    Color green = new Color(0x667700);
    assertTrue(ColorVision.difference(Eyes.USUAL, red, green) > 40);
    assertTrue(ColorVision.difference(Eyes.DEUTERANOPIA, red, green) < 12);
  }

  @ParameterizedTest
  @EnumSource
  void allCanTellItsColorsApart(Palette palette) {
    for (Eyes eyes : Eyes.values()) {
      for (int i = 0; i < palette.colors().size(); i++) {
        for (int j = 0; j < i; j++) {
          double difference = ColorVision.difference(eyes, palette.of(i), palette.of(j));
          String which = "%s: %d and %d differ by %.1f".formatted(eyes, i, j, difference);
          assertTrue(difference >= LEAST_DIFFERENCE, which);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void linesOfItStandOutFromTheBackground(Palette palette) {
    Color background = palette == Palette.LIGHT ? Color.WHITE : new Color(0x0d1117);
    for (Color color : palette.colors()) {
      double contrast = ColorVision.contrast(color, background);
      assertTrue(contrast >= LEAST_CONTRAST, color + " has " + contrast);
    }
  }

  @Test
  void eachMethodOfThePaperHasAColorOfItsOwn() {
    List<Method> later = List.of(Method.FROM_FILE, Method.GRADIENT_NORM);
    List<Method> papers = Stream.of(Method.values()).filter(m -> !later.contains(m)).toList();
    Set<Integer> numbers = papers.stream().map(Palette::ofMethod).collect(Collectors.toSet());
    assertEquals(papers.size(), numbers.size());
    assertTrue(numbers.stream().allMatch(n -> n < Palette.LIGHT.colors().size()), numbers + "");
  }

  @Test
  void aModelHasItsMethodsColorWhateverItIsShownWith() {
    int vanilla = Palette.ofMethod(Method.VANILLA);
    int rigd = Palette.ofMethod(Method.RIGD);
    assertEquals(List.of(vanilla, rigd), Palette.ofModels(List.of("vanilla", "rigd")));
    assertEquals(List.of(rigd, vanilla), Palette.ofModels(List.of("rigd", "vanilla")));
    List<Integer> twice = Palette.ofModels(List.of("vanilla", "vanilla", "rigd", "somebody's"));
    assertEquals(vanilla, twice.getFirst());
    assertEquals(rigd, twice.get(2), "another vanilla one does not take it");
    assertEquals(4, Set.copyOf(twice).size());
  }

  @Test
  void methodsThatShareAColorDoNotInOneChart() {
    for (Method method : Method.values()) {
      assertEquals(
          2, Set.copyOf(Palette.ofModels(List.of(method.id(), Method.GRADIENT_NORM.id()))).size());
    }
  }

  @Test
  void ofMoreModelsThanColorsSomeShareOne() {
    List<Integer> many =
        Palette.ofModels(List.of("a", "b", "c", "d", "e", "f", "g", "h", "vanilla"));
    assertEquals(9, many.size());
    assertEquals(Palette.ofMethod(Method.VANILLA), many.getLast());
    assertEquals(8, Set.copyOf(many).size());
  }
}
