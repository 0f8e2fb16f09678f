package org.pagexplorer.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SequencedMap;
import org.pagexplorer.domain.Tensor;

/** Writes a header: its length, its JSON, and spaces so that the data is aligned to 8 bytes. */
final class HeaderWriter {
  private static final int ALIGNMENT = 8;

  private HeaderWriter() {}

  static ByteBuffer write(
      Map<String, String> metadata, SequencedMap<String, Tensor> tensors, Dtype dtype) {
    byte[] json = json(metadata, tensors, dtype).toString().getBytes(StandardCharsets.UTF_8);
    int padded = Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT;
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(padded).put(json);
    while (buffer.hasRemaining()) {
      buffer.put((byte) ' ');
    }
    return buffer.flip();
  }

  private static JsonObject json(
      Map<String, String> metadata, SequencedMap<String, Tensor> tensors, Dtype dtype) {
    JsonObject header = new JsonObject();
    if (!metadata.isEmpty()) {
      JsonObject object = new JsonObject();
      metadata.forEach(object::addProperty);
      header.add(HeaderParser.METADATA, object);
    }
    long begin = 0;
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      long end = begin + tensor.getValue().shape().size() * dtype.bytes();
      header.add(tensor.getKey(), entry(tensor.getValue(), dtype, begin, end));
      begin = end;
    }
    return header;
  }

  private static JsonObject entry(Tensor tensor, Dtype dtype, long begin, long end) {
    JsonObject entry = new JsonObject();
    entry.addProperty("dtype", dtype.name());
    entry.add("shape", array(tensor.shape().toArray()));
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
