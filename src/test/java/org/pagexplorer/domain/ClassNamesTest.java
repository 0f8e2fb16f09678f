package org.pagexplorer.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagexplorer.dataset.ImageNet;

class ClassNamesTest {
  private static final List<String> TWO = List.of("cat", "dog");

  private static String refusal(List<String> classes, String word) {
    return String.valueOf(
        assertThrows(UserException.class, () -> ClassNames.index(classes, word)).getMessage());
  }

  @Test
  void aClassIsFoundByItsNameInAnyCaseOrItsIndex() {
    assertEquals(1, ClassNames.index(TWO, "dog"));
    assertEquals(1, ClassNames.index(TWO, " DOG "));
    assertEquals(0, ClassNames.index(TWO, "0"));
    // A name that is a number is a name first.
    assertEquals(1, ClassNames.index(List.of("7", "0"), "0"));
    assertEquals(1, ClassNames.index(List.of("Cardigan", "cardigan"), "cardigan"));
  }

  @Test
  void classesOfOneNameAreToldApartByTheirIndices() {
    List<String> classes = List.of("crane", "dog", "crane");
    assertEquals(List.of("crane", "dog", "2:crane"), ClassNames.words(classes));
    for (int i = 0; i < 3; i++) {
      assertEquals(i, ClassNames.index(classes, ClassNames.word(classes, i)));
    }
    assertEquals(1, ClassNames.index(TWO, "2:dog"), "another model numbers it otherwise");
    assertTrue(refusal(classes, "1:crow").contains("choose among"));
    assertEquals(0, ClassNames.index(List.of("1:dog", "dog"), "1:dog"), "a name is a name first");
  }

  @Test
  void ofFewClassesAllAreNamedAndOfManyTheThreeNearest() {
    assertEquals("There is no class \"cow\": choose among cat, dog.", refusal(TWO, "cow"));
    assertTrue(refusal(TWO, "2").contains("choose among"), refusal(TWO, "2"));
    assertTrue(refusal(List.of("A", "a", "b"), "á").contains("choose among A, a, b"));
    String tench = refusal(ImageNet.CLASSES, "tenche");
    assertTrue(tench.contains("of the 1000, the nearest are tench, "), tench);
    assertEquals(3, tench.split(", ", -1).length - 1, tench);
    String retriever = refusal(ImageNet.CLASSES, "retriver");
    assertTrue(retriever.contains(" retriever"), retriever);
  }

  @Test
  void aTypedWordOfAnyLengthIsAnsweredSoon() {
    String sentence = refusal(ImageNet.CLASSES, "x".repeat(500));
    assertTrue(sentence.contains("the nearest are"), sentence);
  }
}
