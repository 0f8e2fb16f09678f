package org.pagexplorer.pickle;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  private final PickleInput in;
  private final PickleMemory memory;

  private PlainPickle(PickleInput in, long fileSize) {
    this.in = in;
    memory = new PickleMemory(FREE_BYTES + COST_A_BYTE * fileSize, "dataset");
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
      return machine.memory.pop();
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
      case '(' -> memory.mark();
      case '0' -> memory.pop();
      case '1' -> memory.toMark();
      case '2' -> memory.push(memory.peek());
      case 'N' -> memory.push(KnownNames.Plain.NONE);
      case 0x88 -> memory.push(true);
      case 0x89 -> memory.push(false);
      case 'G' -> memory.pushNew(in.bigEndianDouble());
      case 'J' -> memory.pushNew((long) in.i32());
      case 'K' -> memory.push((long) in.u8());
      case 'M' -> memory.pushNew((long) in.u16());
      case 0x8a -> memory.pushNew(in.integer(in.u8()).longValue());
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
      case ']', ')' -> memory.pushList(List.of());
      case 't', 'l' -> memory.pushList(memory.toMark());
      case 0x85 -> memory.pushList(memory.take(1));
      case 0x86 -> memory.pushList(memory.take(2));
      case 0x87 -> memory.pushList(memory.take(3));
      case 'a' -> append(memory.take(1));
      case 'e' -> append(memory.toMark());
      case '}' -> pushMap(List.of());
      case 'd' -> pushMap(memory.toMark());
      case 's' -> putAll(memory.take(2));
      case 'u' -> putAll(memory.toMark());
      case 'q' -> memory.remember(in.u8());
      case 'r' -> memory.remember(in.u32());
      case 0x94 -> memory.remember();
      case 'h' -> memory.push(memory.recall(in.u8()));
      case 'j' -> memory.push(memory.recall(in.u32()));
      default -> names(opcode);
    }
  }

  private void names(int opcode) throws IOException {
    switch (opcode) {
      case 'c' -> memory.pushNew(KnownNames.named(in.line() + "." + in.line()));
      case 0x93 -> {
        List<Object> names = memory.take(2);
        if (!(names.get(0) instanceof String && names.get(1) instanceof String)) {
          throw damaged(); // a list of lists of lists would be a text without end
        }
        memory.pushNew(KnownNames.named(names.get(0) + "." + names.get(1)));
      }
      case 'R', 0x81 -> {
        List<Object> both = memory.take(2);
        memory.pushContainer(KnownNames.call(both.get(0), both.get(1)), 0);
      }
      case 'b' -> {
        List<Object> both = memory.take(2);
        KnownNames.build(both.get(0), both.get(1));
        memory.push(both.get(0));
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
    memory.spend(2 * Math.max(0, length));
    memory.pushNew(in.text(length));
  }

  private void bytes(long length) throws IOException {
    memory.spend(2 * Math.max(0, length));
    memory.pushNew(new String(in.bytes(length), StandardCharsets.ISO_8859_1));
  }

  private void pushMap(List<Object> keysAndValues) {
    memory.pushContainer(new LinkedHashMap<>(), 0);
    putAll(keysAndValues);
  }

  private void append(List<Object> values) {
    memory.spend((long) PickleMemory.SLOT * values.size());
    if (!(memory.peek() instanceof ArrayList<?>)) {
      throw damaged();
    }
    @SuppressWarnings("unchecked") // every list here is made here, of objects
    List<Object> list = (List<Object>) memory.peek();
    list.addAll(values);
  }

  /** Keys are text, whose hash codes cost little. */
  private void putAll(List<Object> keysAndValues) {
    memory.spend((long) PickleMemory.ENTRY * keysAndValues.size());
    if (!(memory.peek() instanceof LinkedHashMap<?, ?>) || keysAndValues.size() % 2 != 0) {
      throw damaged();
    }
    @SuppressWarnings("unchecked") // every map here is made here, of objects
    Map<Object, Object> map = (Map<Object, Object>) memory.peek();
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      if (!(keysAndValues.get(i) instanceof String || keysAndValues.get(i) instanceof Number)) {
        throw damaged();
      }
      map.put(keysAndValues.get(i), keysAndValues.get(i + 1));
    }
  }

  static UnusableFileException damaged() {
    return PickleMemory.damaged();
  }
}
