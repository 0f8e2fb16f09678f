package org.pagexplorer.dataset;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A parquet file of a column {@code image} with {@code bytes}, and one of labels, in row groups of
 * one page each, uncompressed, with Thrift's compact protocol by hand.
 */
final class WrittenParquet {
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int last;

  private WrittenParquet() {}

  /**
   * The file's bytes.
   *
   * @param json Hugging Face's metadata
   * @param perGroup pictures in each row group
   */
  static byte[] of(String label, String json, int perGroup, List<byte[]> pictures, int... labels) {
    WrittenParquet file = new WrittenParquet();
    file.text("PAR1");
    WrittenParquet groups = new WrittenParquet();
    int count = Math.ceilDiv(labels.length, perGroup);
    for (int g = 0; g < count; g++) {
      int from = g * perGroup;
      int to = Math.min(labels.length, from + perGroup);
      WrittenParquet values = new WrittenParquet();
      WrittenParquet numbers = new WrittenParquet();
      for (int i = from; i < to; i++) {
        values.little(pictures.get(i).length, 4);
        values.out.writeBytes(pictures.get(i));
        numbers.little(labels[i], 8);
      }
      groups.field(1, LIST).listOf(STRUCT, 2);
      int bytes = file.out.size();
      int rows = to - from;
      groups.chunk(6, List.of("image", "bytes"), rows, file.page(values, rows), bytes);
      bytes = file.out.size();
      groups.chunk(2, List.of(label), rows, file.page(numbers, rows), bytes);
      groups.field(2, I64).zigzag(1000).field(3, I64).zigzag(rows).end();
    }
    file.footer(label, json, count, labels.length, groups.out.toByteArray());
    return file.out.toByteArray();
  }

  private void footer(String label, String json, int groups, int rows, byte[] content) {
    WrittenParquet meta = new WrittenParquet();
    meta.field(1, I32).zigzag(1).field(2, LIST).listOf(STRUCT, 4);
    meta.field(4, BINARY).string("schema").field(5, I32).zigzag(2).end();
    meta.field(3, I32).zigzag(0).field(4, BINARY).string("image").field(5, I32).zigzag(1).end();
    meta.field(1, I32).zigzag(6).field(3, I32).zigzag(0).field(4, BINARY).string("bytes").end();
    meta.field(1, I32).zigzag(2).field(3, I32).zigzag(0).field(4, BINARY).string(label).end();
    meta.last = 2;
    meta.field(3, I64).zigzag(rows).field(4, LIST).listOf(STRUCT, groups);
    meta.out.writeBytes(content);
    meta.last = 4;
    meta.field(5, LIST).listOf(STRUCT, 1);
    meta.field(1, BINARY).string("huggingface").field(2, BINARY).string(json).end();
    meta.end();
    out.writeBytes(meta.out.toByteArray());
    little(meta.out.size(), 4);
    text("PAR1");
  }

  /** A data page of plain values; its length with its header. */
  private int page(WrittenParquet values, int rows) {
    int before = out.size();
    int size = values.out.size();
    last = 0;
    field(1, I32).zigzag(0).field(2, I32).zigzag(size).field(3, I32).zigzag(size);
    field(5, STRUCT);
    last = 0;
    field(1, I32).zigzag(rows).field(2, I32).zigzag(0).field(3, I32).zigzag(3);
    field(4, I32).zigzag(3).end();
    end();
    out.writeBytes(values.out.toByteArray());
    return out.size() - before;
  }

  private void chunk(int type, List<String> path, int rows, int size, int offset) {
    last = 0;
    field(2, I64).zigzag(offset).field(3, STRUCT);
    last = 0;
    field(1, I32).zigzag(type).field(2, LIST).listOf(I32, 1).zigzag(0);
    last = 2;
    field(3, LIST).listOf(BINARY, path.size());
    path.forEach(this::string);
    last = 3;
    field(4, I32).zigzag(0).field(5, I64).zigzag(rows).field(6, I64).zigzag(size);
    field(7, I64).zigzag(size).field(9, I64).zigzag(offset).end();
    end();
    last = 1; // of the row group's fields, the list is the first
  }

  private WrittenParquet field(int id, int type) {
    out.write((id - last) << 4 | type);
    last = id;
    return this;
  }

  /** The end of a structure; the next one counts its fields again. */
  private void end() {
    out.write(0);
    last = 0;
  }

  private WrittenParquet listOf(int type, int count) {
    if (count < 15) {
      out.write(count << 4 | type);
    } else {
      out.write(0xf0 | type);
      varint(count);
    }
    last = 0;
    return this;
  }

  private WrittenParquet zigzag(long value) {
    varint(value << 1);
    return this;
  }

  private void varint(long value) {
    long rest = value;
    while (rest > 127) {
      out.write((int) (rest & 127 | 128));
      rest >>= 7;
    }
    out.write((int) rest);
  }

  private WrittenParquet string(String text) {
    varint(text.length());
    text(text);
    return this;
  }

  private void text(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void little(long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >> 8 * i));
    }
  }
}
