package org.pagexplorer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Good files made bad at random: the same for the same random numbers. */
public final class Damage {
  private static final int[] INTERESTING = {0, 1, 0x7f, 0x80, 0xff, '(', '}', ']', 'R', 'Q', '.'};

  private static final List<JsonElement> ODD =
      List.of(
          JsonNull.INSTANCE,
          new JsonPrimitive(true),
          new JsonPrimitive(0),
          new JsonPrimitive(-1),
          new JsonPrimitive(1),
          new JsonPrimitive(1.5),
          new JsonPrimitive(Integer.MAX_VALUE),
          new JsonPrimitive(Long.MIN_VALUE),
          new JsonPrimitive(new BigDecimal("1e308")),
          new JsonPrimitive(new BigDecimal("-1e308")),
          new JsonPrimitive(new BigDecimal("1e-320")),
          new JsonPrimitive(new BigDecimal("1e9999")),
          new JsonPrimitive(new BigDecimal("123456789012345678901234567890")),
          new JsonPrimitive(""),
          new JsonPrimitive("NaN"),
          new JsonPrimitive("1"),
          new JsonPrimitive("\u001b[31m\u202e\n\u0000"),
          new JsonPrimitive("x".repeat(20_000)),
          new JsonArray(),
          new JsonObject());

  private Damage() {}

  /** Bytes flipped, set, cut off, left out or doubled, at one to four places. */
  public static byte[] bytes(byte[] good, SplittableRandom random) {
    byte[] bytes = good.clone();
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times && bytes.length > 0; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) INTERESTING[random.nextInt(INTERESTING.length)];
        case 2 -> bytes[at] = (byte) random.nextInt(256);
        case 3 -> bytes = Arrays.copyOf(bytes, at);
        case 4 -> bytes = without(bytes, at, random.nextInt(1 + Math.min(16, bytes.length - at)));
        default -> {
          int from = random.nextInt(bytes.length);
          bytes = with(bytes, at, from, random.nextInt(1 + Math.min(64, bytes.length - from)));
        }
      }
    }
    return bytes;
  }

  private static byte[] without(byte[] bytes, int at, int count) {
    byte[] shorter = new byte[bytes.length - count];
    System.arraycopy(bytes, 0, shorter, 0, at);
    System.arraycopy(bytes, at + count, shorter, at, bytes.length - at - count);
    return shorter;
  }

  /** With a copy of a part of its own at some place. */
  private static byte[] with(byte[] bytes, int at, int from, int count) {
    byte[] longer = new byte[bytes.length + count];
    System.arraycopy(bytes, 0, longer, 0, at);
    System.arraycopy(bytes, from, longer, at, count);
    System.arraycopy(bytes, at, longer, at + count, bytes.length - at);
    return longer;
  }

  /** Values of JSON replaced, left out, doubled or exchanged, at one or two places. */
  public static String json(String good, SplittableRandom random) {
    JsonElement json = JsonParser.parseString(good);
    int times = 1 + random.nextInt(2);
    for (int i = 0; i < times; i++) {
      List<JsonElement> containers = new ArrayList<>();
      collect(json, containers);
      damage(containers.get(random.nextInt(containers.size())), containers, random);
    }
    return json.toString();
  }

  private static void collect(JsonElement element, List<JsonElement> containers) {
    if (element instanceof JsonObject object) {
      containers.add(object);
      object.asMap().values().forEach(value -> collect(value, containers));
    } else if (element instanceof JsonArray array) {
      containers.add(array);
      array.forEach(value -> collect(value, containers));
    }
  }

  private static void damage(
      JsonElement container, List<JsonElement> others, SplittableRandom random) {
    JsonElement odd = ODD.get(random.nextInt(ODD.size())).deepCopy();
    if (random.nextInt(8) == 0) {
      odd = others.get(random.nextInt(others.size())).deepCopy();
    }
    if (container instanceof JsonObject object && !object.isEmpty()) {
      List<String> names = List.copyOf(object.keySet());
      String name = names.get(random.nextInt(names.size()));
      if (random.nextInt(4) == 0) {
        object.remove(name);
      } else {
        object.add(name, odd);
      }
    } else if (container instanceof JsonArray array && !array.isEmpty()) {
      int at = random.nextInt(array.size());
      switch (random.nextInt(4)) {
        case 0 -> array.remove(at);
        case 1 -> array.add(array.get(at).deepCopy());
        default -> array.set(at, odd);
      }
    }
  }
}
