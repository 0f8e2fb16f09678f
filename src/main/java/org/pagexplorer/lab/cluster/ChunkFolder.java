package org.pagexplorer.lab.cluster;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.Sha256;
import org.pagexplorer.files.TextFile;

/**
 * The chunks of one measurement on disk, each a file that is there whole or not at all, so that any
 * process may add the missing ones. What is measured stands in {@code chunks.json}; a chunk of
 * anything else counts as missing.
 */
public final class ChunkFolder {
  private static final int LONGEST = 256 << 20;
  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .serializeSpecialFloatingPointValues()
          .setPrettyPrinting()
          .create();
  private static final Gson SHORT =
      new GsonBuilder().disableHtmlEscaping().serializeSpecialFloatingPointValues().create();

  private final Path folder;
  private final String key;
  private final int chunks;

  private ChunkFolder(Path folder, String key, int chunks) {
    this.folder = folder;
    this.key = key;
    this.chunks = chunks;
  }

  /** What tells a measurement from any other, from all that its numbers depend on. */
  public static String key(Map<String, ?> measurement) {
    var digest = Sha256.newDigest();
    digest.update(GSON.toJson(measurement).getBytes(StandardCharsets.UTF_8));
    return Sha256.hex(digest);
  }

  /**
   * Takes a folder, making it if need be.
   *
   * @param measurement all that its numbers depend on
   * @throws UserException if it holds chunks of another one, or cannot be written
   */
  public static ChunkFolder open(Path folder, Map<String, ?> measurement, int chunks) {
    String text = GSON.toJson(measurement);
    Path file = folder.resolve("chunks.json");
    try {
      Files.createDirectories(folder);
      if (!Files.exists(file)) {
        TextFile.write(file, text + "\n");
        return new ChunkFolder(folder, key(measurement), chunks);
      }
      String there = TextFile.readDamaged(file, LONGEST).strip();
      if (!there.equals(text)) {
        throw new UserException(
            "%s holds chunks of another %s: choose another --run-dir, or delete it."
                .formatted(
                    folder,
                    isOfAnotherVersion(there, text)
                        ? "version of PAG Explorer, which this one cannot resume"
                        : "measurement"));
      }
    } catch (IOException e) {
      throw new UserException(
          folder + " cannot be written; choose another folder by --run-dir.", e);
    }
    return new ChunkFolder(folder, key(measurement), chunks);
  }

  /** Earlier ones of the same number also kept the dataset's name. */
  private static boolean isOfAnotherVersion(String there, String own) {
    try {
      @Nullable JsonObject before = SHORT.fromJson(there, JsonObject.class);
      @Nullable JsonElement software = SHORT.fromJson(own, JsonObject.class).get("software");
      return before != null
          && software != null
          && before.has("software")
          && (before.has("dataset") || !software.equals(before.get("software")));
    } catch (JsonParseException e) {
      return false;
    }
  }

  public Path folder() {
    return folder;
  }

  /** Of a chunk, from 1. */
  public Path file(int chunk) {
    return folder.resolve("chunk-%04d-of-%04d.json".formatted(chunk, chunks));
  }

  /** A chunk's pieces; nothing where it is missing, damaged, or of another measurement. */
  public Optional<List<JsonObject>> read(int chunk) {
    Path file = file(chunk);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      @Nullable JsonObject json =
          SHORT.fromJson(TextFile.readDamaged(file, LONGEST), JsonObject.class);
      return json != null
              && json.get("key") instanceof JsonElement own
              && own.equals(SHORT.toJsonTree(key))
              && json.get("pieces") instanceof JsonArray array
          ? pieces(array)
          : Optional.empty();
    } catch (IOException | JsonParseException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<List<JsonObject>> pieces(JsonArray array) {
    List<JsonObject> pieces = new ArrayList<>();
    for (JsonElement each : array) {
      if (!(each instanceof JsonObject piece)) {
        return Optional.empty();
      }
      pieces.add(piece);
    }
    return Optional.of(pieces);
  }

  /**
   * Keeps a chunk.
   *
   * @throws UserException if that cannot be written
   */
  public void write(int chunk, List<JsonObject> pieces) {
    JsonObject json = new JsonObject();
    json.addProperty("key", key);
    JsonArray array = new JsonArray();
    pieces.forEach(array::add);
    json.add("pieces", array);
    try {
      TextFile.write(file(chunk), SHORT.toJson(json) + "\n");
    } catch (IOException e) {
      throw new UserException(file(chunk) + " cannot be written: is the disk full?", e);
    }
  }

  /**
   * Where chunks begin, and behind the last their end. They are whole batches where there are
   * enough of those, so that every image is computed beside the same others as in one process.
   *
   * @param images at least one
   * @param chunks at least one; no more than there are images are made
   */
  public static int[] borders(int images, int chunks, int batch) {
    int made = Math.min(chunks, images);
    int batches = (images + batch - 1) / batch;
    int[] borders = new int[made + 1];
    for (int k = 0; k <= made; k++) {
      borders[k] =
          batches >= made
              ? (int) Math.min(images, (long) k * batches / made * batch)
              : (int) ((long) k * images / made);
    }
    return borders;
  }
}
