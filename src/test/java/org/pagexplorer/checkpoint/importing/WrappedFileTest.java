package org.pagexplorer.checkpoint.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.RawFiles;
import org.pagexplorer.checkpoint.pytorch.TorchSave;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.UserException;

/** Files as downloads leave them: packed once more, or something else in their place. */
class WrappedFileTest {
  private static final SequencedMap<String, Tensor> WEIGHTS = RawFiles.checkpoint().tensors();
  private static final byte[] GOOD = TorchSave.zip(WEIGHTS);

  @TempDir private Path folder;

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** With macOS's additions. */
  static byte[] zip(Map<String, byte[]> files) {
    SequencedMap<String, byte[]> entries = new LinkedHashMap<>();
    files.forEach(
        (name, bytes) -> {
          entries.put(name, bytes);
          entries.put("__MACOSX/._" + name.replace('/', '_'), new byte[3]);
        });
    return TorchSave.zip(entries, ZipEntry.DEFLATED);
  }

  private static long unpacked() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(f -> f.getFileName().toString().startsWith("pag-unpacked")).count();
    }
  }

  private byte[] safetensors() throws IOException {
    Path file = folder.resolve("model.safetensors");
    CheckpointFiles.write(file, RawFiles.checkpoint(), Dtype.F32);
    return Files.readAllBytes(file);
  }

  @Test
  void gzipAndZipAreOpenedAndLeaveNothingBehind() throws IOException {
    long before = unpacked();
    for (byte[] bytes :
        List.of(
            gzip(GOOD),
            gzip(TorchSave.legacy(WEIGHTS)),
            gzip(safetensors()),
            gzip(zip(Map.of("a.pt", GOOD))),
            zip(Map.of("folder/a.pth", GOOD)),
            zip(Map.of("a.pth.tar", TorchSave.legacy(WEIGHTS), "readme.txt", new byte[9])),
            zip(Map.of("a.pt.gz", gzip(GOOD))))) {
      ForeignModel model = ForeignModel.read(Files.write(folder.resolve("a.gz"), bytes));
      assertEquals(WEIGHTS, model.tensors());
      assertTrue(model.format().matches(".* in a (gzip|zip) file"), model.format());
    }
    assertEquals(before, unpacked());
  }

  private String refusal(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("wrapped.pth"), bytes);
    String sentence =
        String.valueOf(
            assertThrows(UserException.class, () -> ForeignModel.read(file)).getMessage());
    assertEquals(1, sentence.lines().count(), sentence);
    assertTrue(sentence.startsWith(file + " cannot be used: "), sentence);
    return sentence;
  }

  private static byte[] tar(String name) {
    byte[] tar = Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), 1024);
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
    return tar;
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of(
            "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 44\n",
            "run git lfs pull"),
        Arguments.of("<!DOCTYPE html><html>", "open its address in a browser"),
        Arguments.of("\n <HTML lang=en>", "open its address in a browser"),
        Arguments.of("<?xml version=\"1.0\"?><Error>", "open its address in a browser"),
        Arguments.of("", "it is empty; download it again."),
        Arguments.of("BZh9", "a bzip2 file; unpack it"),
        Arguments.of("\u00fd7zXZ\0\0", "an xz file; unpack it"),
        Arguments.of("(\u00b5/\u00fd\0", "a Zstandard file; unpack it"),
        Arguments.of("7z\u00bc\u00af'\u001c", "a 7-Zip archive; unpack it"),
        Arguments.of("Rar!\u001a\7\0", "a RAR archive; unpack it"),
        Arguments.of("\u0089HDF\r\n\u001a\n", "an HDF5 file"),
        Arguments.of("\u0093NUMPY\1\0", "a NumPy array; save the weights with torch.save"),
        Arguments.of("\b\7\u0012\7pytorch\u001a", "an ONNX file; save the weights"),
        Arguments.of("\u001c\0\0\0TFL3", "a TensorFlow Lite file; save the weights"),
        Arguments.of("\u001f\u008b\b\0", "its gzip data is damaged or cut off"),
        Arguments.of("noise", "neither safetensors nor anything that torch.save writes"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void whatIsNoCheckpointIsToldWhatHelps(String start, String words) throws IOException {
    String sentence = refusal(latin(start));
    assertTrue(sentence.contains(words), sentence);
    Path ours = Files.write(folder.resolve("wrapped.safetensors"), latin(start + " ".repeat(9)));
    if (!start.isEmpty() && !start.equals("noise") && start.charAt(0) != '\u001f') {
      String other =
          String.valueOf(
              assertThrows(UserException.class, () -> CheckpointFiles.readCard(ours)).getMessage());
      assertTrue(other.contains(words), other);
    }
  }

  @Test
  void archivesAreToldHowToBeUnpacked() throws IOException {
    String tar = refusal(tar("net/best.pth"));
    assertTrue(tar.endsWith("tar xf, and open what is in it, for instance \"net/best.pth\"."), tar);
    for (byte kind : new byte[] {'x', 'g', 'L', '5'}) { // of PAX and GNU, and a folder
      byte[] about = tar("././@PaxHeader");
      about[156] = kind;
      String unnamed = refusal(about);
      assertTrue(unnamed.endsWith("unpack it with tar xf, and open what is in it."), unnamed);
    }
    String packed = refusal(gzip(tar("best.pth")));
    assertTrue(packed.contains("for instance \"best.pth\""), packed);
    String old = refusal(tar("sys_info"));
    assertTrue(old.contains("PyTorch 0.1"), old);
    String two = refusal(zip(Map.of("a.pth", GOOD, "b.pth", GOOD)));
    assertTrue(two.contains("several models: ") && two.contains("\"b.pth\""), two);
    String none = refusal(zip(Map.of("thesis.pdf", GOOD)));
    assertTrue(none.contains("no checkpoint is in it, but \"thesis.pdf\""), none);
    String arrays =
        refusal(
            TorchSave.zip(new LinkedHashMap<>(Map.of("x_test.npy", new byte[9])), ZipEntry.STORED));
    assertTrue(arrays.contains("NumPy's arrays: \"x_test.npy\""), arrays);
  }

  @Test
  void whatUnpacksToFarMoreThanWeightsDoIsRefusedSoon() throws IOException {
    long before = unpacked();
    byte[] bomb = gzip(new byte[100 << 20]);
    String sentence = refusal(bomb);
    assertTrue(sentence.contains("which no weights do; unpack it"), sentence);
    String zipped = refusal(zip(Map.of("a.pth", new byte[100 << 20])));
    assertTrue(zipped.contains("which no weights do; unpack it"), zipped);
    byte[] nested = GOOD;
    for (int i = 0; i < 4; i++) {
      nested = gzip(nested);
    }
    String deep = refusal(nested);
    assertTrue(deep.contains("compressed several times over"), deep);
    assertEquals(before, unpacked());
  }

  @Test
  void aPackedProgramIsNotRunAndNotAskedAbout() throws IOException {
    SequencedMap<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("script/data.pkl", TorchSave.pickle(WEIGHTS));
    entries.put("script/code/__torch__.py", latin("import os"));
    String sentence = refusal(gzip(TorchSave.zip(entries, ZipEntry.DEFLATED)));
    assertTrue(sentence.contains("packs a TorchScript program; unpack it"), sentence);
  }
}
