package org.pagexplorer.checkpoint;

/**
 * A file that must be refused.
 *
 * @param kind what is wrong with it, or what it tries
 * @param word what the sentence must say
 * @param bytes its contents
 */
public record BrokenFile(String kind, String word, byte[] bytes) {
  @Override
  public String toString() {
    return kind;
  }
}
