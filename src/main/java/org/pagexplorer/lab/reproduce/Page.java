package org.pagexplorer.lab.reproduce;

import java.nio.file.Path;
import java.util.List;

/**
 * What a reproduction tells, to be written as HTML and as PDF.
 *
 * @param title of the whole
 * @param blocks in the order of reading
 */
record Page(String title, List<Block> blocks) {
  Page {
    blocks = List.copyOf(blocks);
  }

  /** A part of the page. */
  sealed interface Block {}

  record Heading(String text) implements Block {}

  record Text(String text) implements Block {}

  record Items(List<String> texts) implements Block {}

  /** Command lines or other text that is not broken into lines of its own. */
  record Code(String text) implements Block {}

  /**
   * A table; the first column is names, the others are numbers.
   *
   * @param rows as many texts as heads, each
   */
  record Numbers(String caption, List<String> heads, List<List<String>> rows) implements Block {}

  /**
   * A picture with the specification that makes it again.
   *
   * @param file PNG
   * @param specification JSON
   */
  record Picture(String caption, Path file, Path specification) implements Block {}
}
