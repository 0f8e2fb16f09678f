package org.pagexplorer.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.pagexplorer.domain.UserException;

/**
 * A file that must be refused.
 *
 * @param kind what is wrong with it, or what it tries
 * @param word what the sentence must say
 * @param bytes its contents
 */
public record BrokenFile(String kind, String word, byte[] bytes) {
  /** Checks that one sentence says what is wrong with which file. */
  public void assertRefused(UserException e, String file) {
    String sentence = String.valueOf(e.getMessage());
    assertTrue(sentence.contains(file), sentence);
    assertTrue(sentence.contains(word), sentence);
    assertEquals(1, sentence.lines().count(), sentence);
    assertTrue(sentence.endsWith("."), sentence);
    assertTrue(sentence.length() < 1000, sentence);
  }

  @Override
  public String toString() {
    return kind;
  }
}
