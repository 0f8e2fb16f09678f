package org.pagexplorer.checkpoint.pytorch;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pagexplorer.checkpoint.pytorch.PickledObject.None;
import org.pagexplorer.checkpoint.pytorch.PickledObject.Opaque;
import org.pagexplorer.checkpoint.pytorch.PickledObject.Storage;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;

/**
 * Python's pickle machine for state_dicts: protocols 2 to 5 (<a
 * href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">opcodes</a>), without
 * anything that could run. Where Python would look a class up, {@link AllowedClasses} decides.
 */
final class Unpickler {
  /** What a small pickle may cost; a larger one may cost its file's size more. */
  private static final long FREE_BYTES = 4 << 20;

  private static final int NEWEST_PROTOCOL = 5;

  /** Rough sizes of Java's objects. */
  private static final int OBJECT = 32;

  private static final int CONTAINER = 160;
  private static final int SLOT = 8;
  private static final int ENTRY = 72;

  private final PickleInput in;
  private final List<Object> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private final Map<String, Storage> storages;
  private long allowance;

  private Unpickler(PickleInput in, long fileSize, Map<String, Storage> storages) {
    this.in = in;
    this.storages = storages;
    allowance = FREE_BYTES + fileSize;
  }

  /**
   * Reads one pickle; what follows it stays unread.
   *
   * @param fileSize of the whole file, which bounds the memory that is taken
   * @param storages receives every storage that the pickle refers to, by key
   * @throws UnusableFileException if it is damaged, asks for a class that is not allowed, or wants
   *     more memory than its file could honestly need
   */
  static Object load(PickleInput in, long fileSize, Map<String, Storage> storages)
      throws IOException {
    Unpickler machine = new Unpickler(in, fileSize, storages);
    boolean goesOn = true;
    while (goesOn) {
      goesOn = machine.step(in.u8());
    }
    return machine.pop();
  }

  /** Runs one opcode; false after STOP. */
  private boolean step(int opcode) throws IOException {
    switch (opcode) {
      case '.' -> {
        return false;
      }
      case 0x80 -> protocol(in.u8());
      case 0x95 -> in.skip(frame(in.i64()));
      case '(' -> mark();
      case '0' -> pop();
      case '1' -> toMark();
      case '2' -> push(peek());
      case 'N' -> push(None.NONE);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'G' -> pushNew(in.bigEndianDouble());
      case 'J' -> pushNew((long) in.i32());
      case 'K' -> push((long) in.u8());
      case 'M' -> pushNew((long) in.u16());
      case 0x8a -> pushNew(number(in.integer(in.u8())));
      case 'X' -> text(in.u32());
      case 0x8c -> text(in.u8());
      case 0x8d -> text(in.i64());
      case 'U', 'C' -> bytes(in.u8());
      case 'T', 'B' -> bytes(in.u32());
      case 0x8e -> bytes(in.i64());
      default -> containers(opcode);
    }
    return true;
  }

  private void containers(int opcode) throws IOException {
    switch (opcode) {
      case ']' -> pushList(List.of());
      case ')' -> push(List.of());
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
      default -> classes(opcode);
    }
  }

  private void classes(int opcode) throws IOException {
    switch (opcode) {
      case 'c' -> pushNew(AllowedClasses.global(in.line(), in.line()));
      case 0x93 -> stackGlobal(take(2));
      case 'R', 0x81 -> call();
      case 'Q' -> storage();
      case 'b' -> build();
      default ->
          throw new UnusableFileException(
              String.format(
                  "its pickle has the opcode 0x%02x at byte %d, which no state_dict needs",
                  opcode, in.position() - 1));
    }
  }

  private void stackGlobal(List<Object> names) {
    if (!(names.get(0) instanceof String module && names.get(1) instanceof String name)) {
      throw damaged();
    }
    pushNew(AllowedClasses.global(module, name));
  }

  private void protocol(int version) {
    if (version > NEWEST_PROTOCOL) {
      throw new UnusableFileException("its pickle has the unknown protocol " + version);
    }
  }

  /** A frame only says how many bytes to fetch at once; nothing is skipped. */
  private static long frame(long length) {
    if (length < 0) {
      throw new UnusableFileException("its pickle has a frame of negative length");
    }
    return 0;
  }

  private static Object number(BigInteger value) {
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  private void text(long length) throws IOException {
    spend(2 * Math.max(0, length));
    pushNew(in.text(length));
  }

  /** Bytes matter in numbers that are left out only. */
  private void bytes(long length) throws IOException {
    in.skip(length);
    push(Opaque.OPAQUE);
  }

  private void call() {
    List<Object> both = take(2);
    if (!(both.get(1) instanceof List<?> arguments)) {
      throw new UnusableFileException("its pickle calls a class without arguments");
    }
    spend(CONTAINER + (long) ENTRY * arguments.size());
    push(AllowedClasses.call(both.get(0), arguments));
  }

  private void storage() {
    Storage storage = AllowedClasses.storage(pop());
    spend(ENTRY);
    storages.put(storage.key(), storage);
    pushNew(storage);
  }

  private void build() {
    List<Object> both = take(2);
    if (!AllowedClasses.ignoresState(both.get(0))) {
      throw new UnusableFileException("its pickle sets the state of something that has none");
    }
    push(both.get(0));
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

  private void putAll(List<Object> keysAndValues) {
    spend((long) ENTRY * keysAndValues.size());
    if (peek() == Opaque.OPAQUE) {
      return;
    }
    if (!(peek() instanceof LinkedHashMap<?, ?>) || keysAndValues.size() % 2 != 0) {
      throw damaged();
    }
    @SuppressWarnings("unchecked") // every map here is made here, of objects
    Map<Object, Object> map = (Map<Object, Object>) peek();
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      put(map, keysAndValues.get(i), keysAndValues.get(i + 1));
    }
  }

  /** Keys are text or numbers, whose hash codes cost nothing. */
  static void put(Map<Object, Object> map, Object key, Object value) {
    if (!(key instanceof String || key instanceof Number || key instanceof Boolean)) {
      throw new UnusableFileException("its pickle has a dictionary whose keys are not names");
    }
    if (map.put(key, value) != null) {
      throw new UnusableFileException(
          "its pickle names " + Sentences.quoted(String.valueOf(key)) + " twice");
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
      throw new UnusableFileException("its pickle wants far more memory than a state_dict needs");
    }
  }

  private static UnusableFileException damaged() {
    return new UnusableFileException("its pickle is damaged");
  }
}
