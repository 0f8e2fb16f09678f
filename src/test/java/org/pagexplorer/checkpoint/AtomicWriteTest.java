package org.pagexplorer.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.AtomicFile;

class AtomicWriteTest {
  private static final byte[] OLD = {1, 2, 3};

  @TempDir private Path folder;

  @Test
  void replacesAnExistingFileAndLeavesNothingElse() throws IOException {
    Path file = existing();
    CheckpointFiles.write(file, RawFiles.checkpoint(), Dtype.F32);
    assertEquals(RawFiles.checkpoint(), CheckpointFiles.read(file));
    assertEquals(List.of(file), listed());
  }

  @Test
  void failureHalfWayLeavesTheOldFile() throws IOException {
    Path file = existing();
    IOException full = new IOException("No space left on device");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.wrap(new byte[100]));
                      throw full;
                    }));
    assertEquals(full, thrown);
    assertUntouched(file);
  }

  @Test
  void divergedWeightsLeaveTheOldFile() throws IOException {
    Path file = existing();
    assertSays("diverged", file, with(Float.NaN), Dtype.F32);
    assertUntouched(file);
  }

  @Test
  void weightsBeyondFloat16LeaveTheOldFile() throws IOException {
    Path file = existing();
    assertSays("float16", file, with(1e6f), Dtype.F16);
    assertUntouched(file);
  }

  @Test
  void missingFolderIsSaid() throws IOException {
    Path file = folder.resolve("missing").resolve("a.safetensors");
    assertSays("folder does not exist", file, RawFiles.checkpoint(), Dtype.F32);
    assertEquals(List.of(), listed());
  }

  @Test
  void folderInTheFilesPlaceStays() throws IOException {
    Path file = Files.createDirectory(folder.resolve("a.safetensors"));
    assertSays("is a folder", file, RawFiles.checkpoint(), Dtype.F32);
    assertTrue(Files.isDirectory(file));
    assertEquals(List.of(file), listed());
  }

  @Test
  void fileInTheFoldersPlaceStays() throws IOException {
    Path old = existing();
    Path file = old.resolve("b.safetensors");
    assertSays("b.safetensors cannot be written", file, RawFiles.checkpoint(), Dtype.F32);
    assertUntouched(old);
  }

  @Test
  void readOnlyFolderIsSaid() throws IOException {
    Path file = existing();
    File asFile = folder.toFile();
    assumeTrue(asFile.setWritable(false), "this file system has no read-only folders");
    try {
      assumeFalse(Files.isWritable(folder), "this user may write everywhere");
      assertSays("permission is denied", file, RawFiles.checkpoint(), Dtype.F32);
      assertUntouched(file);
    } finally {
      assertTrue(asFile.setWritable(true));
    }
  }

  private static Checkpoint with(float weight) {
    Checkpoint good = RawFiles.checkpoint();
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>(good.tensors());
    Tensor old = RawFiles.tensor("fc1.bias");
    float[] values = Arrays.copyOf(old.values(), old.values().length);
    values[1] = weight;
    tensors.put("fc1.bias", new Tensor(old.shape(), values));
    return new Checkpoint(good.card(), tensors);
  }

  private static void assertSays(String word, Path file, Checkpoint checkpoint, Dtype dtype) {
    UserException e =
        assertThrows(UserException.class, () -> CheckpointFiles.write(file, checkpoint, dtype));
    String sentence = String.valueOf(e.getMessage());
    assertTrue(sentence.contains(word), sentence);
    assertTrue(sentence.contains(String.valueOf(file.getFileName())), sentence);
    assertEquals(1, sentence.lines().count(), sentence);
  }

  private Path existing() throws IOException {
    return Files.write(folder.resolve("a.safetensors"), OLD);
  }

  private void assertUntouched(Path file) throws IOException {
    assertArrayEquals(OLD, Files.readAllBytes(file));
    assertEquals(List.of(file), listed());
  }

  private List<Path> listed() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
