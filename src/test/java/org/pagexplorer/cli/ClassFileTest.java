package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.Damage;
import org.pagexplorer.dataset.ImageNet;
import org.pagexplorer.domain.UserException;

/** The forms in which people keep class names. */
class ClassFileTest {
  @TempDir private Path folder;

  private List<String> read(String text) throws IOException {
    return ClassFile.read(Files.writeString(folder.resolve("classes"), text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat\ndog\n",
        "\ufeffcat\r\ndog\r\n",
        "cat\rdog",
        "\n cat \n\n dog ",
        "[\"cat\", \"dog\"]",
        "\ufeff[\r\n\"cat\",\r\n\"dog\"]",
        "{\"0\": \"cat\", \"1\": \"dog\"}",
        "{\"1\": \"dog\", \"0\": \"cat\"}",
        "{\"0\": [\"n02121808\", \"cat\"], \"1\": [\"n02084071\", \"dog\"]}",
        "[[\"n02121808\", \"cat\"], [\"n02084071\", \"dog\"]]",
        "{\"dog\": 1, \"cat\": 0}",
        "{0: 'cat',\n 1: \"dog\"}",
        "0: 'cat'\n1: 'dog'"
      })
  void everyFormIsReadInTheOrderOfItsIndices(String text) throws IOException {
    assertEquals(List.of("cat", "dog"), read(text));
  }

  @Test
  void whatImageNetsIndexNamesTwiceIsToldApart() throws IOException {
    assertEquals(
        List.of("crane", "crane (n03126707)"),
        read("{\"0\": [\"n02012849\", \"crane\"], \"1\": [\"n03126707\", \"crane\"]}"));
  }

  private String refusal(String text) {
    return String.valueOf(assertThrows(UserException.class, () -> read(text)).getMessage());
  }

  @Test
  void everythingElseIsRefusedWithAnExample() throws IOException {
    for (String text : List.of("[1, 2]", "{\"a\": {}}", "[", "{}", "[[]]", "{\"a\": \"b\"}")) {
      String sentence = refusal(text);
      assertTrue(sentence.contains("JSON like {\"0\": \"cat\", \"1\": \"dog\"}"), sentence);
    }
    String gap = refusal("{\"0\": \"cat\", \"2\": \"dog\"}");
    assertTrue(gap.contains("up to index 2, but they are 2"), gap);
    Path bytes = Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    String binary =
        String.valueOf(assertThrows(UserException.class, () -> ClassFile.read(bytes)).getMessage());
    assertTrue(binary.contains("cannot be read as text"), binary);
  }

  @Test
  void damagedFilesAreReadOrRefused() throws IOException {
    byte[] index =
        "{\"0\": [\"n02012849\", \"crane\"], \"1\": [\"n03126707\", \"crane\"]}"
            .getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int round = 0; round < 1000; round++) {
      Path file = folder.resolve("fuzzed");
      Files.write(file, Damage.bytes(index, new SplittableRandom(round)));
      try {
        assertFalse(ClassFile.read(file).stream().anyMatch(n -> n.chars().anyMatch(c -> c < ' ')));
      } catch (UserException e) {
        refused++;
      }
    }
    assertTrue(refused > 100 && refused < 1000, refused + " refused");
  }

  @Test
  void imageNetsThousandNamesAreThereOnceEachInTheOrderOfTheirIds() {
    assertEquals(1000, ImageNet.CLASSES.size());
    assertEquals("tench", ImageNet.CLASSES.getFirst());
    assertEquals("tabby", ImageNet.CLASSES.get(281));
    assertEquals("toilet tissue", ImageNet.CLASSES.getLast());
    assertEquals(ImageNet.IDS.stream().sorted().toList(), ImageNet.IDS);
    List<String> lower = ImageNet.CLASSES.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
    assertEquals(1000, new HashSet<>(lower).size());
    assertTrue(ImageNet.IDS.stream().allMatch(id -> id.matches("n\\d{8}")));
  }
}
