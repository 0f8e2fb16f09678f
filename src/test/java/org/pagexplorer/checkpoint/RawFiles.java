package org.pagexplorer.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Tensor;

/** Files put together byte by byte, and the small perceptron that they hold when they are good. */
public final class RawFiles {
  static final String HEADER =
      """
      {"__metadata__":{"format_version":"1","name":"tiny","architecture":"mlp","width":"2",\
      "input_shape":"[2,1,1]","classes":"[\\"a\\",\\"b\\"]","mean":"[0,0]","std":"[1,1]"},\
      "fc1.weight":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},\
      "fc1.bias":{"dtype":"F32","shape":[2],"data_offsets":[16,24]},\
      "fc2.weight":{"dtype":"F32","shape":[2,2],"data_offsets":[24,40]},\
      "fc2.bias":{"dtype":"F32","shape":[2],"data_offsets":[40,48]}}\
      """;

  static final int DATA_BYTES = 48;

  private RawFiles() {}

  static byte[] file(String header, byte... data) {
    return file(header.getBytes(StandardCharsets.UTF_8), data);
  }

  static byte[] file(byte[] header, byte... data) {
    return withLength(header.length, header, data);
  }

  static byte[] withLength(long length, byte[] header, byte... data) {
    return ByteBuffer.allocate(Long.BYTES + header.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(header)
        .put(data)
        .array();
  }

  /** The good file with one thing in its header replaced. */
  static byte[] altered(String original, String replacement) {
    if (!HEADER.contains(original)) {
      throw new IllegalArgumentException("the header does not contain " + original);
    }
    return file(HEADER.replace(original, replacement), new byte[DATA_BYTES]);
  }

  static ModelCard card(Architecture architecture, String... classes) {
    return new ModelCard(
        "tiny",
        architecture,
        List.of(classes),
        Normalization.identity(architecture.input().channels()),
        "standard",
        Map.of(),
        0,
        "toy",
        "",
        "test",
        "",
        List.of());
  }

  public static Checkpoint checkpoint() {
    return checkpoint(card(Architecture.mlp(2, InputShape.PLANE, 2), "a", "b"));
  }

  static Tensor tensor(String name) {
    return Objects.requireNonNull(checkpoint().tensors().get(name));
  }

  static TensorEntry entry(SafetensorsHeader header, String name) {
    return Objects.requireNonNull(header.entries().get(name));
  }

  /** Weights that differ from each other and need all of float32's digits. */
  static Checkpoint checkpoint(ModelCard card) {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    card.architecture()
        .tensorShapes()
        .forEach(
            (name, shape) -> {
              float[] values = new float[(int) shape.size()];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.sin(1 + i + 10 * tensors.size());
              }
              tensors.put(name, new Tensor(shape, values));
            });
    return new Checkpoint(card, tensors);
  }
}
