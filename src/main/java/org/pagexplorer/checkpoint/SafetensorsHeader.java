package org.pagexplorer.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A checked safetensors header: its tensors cover the data exactly, without a hole or an overlap.
 *
 * @param metadata the {@code __metadata__}, in the file's order
 * @param entries the tensors by name, in the header's order
 * @param dataStart the data's first byte in the file
 * @param fileSize in bytes
 */
public record SafetensorsHeader(
    SequencedMap<String, String> metadata,
    SequencedMap<String, TensorEntry> entries,
    long dataStart,
    long fileSize) {

  public SafetensorsHeader {
    metadata = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metadata));
    entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
  }
}
