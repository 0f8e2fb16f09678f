package org.pagexplorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One spelling, American, and one word for each thing, in all texts that people read. */
class SpellingTest {
  /** In texts, comments, and names. */
  private static final Pattern UNWANTED =
      Pattern.compile(
          "\\b(data[ -]sets?|colours?|colour-blind|grey(?!hound)\\w*|centred?|centres"
              + "|(?:un)?labell(?:ed|ing)|modell(?:ed|ing)|behaviours?|favour\\w*|flavours?"
              + "|(?:normal|optim|organ|recogn|initial|final|summar|emphas|minim|maxim)is"
              + "(?:e|ed|er|ers|es|ing|ations?)|artefacts?|judgements?|licences?|programmes?"
              + "|towards|afterwards|whilst|amongst|learnt|anew|any more|gone on with"
              + "|named rightly|set-ups?)\\b|(?<!\")neighbour|[“”‘’]",
          Pattern.CASE_INSENSITIVE);

  /**
   * In texts only: German in English words, British words, a second name for a thing, words
   * repeated.
   */
  private static final Pattern STUMBLED_OVER =
      Pattern.compile(
          "\\b(cancelled|ticked|unticked|lately|the toy|toy's)\\b"
              + "|\\b(?:images|targets|pictures|clusters|points|files|values|colors|bytes|folder"
              + "|object|epoch) a (?:step|row|line|class|model|epoch|image|panel|frame|run|split"
              + "|second)\\b"
              + "|(?<!there )\\b(?:it|which|that|%s|\") is no (?!longer\\b|more\\b|one\\b)"
              + "|leave .{1,20} away|\\b[sS]ay (?:which|both|either|how to|where to|--)"
              + "|\\b(?<said>\\w+(?: \\w+){2,6}) \\k<said>\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");

  @Test
  void everyTextIsSpelledTheSame() throws IOException {
    List<String> found = new ArrayList<>();
    int files = 0;
    for (Path file : texts()) {
      files++;
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (UNWANTED.matcher(lines.get(i)).find()) {
          found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
        }
      }
    }
    assertEquals("", String.join("\n", found));
    assertEquals(true, files > 300, files + " files were read");
  }

  @Test
  void whatMadeReadersStumbleIsNotSaidAgain() throws IOException {
    List<String> found = new ArrayList<>();
    List<String> read = new ArrayList<>();
    for (Path file : texts()) {
      eachSentence(
          file,
          sentence -> {
            read.add(sentence);
            if (STUMBLED_OVER.matcher(sentence).find()) {
              found.add(file + ": " + sentence.strip());
            }
          });
    }
    assertEquals("", String.join("\n", found));
    assertTrue(read.size() > 2000, read.size() + " sentences were read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The download was cancelled.",
        "the ticked models",
        "images a step",
        "it is no JSON",
        "Say which figure",
        "leave --out away",
        "use at most N use at most N images"
      })
  void suchASentenceIsFound(String sentence) {
    assertTrue(STUMBLED_OVER.matcher(sentence).find());
  }

  /** Lines of a document, and literals of a source that have a space. */
  private static void eachSentence(Path file, Consumer<String> then) throws IOException {
    String text = Files.readString(file);
    if (file.toString().endsWith(".md")) {
      text.lines().forEach(then);
    } else if (file.toString().endsWith(".java")) {
      LITERAL
          .matcher(text.replaceAll("\"\\s*\n\\s*\\+ \"", ""))
          .results()
          .map((MatchResult literal) -> literal.group(1))
          .filter(literal -> literal.contains(" "))
          .forEach(then);
    }
  }

  private static List<Path> texts() throws IOException {
    List<Path> texts = new ArrayList<>();
    for (String folder :
        List.of("src/main/java", "src/main/resources/org/pagexplorer/ui", "docs")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        files.filter(file -> file.toString().matches(".*[.](java|md|css)")).forEach(texts::add);
      }
    }
    for (String name : List.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")) {
      texts.add(Path.of(name));
    }
    return texts;
  }
}
