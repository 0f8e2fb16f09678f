package org.pagexplorer.checkpoint;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;

/**
 * Parses a header's JSON as a stream, so that a hostile header costs no more than its own entries.
 */
final class HeaderParser {
  static final String METADATA = "__metadata__";
  private static final int MOST_SIDES = 64;
  private static final int NESTING = 4;

  private final JsonReader json;
  private final SequencedMap<String, String> metadata = new LinkedHashMap<>();
  private final SequencedMap<String, TensorEntry> entries = new LinkedHashMap<>();

  private HeaderParser(byte[] header) {
    // A fresh decoder reports malformed input, where a charset's reader would replace it.
    json =
        new JsonReader(
            new InputStreamReader(
                new ByteArrayInputStream(header), StandardCharsets.UTF_8.newDecoder()));
    json.setStrictness(Strictness.STRICT);
    json.setNestingLimit(NESTING);
  }

  /**
   * Parses a header and checks its tensors against the data.
   *
   * @throws UnusableFileException if anything is wrong with it
   */
  static SafetensorsHeader parse(byte[] header, long fileSize) {
    HeaderParser parser = new HeaderParser(header);
    try {
      parser.readAll();
    } catch (CharacterCodingException e) {
      throw new UnusableFileException("its header is not valid UTF-8");
    } catch (MalformedJsonException | EOFException e) {
      throw new UnusableFileException("its header is not valid JSON");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long dataStart = Long.BYTES + (long) header.length;
    DataLayout.check(parser.entries.values(), fileSize - dataStart);
    return new SafetensorsHeader(parser.metadata, parser.entries, dataStart, fileSize);
  }

  private void readAll() throws IOException {
    Set<String> names = new HashSet<>();
    expect(JsonToken.BEGIN_OBJECT, "its header");
    json.beginObject();
    while (json.hasNext()) {
      String name = json.nextName();
      requireNew(names.add(name), name);
      if (name.equals(METADATA)) {
        readMetadata();
      } else {
        entries.put(name, readEntry(name));
      }
    }
    json.endObject();
    if (json.peek() != JsonToken.END_DOCUMENT) {
      throw new UnusableFileException("its header has something after its JSON");
    }
  }

  private void readMetadata() throws IOException {
    expect(JsonToken.BEGIN_OBJECT, "its metadata");
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      requireNew(!metadata.containsKey(key), key);
      expect(JsonToken.STRING, "its metadata " + Sentences.quoted(key));
      metadata.put(key, json.nextString());
    }
    json.endObject();
  }

  private TensorEntry readEntry(String name) throws IOException {
    String tensor = "tensor " + Sentences.quoted(name);
    Optional<Dtype> dtype = Optional.empty();
    Optional<List<Long>> shape = Optional.empty();
    Optional<List<Long>> offsets = Optional.empty();
    Set<String> keys = new HashSet<>();
    expect(JsonToken.BEGIN_OBJECT, tensor);
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      requireNew(keys.add(key), key);
      switch (key) {
        case "dtype" -> dtype = Optional.of(readDtype(tensor));
        case "shape" -> shape = Optional.of(readNumbers("the shape of " + tensor));
        case "data_offsets" -> offsets = Optional.of(readNumbers("the offsets of " + tensor));
        default ->
            throw new UnusableFileException(
                tensor + " has an unknown key " + Sentences.quoted(key));
      }
    }
    json.endObject();
    return entry(
        name,
        required(dtype, tensor, "dtype"),
        new TensorShape(required(shape, tensor, "shape")),
        required(offsets, tensor, "data_offsets"));
  }

  private static TensorEntry entry(
      String name, Dtype dtype, TensorShape shape, List<Long> offsets) {
    if (offsets.size() != 2) {
      throw new UnusableFileException(
          "tensor " + Sentences.quoted(name) + " needs two offsets, not " + offsets.size());
    }
    TensorEntry entry = new TensorEntry(name, dtype, shape, offsets.getFirst(), offsets.getLast());
    DataLayout.checkBytes(entry);
    return entry;
  }

  private static <T> T required(Optional<T> value, String tensor, String key) {
    return value.orElseThrow(() -> new UnusableFileException(tensor + " lacks its " + key));
  }

  private Dtype readDtype(String tensor) throws IOException {
    expect(JsonToken.STRING, "the dtype of " + tensor);
    String id = json.nextString();
    try {
      return Dtype.valueOf(id);
    } catch (IllegalArgumentException e) {
      throw new UnusableFileException(
          tensor + " has the unknown dtype " + Sentences.quoted(id), "export it as F32 or F16");
    }
  }

  private List<Long> readNumbers(String what) throws IOException {
    List<Long> numbers = new ArrayList<>();
    expect(JsonToken.BEGIN_ARRAY, what);
    json.beginArray();
    while (json.hasNext()) {
      if (numbers.size() == MOST_SIDES) {
        throw new UnusableFileException(what + " has more than " + MOST_SIDES + " numbers");
      }
      numbers.add(readNumber(what));
    }
    json.endArray();
    return numbers;
  }

  private long readNumber(String what) throws IOException {
    expect(JsonToken.NUMBER, "a number in " + what);
    String text = json.nextString();
    if (text.startsWith("-")) {
      throw new UnusableFileException("a number in " + what + " is negative");
    }
    try {
      // Not nextLong, which also takes 1.0 and 1e2.
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new UnusableFileException(
          "a number in " + what + " is not a whole number in range: " + Sentences.quoted(text));
    }
  }

  private void expect(JsonToken token, String what) throws IOException {
    if (json.peek() != token) {
      throw new UnusableFileException(what + " must be " + word(token));
    }
  }

  private static String word(JsonToken token) {
    return switch (token) {
      case BEGIN_OBJECT -> "a JSON object";
      case BEGIN_ARRAY -> "a JSON array";
      case STRING -> "a string";
      case NUMBER -> "a number";
      default -> throw new IllegalArgumentException("no word for " + token);
    };
  }

  private static void requireNew(boolean isNew, String name) {
    if (!isNew) {
      throw new UnusableFileException("its header names " + Sentences.quoted(name) + " twice");
    }
  }
}
