package org.pagexplorer.checkpoint.pytorch;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pagexplorer.checkpoint.pytorch.PickledObject.Global;
import org.pagexplorer.checkpoint.pytorch.PickledObject.None;
import org.pagexplorer.checkpoint.pytorch.PickledObject.Opaque;
import org.pagexplorer.checkpoint.pytorch.PickledObject.Storage;
import org.pagexplorer.files.UnusableFileException;
import org.pagexplorer.pickle.PickleInput;

/**
 * Python's pickle machine for state_dicts: protocols 2 to 5 (<a
 * href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">opcodes</a>), without
 * anything that could run. Where Python would look a class up and call it, {@link AllowedClasses}
 * says what stands for the value.
 */
final class Unpickler {
  private static final int NEWEST_PROTOCOL = 5;
  private static final String SET = "builtins.set";
  private static final String FROZEN_SET = "builtins.frozenset";
  private static final String BYTE_ARRAY = "builtins.bytearray";

  private final PickleInput in;
  private final PickleStack stack;
  private final Mentions mentions;

  /**
   * What pickles name.
   *
   * @param storages that they refer to, by key
   * @param others names that make no tensors, in their order; never looked up
   */
  record Mentions(Map<String, Storage> storages, Set<String> others) {
    Mentions() {
      this(new HashMap<>(), new LinkedHashSet<>());
    }
  }

  private Unpickler(PickleInput in, long fileSize, Mentions mentions) {
    this.in = in;
    this.mentions = mentions;
    stack = new PickleStack(fileSize);
  }

  /**
   * Reads one pickle; what follows it stays unread.
   *
   * @param fileSize of the whole file, which bounds the memory that is taken
   * @param mentions receives every storage and every other name
   * @throws UnusableFileException if it is damaged, or wants more memory than its file could
   *     honestly need
   */
  static Object load(PickleInput in, long fileSize, Mentions mentions) throws IOException {
    Unpickler machine = new Unpickler(in, fileSize, mentions);
    boolean goesOn = true;
    while (goesOn) {
      goesOn = machine.step(in.u8());
    }
    return machine.stack.pop();
  }

  /** Runs one opcode; false after STOP. */
  private boolean step(int opcode) throws IOException {
    switch (opcode) {
      case '.' -> {
        return false;
      }
      case 0x80 -> protocol(in.u8());
      case 0x95 -> in.skip(frame(in.i64()));
      case '(' -> stack.mark();
      case '0' -> stack.pop();
      case '1' -> stack.toMark();
      case '2' -> stack.push(stack.peek());
      case 'N' -> stack.push(None.NONE);
      case 0x88 -> stack.push(true);
      case 0x89 -> stack.push(false);
      case 'G' -> stack.pushNew(in.bigEndianDouble());
      case 'J' -> stack.pushNew((long) in.i32());
      case 'K' -> stack.push((long) in.u8());
      case 'M' -> stack.pushNew((long) in.u16());
      case 0x8a -> stack.pushNew(number(in.u8()));
      case 0x8b -> stack.pushNew(number(in.u32()));
      default -> texts(opcode);
    }
    return true;
  }

  private void texts(int opcode) throws IOException {
    switch (opcode) {
      case 'X' -> text(in.u32());
      case 0x8c -> text(in.u8());
      case 0x8d -> text(in.i64());
      case 'U' -> oldText(in.u8());
      case 'T' -> oldText(in.u32());
      case 'C' -> bytes(in.u8());
      case 'B' -> bytes(in.u32());
      case 0x8e -> bytes(in.i64());
      case 0x96 -> {
        in.skip(in.i64());
        opaque(BYTE_ARRAY);
      }
      default -> containers(opcode);
    }
  }

  private void containers(int opcode) throws IOException {
    switch (opcode) {
      case ']' -> stack.pushList(List.of());
      case ')' -> stack.push(List.of());
      case 't', 'l' -> stack.pushList(stack.toMark());
      case 0x85 -> stack.pushList(stack.take(1));
      case 0x86 -> stack.pushList(stack.take(2));
      case 0x87 -> stack.pushList(stack.take(3));
      case 'a' -> stack.append(stack.take(1));
      case 'e', 0x90 -> stack.append(stack.toMark());
      case '}' -> stack.pushMap(List.of());
      case 'd' -> stack.pushMap(stack.toMark());
      case 's' -> stack.putAll(stack.take(2));
      case 'u' -> stack.putAll(stack.toMark());
      case 0x8f -> opaque(SET);
      case 0x91 -> {
        stack.toMark();
        opaque(FROZEN_SET);
      }
      case 'q' -> stack.remember(in.u8());
      case 'r' -> stack.remember(in.u32());
      case 0x94 -> stack.remember();
      case 'h' -> stack.push(stack.recall(in.u8()));
      case 'j' -> stack.push(stack.recall(in.u32()));
      default -> classes(opcode);
    }
  }

  private void classes(int opcode) throws IOException {
    switch (opcode) {
      case 'c' -> global(in.line(), in.line());
      case 0x93 -> stackGlobal(stack.take(2));
      case 'R', 0x81 -> call(stack.take(2));
      case 0x92 -> call(stack.take(3)); // its third are arguments by name
      case 'Q' -> persistent();
      case 'b' -> {
        List<Object> both = stack.take(2);
        stack.build(both.get(0), both.get(1));
      }
      default ->
          throw new UnusableFileException(
              String.format(
                  "its pickle has the opcode 0x%02x at byte %d, which no state_dict needs",
                  opcode, in.position() - 1));
    }
  }

  private void stackGlobal(List<Object> names) {
    if (!(names.get(0) instanceof String module && names.get(1) instanceof String name)) {
      throw PickleStack.damaged();
    }
    global(module, name);
  }

  private void global(String module, String name) {
    String full = module + "." + name;
    mention(full);
    stack.pushNew(new Global(full));
  }

  private void mention(String name) {
    if (!AllowedClasses.makesTensors(name) && mentions.others().add(name)) {
      stack.spend(PickleStack.ENTRY + 2L * name.length());
    }
  }

  private void opaque(String name) {
    mention(name);
    stack.pushContainer(new Opaque(name), 0);
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

  /** What is longer than a long is no size, and is kept as its bytes would be: not at all. */
  private Object number(long count) throws IOException {
    if (count > Byte.MAX_VALUE * 2 + 1) {
      in.skip(count);
      return Opaque.BYTES;
    }
    BigInteger value = in.integer((int) count);
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  private void text(long length) throws IOException {
    stack.spend(2 * Math.max(0, length));
    stack.pushNew(in.text(length));
  }

  /** Python 2's strings are text where they can be, and bytes where not. */
  private void oldText(long length) throws IOException {
    stack.spend(2 * Math.max(0, length));
    byte[] bytes = in.bytes(length);
    try {
      stack.pushNew(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      stack.push(Opaque.BYTES);
    }
  }

  /** Bytes matter in numbers that are left out only. */
  private void bytes(long length) throws IOException {
    in.skip(length);
    stack.push(Opaque.BYTES);
  }

  /** A class, its arguments, and perhaps arguments by name. */
  private void call(List<Object> parts) {
    if (!(parts.get(1) instanceof List<?> arguments)) {
      throw new UnusableFileException("its pickle calls a class without arguments");
    }
    long copied = arguments.size();
    for (Object argument : arguments) {
      copied += argument instanceof List<?> list ? list.size() : 0;
    }
    stack.spend(PickleStack.ENTRY * copied);
    stack.pushContainer(AllowedClasses.call(parts.get(0), arguments), 0);
  }

  private void persistent() {
    Object value = AllowedClasses.persistent(stack.pop());
    stack.spend(PickleStack.ENTRY);
    if (value instanceof Storage storage) {
      mentions.storages().put(storage.key(), storage);
    } else if (value instanceof Opaque unknown) {
      mention(unknown.name());
    }
    stack.pushNew(value);
  }
}
