package org.pagexplorer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One spelling, American, and one word for each thing, in all texts that people read. */
class SpellingTest {
  private static final Pattern UNWANTED =
      Pattern.compile(
          "\\b(data[ -]sets?|colours?|colour-blind|grey|centred?|labelled|normalis\\w+"
              + "|normalisations?|behaviours?|favou?rs?|optimis\\w+)\\b",
          Pattern.CASE_INSENSITIVE);

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
