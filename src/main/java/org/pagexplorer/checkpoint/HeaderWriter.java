package org.pagexplorer.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;

/** Writes a header: its length, its JSON, and spaces so that the data is aligned to 8 bytes. */
final class HeaderWriter {
  private static final int ALIGNMENT = 8;

  private HeaderWriter() {}

  static ByteBuffer write(
      Map<String, String> metadata, SequencedMap<String, Tensor> tensors, Dtype dtype) {
    SequencedMap<String, TensorShape> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return ofShapes(metadata, shapes, dtype);
  }

  static ByteBuffer ofShapes(
      Map<String, String> metadata, SequencedMap<String, TensorShape> shapes, Dtype dtype) {
    byte[] json = json(metadata, shapes, dtype).toString().getBytes(StandardCharsets.UTF_8);
    int padded = Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT;
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(padded).put(json);
    while (buffer.hasRemaining()) {
      buffer.put((byte) ' ');
    }
    return buffer.flip();
  }

  private static JsonObject json(
      Map<String, String> metadata, SequencedMap<String, TensorShape> shapes, Dtype dtype) {
    JsonObject header = new JsonObject();
    if (!metadata.isEmpty()) {
      JsonObject object = new JsonObject();
      metadata.forEach(object::addProperty);
      header.add(HeaderParser.METADATA, object);
    }
    long begin = 0;
    for (Map.Entry<String, TensorShape> tensor : shapes.entrySet()) {
      long end = begin + tensor.getValue().size() * dtype.bytes();
      header.add(tensor.getKey(), entry(tensor.getValue(), dtype, begin, end));
      begin = end;
    }
    return header;
  }

  private static JsonObject entry(TensorShape shape, Dtype dtype, long begin, long end) {
    JsonObject entry = new JsonObject();
    entry.addProperty("dtype", dtype.name());
    entry.add("shape", array(shape.toArray()));
    entry.add("data_offsets", array(begin, end));
    return entry;
  }

  private static JsonArray array(long... numbers) {
    JsonArray array = new JsonArray();
    for (long number : numbers) {
      array.add(number);
    }
    return array;
  }
}
