package org.pagexplorer.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrittenNormalizationTest {
  private static WrittenNormalization of(String mean, String std) {
    return WrittenNormalization.of(
        WrittenNormalization.values(mean), WrittenNormalization.values(std), "mean", "std");
  }

  @Test
  void listsAreTakenAsTheyAreWrittenAndCopied() {
    assertEquals(
        List.of(0.485, 0.456, 0.406), WrittenNormalization.values("[0.485, 0.456, 0.406]"));
    assertEquals(List.of(0.2, 0.4), WrittenNormalization.values(" 51 / 255 ; 102px "));
    assertEquals(List.of(), WrittenNormalization.values(" "));
    UserException refusal =
        assertThrows(UserException.class, () -> WrittenNormalization.values("0.5, x"));
    assertTrue(refusal.getMessage().startsWith("\"x\" is not a number"), refusal.getMessage());
  }

  @Test
  void whatIsOfPixelsIn0To255IsDivided() {
    assertFalse(of("0.5", "0.25").isDivided());
    WrittenNormalization divided = of("127.5", "51");
    assertTrue(divided.isDivided());
    assertEquals(new Normalization(List.of(0.5), List.of(0.2)), divided.normalization());
    assertTrue(of("0", "255").isDivided());
  }

  @Test
  void whatIsOfNeitherIsRefused() {
    for (List<String> both :
        List.of(
            List.of("127", "0.2"),
            List.of("0.5", "0"),
            List.of("0.5", "-1"),
            List.of("2", "0.5"),
            List.of("0.5 0.5", "0.5"),
            List.of("300", "60"))) {
      assertThrows(UserException.class, () -> of(both.getFirst(), both.getLast()), both + "");
    }
  }
}
