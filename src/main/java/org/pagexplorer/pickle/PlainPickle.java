package org.pagexplorer.pickle;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.files.RegularFile;
import org.pagexplorer.files.UnusableFileException;

/**
 * Python's pickle machine for plain values (<a
 * href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">opcodes</a>), protocols 2
 * to 5, of any Python. They become Java's String, Long, Double, Boolean, List and Map; bytes become
 * a String with a character each, as Python 2 has them; NumPy's arrays become {@link PickledArray}.
 * {@link KnownNames} are what a pickle may name, and none of them is ever looked up.
 */
public final class PlainPickle {
  /** What a small pickle may cost; a larger one may cost a few times its file's size. */
  private static final long FREE_BYTES = 4 << 20;

  private static final int COST_A_BYTE = 12;
  private static final int NEWEST_PROTOCOL = 5;
  private static final int OBJECT = 32;
  private static final int CONTAINER = 160;
  private static final int SLOT = 8;
  private static final int ENTRY = 72;

  private final PickleInput in;
  private final List<Object> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private long allowance;

  private PlainPickle(PickleInput in, long fileSize) {
    this.in = in;
    allowance = FREE_BYTES + COST_A_BYTE * fileSize;
  }

  /**
   * Reads a file's first pickle.
   *
   * @throws UnusableFileException if it is damaged, names anything else than plain values need, or
   *     wants more memory than its file could honestly need
   */
  public static Object read(Path file) throws IOException {
    long size = Files.size(RegularFile.check(file));
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      PlainPickle machine = new PlainPickle(new PickleInput(bytes, size), size);
      boolean goesOn = true;
      while (goesOn) {
        goesOn = machine.step(machine.in.u8());
      }
      return machine.pop();
    }
  }

  /** An array that is a value of a dictionary. */
  public static Optional<PickledArray> array(@Nullable Object value) {
    return switch (value) {
      case PickledArray array -> Optional.of(array);
      case KnownNames.Unfinished unfinished -> unfinished.array();
      case null, default -> Optional.empty();
    };
  }

  /** Runs one opcode; false after STOP. */
  private boolean step(int opcode) throws IOException {
    switch (opcode) {
      case '.' -> {
        return false;
      }
      case 0x80 -> protocol(in.u8());
      case 0x95 -> in.i64();
      case '(' -> mark();
      case '0' -> pop();
      case '1' -> toMark();
      case '2' -> push(peek());
      case 'N' -> push(KnownNames.Plain.NONE);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'G' -> pushNew(in.bigEndianDouble());
      case 'J' -> pushNew((long) in.i32());
      case 'K' -> push((long) in.u8());
      case 'M' -> pushNew((long) in.u16());
      case 0x8a -> pushNew(in.integer(in.u8()).longValue());
      case 'X' -> text(in.u32());
      case 0x8c -> text(in.u8());
      case 0x8d -> text(in.i64());
      case 'U', 'C' -> bytes(in.u8());
      case 'T', 'B' -> bytes(in.u32());
      case 0x8e, 0x96 -> bytes(in.i64());
      default -> containers(opcode);
    }
    return true;
  }

  private void containers(int opcode) throws IOException {
    switch (opcode) {
      case ']', ')' -> pushList(List.of());
      case 't', 'l' -> pushList(toMark());
      case 0x85 -> pushList(take(1));
      case 0x86 -> pushList(take(2));
      case 0x87 -> pushList(take(3));
      case 'a' -> append(take(1));
      case 'e' -> append(toMark());
      case '}' -> pushMap(List.of());
      case 'd' -> pushMap(toMark());
      case 's' -> putAll(take(2));
      case 'u' -> putAll(toMark());
      case 'q' -> remember(in.u8());
      case 'r' -> remember(in.u32());
      case 0x94 -> remember(memo.size());
      case 'h' -> push(recall(in.u8()));
      case 'j' -> push(recall(in.u32()));
      default -> names(opcode);
    }
  }

  private void names(int opcode) throws IOException {
    switch (opcode) {
      case 'c' -> pushNew(KnownNames.named(in.line() + "." + in.line()));
      case 0x93 -> {
        List<Object> names = take(2);
        pushNew(KnownNames.named(names.get(0) + "." + names.get(1)));
      }
      case 'R', 0x81 -> {
        List<Object> both = take(2);
        spend(CONTAINER);
        push(KnownNames.call(both.get(0), both.get(1)));
      }
      case 'b' -> {
        List<Object> both = take(2);
        KnownNames.build(both.get(0), both.get(1));
        push(both.get(0));
      }
      default ->
          throw new UnusableFileException(
              String.format(
                  "its pickle has the opcode 0x%02x at byte %d, which no dataset needs",
                  opcode, in.position() - 1));
    }
  }

  private void protocol(int version) {
    if (version > NEWEST_PROTOCOL) {
      throw new UnusableFileException("its pickle has the unknown protocol " + version);
    }
  }

  private void text(long length) throws IOException {
    spend(2 * Math.max(0, length));
    pushNew(in.text(length));
  }

  private void bytes(long length) throws IOException {
    spend(2 * Math.max(0, length));
    pushNew(new String(in.bytes(length), StandardCharsets.ISO_8859_1));
  }

  private void mark() {
    spend(OBJECT);
    marks.add(stack.size());
  }

  private List<Object> toMark() {
    if (marks.isEmpty()) {
      throw damaged();
    }
    return take(stack.size() - marks.removeLast());
  }

  /** The topmost values, the last one topmost. */
  private List<Object> take(int count) {
    int from = stack.size() - count;
    if (from < floor()) {
      throw damaged();
    }
    spend(CONTAINER + (long) SLOT * count);
    List<Object> taken = new ArrayList<>(stack.subList(from, stack.size()));
    stack.subList(from, stack.size()).clear();
    return taken;
  }

  private Object peek() {
    if (stack.size() <= floor()) {
      throw damaged();
    }
    return stack.getLast();
  }

  private Object pop() {
    Object top = peek();
    stack.removeLast();
    return top;
  }

  /** What lies below the last mark is out of reach. */
  private int floor() {
    return marks.isEmpty() ? 0 : marks.getLast();
  }

  private void push(Object value) {
    spend(SLOT);
    stack.add(value);
  }

  private void pushNew(Object value) {
    spend(OBJECT);
    push(value);
  }

  private void pushList(List<Object> values) {
    spend(CONTAINER + (long) SLOT * values.size());
    push(new ArrayList<>(values));
  }

  private void pushMap(List<Object> keysAndValues) {
    spend(CONTAINER);
    push(new LinkedHashMap<>());
    putAll(keysAndValues);
  }

  private void append(List<Object> values) {
    spend((long) SLOT * values.size());
    if (!(peek() instanceof ArrayList<?>)) {
      throw damaged();
    }
    @SuppressWarnings("unchecked") // every list here is made here, of objects
    List<Object> list = (List<Object>) peek();
    list.addAll(values);
  }

  /** Keys are text, whose hash codes cost little. */
  private void putAll(List<Object> keysAndValues) {
    spend((long) ENTRY * keysAndValues.size());
    if (!(peek() instanceof LinkedHashMap<?, ?>) || keysAndValues.size() % 2 != 0) {
      throw damaged();
    }
    @SuppressWarnings("unchecked") // every map here is made here, of objects
    Map<Object, Object> map = (Map<Object, Object>) peek();
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      if (!(keysAndValues.get(i) instanceof String || keysAndValues.get(i) instanceof Number)) {
        throw damaged();
      }
      map.put(keysAndValues.get(i), keysAndValues.get(i + 1));
    }
  }

  private void remember(long index) {
    spend(ENTRY);
    memo.put(index, peek());
  }

  private Object recall(long index) {
    Object value = memo.get(index);
    if (value == null) {
      throw damaged();
    }
    return value;
  }

  private void spend(long bytes) {
    allowance -= bytes;
    if (allowance < 0) {
      throw new UnusableFileException("its pickle wants far more memory than a dataset needs");
    }
  }

  static UnusableFileException damaged() {
    return new UnusableFileException("its pickle is damaged");
  }
}
