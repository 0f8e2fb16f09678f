package org.pagexplorer.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFileTest {
  private static final String TEXT = "naïve\r\nλ = ½\n";

  @TempDir private Path folder;

  @Test
  void whatIsInAFilesPlaceIsSaid() {
    Path file = Path.of("out");
    assertEquals(
        "out cannot be written: a file is in its place; choose another place.",
        Sentences.unwritable(file, new FileAlreadyExistsException("out")).getMessage());
    assertEquals(
        "out cannot be written: a folder is in its place; choose another place.",
        Sentences.unwritable(file, new DirectoryNotEmptyException("out")).getMessage());
  }

  @Test
  void readsWhatItWrote() throws IOException {
    Path file = folder.resolve("text");
    TextFile.write(file, TEXT);
    assertEquals(TEXT, TextFile.read(file, 100));
    assertEquals(TEXT, TextFile.readDamaged(file, 100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE"})
  void theByteOrderMarkTellsTheEncodingAndIsNoText(String encoding) throws IOException {
    Path file = written(("\uFEFF" + TEXT).getBytes(Charset.forName(encoding)));
    assertEquals(TEXT, TextFile.read(file, 100));
  }

  @Test
  void whatIsNoTextIsRefusedOrReplaced() throws IOException {
    Path file = written(new byte[] {'a', (byte) 0xFF, 'b'});
    assertThrows(CharacterCodingException.class, () -> TextFile.read(file, 100));
    assertEquals("a\uFFFDb", TextFile.readDamaged(file, 100));
  }

  @Test
  void noMoreIsReadThanAskedFor() throws IOException {
    Path file = written("12345".getBytes(StandardCharsets.UTF_8));
    assertEquals("12345", TextFile.read(file, 5));
    IOException tooLong = assertThrows(FileSystemException.class, () -> TextFile.read(file, 4));
    assertTrue(tooLong.getMessage().endsWith("it is longer than 4 bytes"), tooLong.getMessage());
  }

  @Test
  void aLogThatGrowsWhileItIsReadIsNotTooLong() throws IOException {
    InputStream growing =
        new InputStream() {
          private int calls;

          @Override
          public int read() {
            return 'a';
          }

          @Override
          public int read(byte[] to, int from, int most) {
            to[from] = 'a';
            return ++calls == 2 ? -1 : 1; // its end for now, then more of it
          }
        };
    assertArrayEquals(new byte[] {'a'}, TextFile.bytes(growing, folder, 100));
  }

  @Test
  void aFolderIsNoText() {
    assertThrows(FileSystemException.class, () -> TextFile.readDamaged(folder, 100));
  }

  private Path written(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("given"), bytes);
  }
}
