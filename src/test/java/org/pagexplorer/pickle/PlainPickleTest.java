package org.pagexplorer.pickle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.files.UnusableFileException;

class PlainPickleTest {
  @TempDir Path folder;

  private Object read(String pickle) throws IOException {
    Path file = folder.resolve("a.pkl");
    return PlainPickle.read(Files.write(file, pickle.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private String refusal(String pickle) {
    return String.valueOf(
        assertThrows(UnusableFileException.class, () -> read(pickle)).getMessage());
  }

  @Test
  void plainValuesAreRead() throws IOException {
    assertEquals(
        List.of(1L, true, "a", "b"), read("\u0080\u0002](K\u0001\u0088U\u0001aC\u0001be."));
    assertEquals(Map.of("k", 1L), read("}U\u0001kK\u0001s."));
  }

  /** Each would make a file appear if anything of it ran. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cos\nsystem\n(U\u0005touchtR.",
        "cposix\nsystem\n(U\u0005touchtR.",
        "cbuiltins\neval\n(U\u00011tR.",
        "cbuiltins\ngetattr\n.",
        "cnumpy\nload\n."
      })
  void whateverElseAPickleNamesIsRefusedByName(String pickle) {
    String name = pickle.substring(1).split("\\(|\\.", 2)[0].strip().replace('\n', '.');
    String refusal = refusal(pickle);
    assertTrue(
        refusal.startsWith(
            "it asks for \"" + name + "\", which no dataset needs, and nothing of it was run"),
        refusal);
  }

  /** Forty pairs of the pair before: a few hundred bytes whose text would fill any memory. */
  @Test
  void aNameThatIsNoTextIsRefusedUnread() {
    String doubled = "h\u0000h\u0000\u0086q\u0000".repeat(40);
    String refusal = refusal("\u0080\u0004]q\u0000" + doubled + "h\u0000\u0093.");
    assertTrue(refusal.contains("damaged"), refusal);
  }

  @Test
  void classesThatAreNotCalledWithWhatTheyNeedAreRefused() {
    assertEquals(
        "its pickle is damaged", refusal("cnumpy\nndarray\n(U\u0001atR.").split(";", 2)[0]);
    assertEquals("its pickle is damaged", refusal("K\u0001(U\u0001atR.").split(";", 2)[0]);
    assertEquals("its pickle is damaged", refusal("e.").split(";", 2)[0]);
  }

  @Test
  void aPickleThatGrowsIsRefusedBeforeMemoryIsTaken() {
    String bomb = "(" + "(".repeat(1 << 20) + ".";
    assertTrue(refusal(bomb).contains("far more memory"), refusal(bomb));
    assertTrue(refusal("T\u00ff\u00ff\u00ff\u007fabc.").contains("far more memory"));
    assertTrue(refusal("T\u0009\u0000\u0000\u0000abc.").contains("ends too early"));
  }

  /** A file of many gigabytes allows them, and Java has fewer. */
  @Test
  void noPickleTakesMoreThanJavaHas() {
    PickleMemory memory = new PickleMemory(Long.MAX_VALUE, "dataset");
    long most = Runtime.getRuntime().maxMemory() / 2;
    memory.spend(most);
    assertTrue(
        assertThrows(UnusableFileException.class, () -> memory.spend(1))
            .getMessage()
            .contains("far more memory than a dataset needs"));
  }
}
