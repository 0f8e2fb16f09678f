package org.pagexplorer.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;

/**
 * A model in several safetensors files, with Hugging Face's index: {@code {"weight_map": {tensor:
 * file}}}. Files are looked for beside the index only.
 */
public final class ShardedSafetensors implements TensorFile {
  private static final String MAP = "weight_map";
  private static final long LONGEST_INDEX = 64 << 20;

  private final Map<String, SafetensorsFile> shards;
  private final SequencedMap<String, String> shardOf;
  private final SequencedMap<String, TensorType> types = new LinkedHashMap<>();

  private ShardedSafetensors(
      Map<String, SafetensorsFile> shards, SequencedMap<String, String> shardOf) {
    this.shards = shards;
    this.shardOf = shardOf;
  }

  /**
   * Opens every file that an index names.
   *
   * @param index usually {@code model.safetensors.index.json}
   */
  public static ShardedSafetensors open(Path index) throws IOException {
    SequencedMap<String, String> shardOf = read(index);
    Map<String, SafetensorsFile> shards = new LinkedHashMap<>();
    ShardedSafetensors opened = new ShardedSafetensors(shards, shardOf);
    try {
      for (String shard : shardOf.values()) {
        if (!shards.containsKey(shard)) {
          shards.put(shard, SafetensorsFile.open(index.resolveSibling(shard)));
        }
      }
      shardOf.forEach(opened::addFrom);
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  private void addFrom(String tensor, String shard) {
    TensorType type = Objects.requireNonNull(shards.get(shard)).tensors().get(tensor);
    if (type == null) {
      throw new UnusableFileException(
          "its index puts "
              + Sentences.quoted(tensor)
              + " into "
              + Sentences.quoted(shard)
              + ", which lacks it");
    }
    types.put(tensor, type);
  }

  private static SequencedMap<String, String> read(Path index) throws IOException {
    if (Files.size(index) > LONGEST_INDEX) {
      throw new UnusableFileException("its index is longer than " + LONGEST_INDEX + " bytes");
    }
    String text = new String(Files.readAllBytes(index), StandardCharsets.UTF_8);
    SequencedMap<String, String> shardOf = new LinkedHashMap<>();
    JsonElement json;
    try {
      json = JsonText.parse(text);
    } catch (IOException e) {
      throw new UnusableFileException("its index is not valid JSON");
    }
    if (!(json instanceof JsonObject object && object.get(MAP) instanceof JsonObject map)) {
      throw new UnusableFileException("its index lacks " + Sentences.quoted(MAP));
    }
    map.entrySet().forEach(entry -> shardOf.put(entry.getKey(), shard(entry.getValue())));
    return shardOf;
  }

  private static String shard(JsonElement value) {
    String name = value instanceof JsonPrimitive p && p.isString() ? p.getAsString() : "";
    boolean plain =
        !name.isBlank() && name.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ');
    if (!plain || name.equals("..") || name.equals(".")) {
      throw new UnusableFileException(
          "its index names " + Sentences.quoted(name) + ", which is not a file next to it");
    }
    return name;
  }

  @Override
  public String format() {
    return "safetensors in " + shards.size() + " files";
  }

  @Override
  public SequencedMap<String, TensorType> tensors() {
    return Collections.unmodifiableSequencedMap(types);
  }

  @Override
  public Tensor read(String name) throws IOException {
    String shard = Objects.requireNonNull(shardOf.get(name), name);
    return Objects.requireNonNull(shards.get(shard)).read(name);
  }

  @Override
  public void close() throws IOException {
    for (SafetensorsFile shard : shards.values()) {
      shard.close();
    }
  }
}
