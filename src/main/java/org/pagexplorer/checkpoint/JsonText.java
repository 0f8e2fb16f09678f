package org.pagexplorer.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.ToNumberPolicy;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.StringReader;

/** Strict JSON: one value, no key twice, no deep nesting; Gson's own parser allows all three. */
public final class JsonText {
  private static final int NESTING = 8;

  private JsonText() {}

  public static JsonElement parse(String text) throws IOException {
    JsonReader json = new JsonReader(new StringReader(text));
    json.setStrictness(Strictness.STRICT);
    json.setNestingLimit(NESTING);
    JsonElement value = read(json);
    if (json.peek() != JsonToken.END_DOCUMENT) {
      throw new MalformedJsonException("something follows the value");
    }
    return value;
  }

  private static JsonElement read(JsonReader json) throws IOException {
    return switch (json.peek()) {
      case BEGIN_OBJECT -> readObject(json);
      case BEGIN_ARRAY -> readArray(json);
      case STRING -> new JsonPrimitive(json.nextString());
      case NUMBER -> new JsonPrimitive(ToNumberPolicy.LAZILY_PARSED_NUMBER.readNumber(json));
      case BOOLEAN -> new JsonPrimitive(json.nextBoolean());
      case NULL -> {
        json.nextNull();
        yield JsonNull.INSTANCE;
      }
      case END_ARRAY, END_OBJECT, NAME, END_DOCUMENT ->
          throw new MalformedJsonException("a value is missing");
    };
  }

  private static JsonObject readObject(JsonReader json) throws IOException {
    JsonObject object = new JsonObject();
    json.beginObject();
    while (json.hasNext()) {
      String name = json.nextName();
      if (object.has(name)) {
        throw new MalformedJsonException("a key appears twice");
      }
      object.add(name, read(json));
    }
    json.endObject();
    return object;
  }

  private static JsonArray readArray(JsonReader json) throws IOException {
    JsonArray array = new JsonArray();
    json.beginArray();
    while (json.hasNext()) {
      array.add(read(json));
    }
    json.endArray();
    return array;
  }
}
