package org.pagexplorer.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;

class CheckpointFilesTest {
  @TempDir private Path folder;

  @Test
  void resNetRoundTripsExactly() {
    Checkpoint checkpoint =
        RawFiles.checkpoint(
            RawFiles.card(Architecture.resNet18(2, InputShape.CIFAR, 3), "a", "b", "c"));
    Path file = folder.resolve("resnet.safetensors");
    CheckpointFiles.write(file, checkpoint, Dtype.F32);
    assertEquals(checkpoint, CheckpointFiles.read(file));
    assertEquals(checkpoint.card(), CheckpointFiles.readCard(file));
  }

  @Test
  void float16FileIsHalfAsLargeAndNear() throws IOException {
    Path file = folder.resolve("half.safetensors");
    CheckpointFiles.write(file, RawFiles.checkpoint(), Dtype.F16);
    SafetensorsHeader header = Safetensors.readHeader(file);
    assertEquals(RawFiles.DATA_BYTES / 2, header.fileSize() - header.dataStart());
    CheckpointFiles.read(file)
        .tensors()
        .forEach(
            (name, tensor) -> {
              float[] exact = RawFiles.tensor(name).values();
              for (int i = 0; i < exact.length; i++) {
                assertEquals(exact[i], tensor.values()[i], 0x1p-12f);
              }
            });
  }

  @Test
  void batchCountersAreIgnored() throws IOException {
    String counter =
        "{\"bn1.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[48,56]},";
    Path file = folder.resolve("counted.safetensors");
    Files.write(file, RawFiles.file(counter + RawFiles.HEADER.substring(1), new byte[56]));
    assertEquals(4, CheckpointFiles.read(file).tensors().size());
  }

  @Test
  void nameDefaultsToTheFiles() throws IOException {
    Path file = folder.resolve("class-mean.safetensors");
    Files.write(file, RawFiles.altered("\"name\":\"tiny\",", ""));
    assertEquals("class-mean", CheckpointFiles.readCard(file).name());
  }

  @Test
  void hashIsSha256() throws IOException {
    Path file = Files.writeString(folder.resolve("abc"), "abc");
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        CheckpointFiles.sha256(file));
  }

  /** The header's order is not the data's, and some tensors are passed over. */
  @Test
  void aCheckpointIsHashedAsItIsRead() throws IOException {
    Path plain = folder.resolve("plain.safetensors");
    CheckpointFiles.write(plain, RawFiles.checkpoint(), Dtype.F32);
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    RawFiles.checkpoint()
        .tensors()
        .reversed()
        .forEach(
            (name, tensor) -> {
              tensors.put(name + ".num_batches_tracked", tensor);
              tensors.put(name, tensor);
            });
    Path file = folder.resolve("reversed.safetensors");
    Safetensors.write(file, Safetensors.readHeader(plain).metadata(), tensors, Dtype.F32);
    for (Path each : List.of(plain, file)) {
      CheckpointFiles.HashedCheckpoint read = CheckpointFiles.readHashed(each);
      assertEquals(CheckpointFiles.sha256(each), read.sha256());
      assertEquals(RawFiles.checkpoint().card(), read.checkpoint().card());
      RawFiles.checkpoint()
          .tensors()
          .forEach(
              (name, tensor) ->
                  assertArrayEquals(
                      tensor.values(), read.checkpoint().tensors().get(name).values()));
    }
  }

  @Test
  void checkpointPutsItsTensorsIntoTheArchitecturesOrder() {
    Checkpoint good = RawFiles.checkpoint();
    Checkpoint reversed =
        new Checkpoint(good.card(), new LinkedHashMap<>(good.tensors().reversed()));
    assertEquals(List.copyOf(good.tensors().keySet()), List.copyOf(reversed.tensors().keySet()));
  }

  @Test
  void checkpointNamesTheTensorThatDoesNotFit() {
    assertRefused("\"fc1.bias\" is missing", tensors -> tensors.remove("fc1.bias"));
    assertRefused("\"fc9\"", tensors -> tensors.put("fc9", tensor(1)));
    assertRefused("[3]", tensors -> tensors.put("fc1.bias", tensor(3)));
  }

  private static Tensor tensor(int size) {
    return new Tensor(TensorShape.of(size), new float[size]);
  }

  private static void assertRefused(String word, Consumer<SequencedMap<String, Tensor>> change) {
    Checkpoint good = RawFiles.checkpoint();
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>(good.tensors());
    change.accept(tensors);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Checkpoint(good.card(), tensors));
    assertTrue(String.valueOf(e.getMessage()).contains(word), e.getMessage());
  }
}
