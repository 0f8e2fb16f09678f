package org.pagexplorer.checkpoint.importing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.Safetensors;
import org.pagexplorer.checkpoint.pytorch.Pickle;
import org.pagexplorer.checkpoint.pytorch.TorchSave;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.domain.UserException;

/** The prefixes, nestings, number formats and layouts under which people keep their weights. */
class ForeignModelTest {
  private static final Architecture NETWORK = Architecture.resNet18(2, InputShape.CIFAR, 10);
  private static final SequencedMap<String, Tensor> WEIGHTS = weights(NETWORK);

  @TempDir private Path folder;

  /** Every value another, so that nothing can be mistaken for anything else. */
  private static SequencedMap<String, Tensor> weights(Architecture architecture) {
    SequencedMap<String, Tensor> weights = new LinkedHashMap<>();
    int next = 1;
    for (Map.Entry<String, TensorShape> entry : architecture.tensorShapes().entrySet()) {
      float[] values = new float[(int) entry.getValue().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = next++;
      }
      weights.put(entry.getKey(), new Tensor(entry.getValue(), values));
    }
    return weights;
  }

  private static SequencedMap<String, Tensor> prefixed(String prefix) {
    SequencedMap<String, Tensor> prefixed = new LinkedHashMap<>();
    WEIGHTS.forEach((name, tensor) -> prefixed.put(prefix + name, tensor));
    return prefixed;
  }

  private ForeignModel read(String name, byte... bytes) throws IOException {
    return ForeignModel.read(Files.write(folder.resolve(name), bytes));
  }

  private static void assertIsTheNetwork(ForeignModel model) {
    assertEquals(List.of(NETWORK), model.architectures());
    assertEquals(WEIGHTS, model.tensors());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "module.",
        "model.",
        "_orig_mod.",
        "module._orig_mod.",
        "attacker.model.",
        "module.attacker.model.",
        "net.",
        "1."
      })
  void prefixesAreSeenThrough(String prefix) throws IOException {
    assertIsTheNetwork(read("a.pt", TorchSave.zip(prefixed(prefix))));
    assertIsTheNetwork(read("a.pth", TorchSave.legacy(prefixed(prefix))));
  }

  @ParameterizedTest
  @CsvSource({"encoder., head", "module.backbone., fc", "model.encoder., classifier.1"})
  void theHeadOfAnEncoderMayStandBesideIt(String prefix, String head) throws IOException {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    WEIGHTS.forEach(
        (name, tensor) ->
            tensors.put(
                name.startsWith("linear.")
                    ? head + name.substring("linear".length())
                    : prefix + name,
                tensor));
    ForeignModel model = read("a.pt", TorchSave.zip(tensors));
    assertIsTheNetwork(model);
    assertTrue(
        model
            .remarks()
            .contains(
                "2 of its tensors have other names here, for instance \"%s.weight\" \"linear.weight\"."
                    .formatted(head)),
        model.remarks().toString());
    tensors.put("projection.weight", new Tensor(TensorShape.of(2, 2), new float[4]));
    byte[] two = TorchSave.zip(tensors);
    assertThrows(UserException.class, () -> read("a.pt", two), "which one is the last layer?");
  }

  static Stream<List<String>> nestings() {
    return Stream.of(
        List.of("state_dict"),
        List.of("model"),
        List.of("net"),
        List.of("model_state_dict"),
        List.of("ema"),
        List.of("checkpoint", "model"),
        List.of("a", "b", "c", "d", "e", "f"),
        List.of("anything"));
  }

  @ParameterizedTest
  @MethodSource("nestings")
  void nestedStateDictsAreFoundAndSaid(List<String> keys) throws IOException {
    ForeignModel model = read("a.ckpt", TorchSave.zip(keys, WEIGHTS));
    assertIsTheNetwork(model);
    assertEquals(
        "The weights are those under \"" + String.join(".", keys) + "\".",
        model.remarks().getFirst());
  }

  @Test
  void theModelIsPreferredToItsAverage() throws IOException {
    Pickle pickle = new Pickle().op('}').op('(');
    pickle.text("ema").raw(inner(100)).text("state_dict").raw(inner(0)).op('u');
    List<byte[]> storages =
        Stream.concat(
                WEIGHTS.values().stream(),
                WEIGHTS.values().stream()
                    .map(t -> new Tensor(t.shape(), new float[t.values().length])))
            .map(tensor -> TorchSave.floats(tensor.values()))
            .toList();
    ForeignModel model = read("a.pt", TorchSave.zip(pickle.end(), storages));
    assertIsTheNetwork(model);
    assertTrue(
        model.remarks().contains("Left out: 102 tensors under \"ema\"."),
        model.remarks().toString());
  }

  /** A dictionary of all weights, the first in storage 0, or from {@code WEIGHTS.size()} on. */
  private static byte[] inner(int average) {
    Pickle pickle = new Pickle().orderedDict().op('(');
    int storage = average > 0 ? WEIGHTS.size() : 0;
    TorchSave.entries(pickle, WEIGHTS, storage);
    return TorchSave.inside(pickle.op('u').end());
  }

  static Stream<Dtype> formats() {
    return Stream.of(Dtype.F16, Dtype.BF16, Dtype.F32, Dtype.F64);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void allFourNumberFormatsAreRead(Dtype dtype) throws IOException {
    String storage =
        switch (dtype) {
          case F16 -> "HalfStorage";
          case BF16 -> "BFloat16Storage";
          case F64 -> "DoubleStorage";
          default -> "FloatStorage";
        };
    float[] values = {0.5f, -2, 1024, 0};
    ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      switch (dtype) {
        case F16 -> bytes.putShort(Float.floatToFloat16(value));
        case BF16 -> bytes.putShort((short) (Float.floatToIntBits(value) >> 16));
        case F64 -> bytes.putDouble(value);
        default -> bytes.putFloat(value);
      }
    }
    byte[] data = java.util.Arrays.copyOf(bytes.array(), bytes.position());
    ForeignModel model = perceptron(storage, 4, 0, new long[] {2, 1}, data);
    assertArrayEquals(values, model.tensors().get("fc1.weight").values());
  }

  /** A perceptron 2 → 2 → 2 whose first weight is what the test says. */
  private ForeignModel perceptron(
      String storage, long length, long first, long[] strides, byte[] data) throws IOException {
    Pickle pickle = new Pickle().op('}').op('(');
    pickle.text("fc1.weight").tensor(storage, "0", length, first, new long[] {2, 2}, strides);
    pickle.text("fc1.bias").tensor("FloatStorage", "1", 2, 0, new long[] {2}, new long[] {1});
    pickle
        .text("fc2.weight")
        .tensor("FloatStorage", "2", 4, 0, new long[] {2, 2}, new long[] {2, 1});
    pickle.text("fc2.bias").tensor("FloatStorage", "1", 2, 0, new long[] {2}, new long[] {1});
    byte[] all = pickle.op('u').end();
    byte[] bias = TorchSave.floats(7, 8);
    return read("p.pt", TorchSave.zip(all, List.of(data, bias, TorchSave.floats(1, 2, 3, 4))));
  }

  @Test
  void transposedOffsetAndGappedViewsAreReadInOrder() throws IOException {
    byte[] data = TorchSave.floats(0, 1, 2, 3, 4, 5, 6, 7);
    assertArrayEquals(
        new float[] {0, 2, 1, 3},
        perceptron("FloatStorage", 8, 0, new long[] {1, 2}, data)
            .tensors()
            .get("fc1.weight")
            .values());
    assertArrayEquals(
        new float[] {1, 2, 5, 6},
        perceptron("FloatStorage", 8, 1, new long[] {4, 1}, data)
            .tensors()
            .get("fc1.weight")
            .values());
    assertArrayEquals(
        new float[] {1, 5, 3, 7},
        perceptron("FloatStorage", 8, 1, new long[] {2, 4}, data)
            .tensors()
            .get("fc1.weight")
            .values());
  }

  @Test
  void tensorsMayShareAStorage() throws IOException {
    ForeignModel model =
        perceptron("FloatStorage", 4, 0, new long[] {2, 1}, TorchSave.floats(1, 2, 3, 4));
    assertArrayEquals(new float[] {7, 8}, model.tensors().get("fc1.bias").values());
    assertArrayEquals(new float[] {7, 8}, model.tensors().get("fc2.bias").values());
    assertEquals(4, model.architectures().size());
  }

  @Test
  void overlappingAndOverreachingViewsAreRefused() {
    byte[] data = TorchSave.floats(0, 1, 2, 3);
    String overlap = refusal(() -> perceptron("FloatStorage", 4, 0, new long[] {1, 1}, data));
    assertTrue(overlap.contains("tensor \"fc1.weight\""), overlap);
    assertTrue(overlap.contains("overlap"), overlap);
    String beyond = refusal(() -> perceptron("FloatStorage", 4, 1, new long[] {2, 1}, data));
    assertTrue(beyond.contains("reaches beyond its storage"), beyond);
    String shorter = refusal(() -> perceptron("FloatStorage", 9, 0, new long[] {2, 1}, data));
    assertTrue(shorter.contains("its storage is cut off"), shorter);
  }

  private interface Opening {
    void run() throws IOException;
  }

  private static String refusal(Opening opening) {
    String sentence = String.valueOf(assertThrows(UserException.class, opening::run).getMessage());
    assertEquals(1, sentence.lines().count(), sentence);
    assertTrue(sentence.endsWith("."), sentence);
    return sentence;
  }

  @Test
  void anyonesSafetensorsAreReadSingleAndSharded() throws IOException {
    Path single = folder.resolve("model.safetensors");
    Safetensors.write(single, Map.of("format", "pt"), prefixed("model."), Dtype.F32);
    assertIsTheNetwork(ForeignModel.read(single));
    SequencedMap<String, Tensor> first = new LinkedHashMap<>();
    SequencedMap<String, Tensor> second = new LinkedHashMap<>();
    StringBuilder map = new StringBuilder();
    WEIGHTS.forEach(
        (name, tensor) -> {
          boolean early = name.startsWith("layer1") || name.startsWith("conv1");
          (early ? first : second).put(name, tensor);
          map.append(map.isEmpty() ? "" : ",")
              .append("\"%s\":\"model-0000%d.safetensors\"".formatted(name, early ? 1 : 2));
        });
    Safetensors.write(folder.resolve("model-00001.safetensors"), Map.of(), first, Dtype.F32);
    Safetensors.write(folder.resolve("model-00002.safetensors"), Map.of(), second, Dtype.F32);
    Path index = folder.resolve("model.safetensors.index.json");
    Files.writeString(index, "{\"metadata\":{},\"weight_map\":{" + map + "}}");
    assertIsTheNetwork(ForeignModel.read(index));
    Files.writeString(index, "{\"weight_map\":{\"conv1.weight\":\"../model.safetensors\"}}");
    String outside = refusal(() -> ForeignModel.read(index));
    assertTrue(outside.contains("is not a file next to it"), outside);
  }

  @Test
  void aNormalizerIsReadFromTheFile() throws IOException {
    SequencedMap<String, Tensor> madry = prefixed("module.model.");
    Tensor mean = new Tensor(TensorShape.of(3, 1, 1), new float[] {0.1f, 0.2f, 0.3f});
    Tensor std = new Tensor(TensorShape.of(3, 1, 1), new float[] {0.4f, 0.5f, 0.6f});
    madry.put("module.normalizer.new_mean", mean);
    madry.put("module.normalizer.new_std", std);
    ForeignModel model = read("madry.pt", TorchSave.legacy(madry));
    assertIsTheNetwork(model);
    assertEquals(
        Optional.of(new Normalization(List.of(0.1, 0.2, 0.3), List.of(0.4, 0.5, 0.6))),
        model.normalization());
    assertFalse(model.remarks().toString().contains("new_mean"), "it is not left out");
  }

  @Test
  void classNamesMeanAndStdBesideTheWeightsAreRead() throws IOException {
    Pickle pickle = new Pickle().op('}').op('(').text("model").raw(inner(0)).text("classes");
    pickle.op(']').op('(');
    for (int i = 0; i < 10; i++) {
      pickle.text("thing " + i);
    }
    pickle.op('e').text("mean").op('(').real(0.1).real(0.2).real(0.3).op('t');
    pickle.text("std").op('(').real(1).real(2).real(4).op('t').op('u');
    List<byte[]> storages =
        WEIGHTS.values().stream().map(tensor -> TorchSave.floats(tensor.values())).toList();
    ForeignModel model = read("facts.pt", TorchSave.zip(pickle.end(), storages));
    assertIsTheNetwork(model);
    assertEquals("thing 9", model.classes().orElseThrow().getLast());
    assertEquals(
        Optional.of(new Normalization(List.of(0.1, 0.2, 0.3), List.of(1.0, 2.0, 4.0))),
        model.normalization());
  }

  @Test
  void widthsAndClassesComeFromTheShapes() throws IOException {
    Architecture wide = new Architecture(Family.WIDE_RESNET28, 3, InputShape.CIFAR, 100);
    ForeignModel model = read("wide.pt", TorchSave.zip(weights(wide)));
    assertEquals(List.of(wide), model.architectures());
    assertEquals("WideResNet-28-3", model.architectures().getFirst().title());
  }

  @Test
  void unknownNetworksAreToldWhatTheNearestLacksAndHasOver() {
    SequencedMap<String, Tensor> odd = new LinkedHashMap<>(WEIGHTS);
    odd.remove("layer3.1.conv2.weight");
    odd.put("extra.weight", new Tensor(TensorShape.of(1), new float[1]));
    odd.put("bn1.bias", new Tensor(TensorShape.of(3), new float[3]));
    String sentence = refusal(() -> read("odd.pt", TorchSave.zip(odd)));
    assertTrue(sentence.contains("the nearest, ResNet-18, width 2"), sentence);
    assertTrue(sentence.contains("lacks 1 tensors: \"layer3.1.conv2.weight\""), sentence);
    assertTrue(sentence.contains("does not know 1: \"extra.weight\""), sentence);
    assertTrue(sentence.contains("bn1.bias [3] instead of [2]"), sentence);
    String nothing =
        refusal(
            () ->
                read(
                    "lstm.pt",
                    TorchSave.zip(
                        Map.of("lstm.weight_ih", new Tensor(TensorShape.of(1), new float[1])))));
    assertTrue(nothing.contains("no known network, but 1 tensors (\"lstm.weight_ih\")"), nothing);
  }

  @Test
  void anImportedModelIsACheckpointOfOurs() throws IOException {
    ForeignModel model = read("mine.pt", TorchSave.zip(WEIGHTS));
    List<String> classes = java.util.stream.IntStream.range(0, 10).mapToObj(i -> "c" + i).toList();
    Checkpoint checkpoint =
        model.checkpoint(
            new ForeignModel.Answers("Mine", NETWORK, Normalization.CIFAR10, classes, ""));
    Path out = folder.resolve("mine.safetensors");
    CheckpointFiles.write(out, checkpoint, Dtype.F32);
    Checkpoint read = CheckpointFiles.read(out);
    assertEquals(WEIGHTS, read.tensors());
    assertEquals("imported", read.card().method());
    assertEquals("mine.pt", read.card().training().get("imported-from"));
  }
}
