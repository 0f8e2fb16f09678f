package org.pagexplorer.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.pagexplorer.domain.Tensor;

/** Anyone's safetensors file. */
public final class SafetensorsFile implements TensorFile {
  private final SafetensorsHeader header;
  private final FileChannel channel;
  private final SequencedMap<String, TensorType> types = new LinkedHashMap<>();

  private SafetensorsFile(SafetensorsHeader header, FileChannel channel) {
    this.header = header;
    this.channel = channel;
    header
        .entries()
        .forEach((name, entry) -> types.put(name, new TensorType(entry.dtype(), entry.shape())));
  }

  /**
   * Reads and checks its header.
   *
   * @throws org.pagexplorer.domain.UserException if it breaks the format
   */
  public static SafetensorsFile open(Path file) throws IOException {
    return new SafetensorsFile(Safetensors.readHeader(file), Safetensors.open(file));
  }

  /**
   * The same of an open file, which is closed with the result.
   *
   * @throws IllegalArgumentException if it breaks the format
   */
  public static SafetensorsFile open(FileChannel channel) throws IOException {
    return new SafetensorsFile(Safetensors.readHeader(channel), channel);
  }

  @Override
  public String format() {
    return "safetensors";
  }

  @Override
  public SequencedMap<String, TensorType> tensors() {
    return Collections.unmodifiableSequencedMap(types);
  }

  @Override
  public Map<String, String> metadata() {
    return header.metadata();
  }

  @Override
  public Tensor read(String name) throws IOException {
    return TensorBytes.read(
        channel, header.dataStart(), Objects.requireNonNull(header.entries().get(name), name));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
