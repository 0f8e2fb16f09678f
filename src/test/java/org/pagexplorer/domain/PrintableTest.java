package org.pagexplorer.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Class Mean", "ε = 0.5, 3×32×32", "דג", "می\u200cخواهم", "👩\u200d🔬", "a  b"})
  void ordinaryTextStaysAsItIs(String text) {
    assertSame(text, Printable.of(text));
  }

  @Test
  void whatATerminalObeysIsWrittenOut() {
    assertEquals("\\u001b[31mred", Printable.of("\u001b[31mred"));
    assertEquals("\\u009b2J", Printable.of("\u009b2J"));
    assertEquals("bell\\u0007 \\u007f", Printable.of("bell\u0007 \u007f"));
  }

  @Test
  void whatTurnsOrHidesTextIsWrittenOut() {
    assertEquals("cat\\u202egnp.exe", Printable.of("cat\u202egnp.exe"));
    assertEquals("\\u2066x\\u2069", Printable.of("\u2066x\u2069"));
    assertEquals("a\\u200bb\\ufeff", Printable.of("a\u200bb\ufeff"));
    assertEquals("\\udb40\\udc41", Printable.of("\udb40\udc41"));
    assertEquals("half \\ud83d", Printable.of("half \ud83d"));
  }

  @Test
  void lineBreaksAreOneSpace() {
    assertEquals("a b c d", Printable.of("a\r\nb\u2028c\t\u0085d"));
  }

  @Test
  void jsonSaysTheSameInOtherLetters() {
    String text = "\u009b2J \u202e \u007f \u2028 ε";
    String json = Printable.json(new JsonPrimitive(text).toString());
    assertFalse(json.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x202e), json);
    assertEquals(text, JsonParser.parseString(json).getAsString());
  }

  @Test
  void everySentenceForTheUserIsPrintable() {
    assertEquals(
        "There is no \\u001b[2J.", new UserException("There is no\n\u001b[2J.").getMessage());
  }
}
