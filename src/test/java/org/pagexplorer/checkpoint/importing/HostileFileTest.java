package org.pagexplorer.checkpoint.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagexplorer.checkpoint.BrokenFile;
import org.pagexplorer.checkpoint.RawFiles;
import org.pagexplorer.checkpoint.pytorch.Pickle;
import org.pagexplorer.checkpoint.pytorch.TorchSave;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.ThreadCost;

/**
 * Files made to harm: each is refused in one sentence, soon, and without taking more than twice its
 * size and a little.
 */
class HostileFileTest {
  private static final long FREE_BYTES = 16 << 20;
  private static final long PATIENCE_NANOSECONDS = 5_000_000_000L;
  private static final byte[] GOOD_PICKLE = TorchSave.pickle(RawFiles.checkpoint().tensors());

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("attempts")
  void isRefusedInOneSentence(BrokenFile attempt) throws IOException {
    Path file = Files.write(folder.resolve("hostile.pt"), attempt.bytes());
    ThreadCost before = ThreadCost.now();
    UserException e = assertThrows(UserException.class, () -> ForeignModel.read(file));
    ThreadCost cost = before.since();
    attempt.assertRefused(e, "hostile.pt");
    assertTrue(cost.nanoseconds() < PATIENCE_NANOSECONDS, cost.toString());
    assertTrue(cost.bytes() < FREE_BYTES + 2L * attempt.bytes().length, cost.toString());
  }

  static Stream<BrokenFile> attempts() {
    return Stream.of(calls(), machines(), zips(), legacies()).flatMap(s -> s);
  }

  /** Pickles that would run something. */
  private static Stream<BrokenFile> calls() {
    return Stream.of(
            "os.system",
            "posix.system",
            "nt.system",
            "subprocess.Popen",
            "builtins.eval",
            "builtins.exec",
            "builtins.getattr",
            "builtins.__import__",
            "__builtin__.eval",
            "torch.load",
            "torch.hub.load",
            "torch.jit.load",
            "torch.storage._load_from_bytes",
            "runpy._run_code",
            "pickle.loads",
            "importlib.import_module",
            "functools.partial",
            "operator.attrgetter",
            "argparse.Namespace",
            "java.lang.Runtime")
        .flatMap(
            name -> {
              int dot = name.lastIndexOf('.');
              String module = name.substring(0, dot);
              String attribute = name.substring(dot + 1);
              byte[] reduce =
                  new Pickle()
                      .global(module, attribute)
                      .op('(')
                      .text("touch /tmp/pag-was-here")
                      .op('t')
                      .op('R')
                      .end();
              byte[] stackGlobal =
                  new Pickle().text(module).text(attribute).op(0x93).op(')').op(0x81).end();
              return Stream.of(
                  zip(name, "\"" + name + "\"", reduce),
                  zip(name + " by STACK_GLOBAL", "nothing of it was run", stackGlobal),
                  new BrokenFile(
                      name + " in the old format",
                      "\"" + name + "\"",
                      TorchSave.legacy(reduce, List.of(), List.of())));
            });
  }

  private static BrokenFile zip(String kind, String word, byte[] pickle) {
    return new BrokenFile(kind, word, TorchSave.zip(pickle, List.of(new byte[64])));
  }

  /** Pickles that would exhaust or confuse the machine. */
  private static Stream<BrokenFile> machines() {
    Pickle chain = new Pickle();
    for (int i = 0; i < 1000; i++) {
      chain.global("torch._utils", "_rebuild_parameter").op('(');
    }
    byte[] key =
        new Pickle()
            .raw(inside(doublingPickle()))
            .op('0')
            .op('}')
            .op('h')
            .op(59)
            .op('N')
            .op('s')
            .end();
    byte[] self =
        new Pickle().op('}').op('q').op(0).text("self").op('h').op(0).op('s').op('.').end();
    long[] huge = {1L << 40, 1L << 40};
    return Stream.of(
        zip("a chain of calls", "pickle", chain.op('R').end()),
        zip("a key of 2^59 values", "holds no tensors", key),
        zip("lists in lists, 10,000 deep", "holds no tensors", nested(10_000, ']', 'a')),
        zip("a class named by nested lists", "damaged", namedBy(nested(10_000, ']', 'a'))),
        zip("a class named by 2^59 values", "damaged", namedBy(doublingPickle())),
        zip("a dictionary in itself", "holds no tensors", self),
        zip("modules in modules, doubled 40 times", "far more names", doublingModules()),
        zip("a million dictionaries", "far more memory", repeated('}', 1_000_000)),
        zip("a million marks", "far more memory", repeated('(', 1_000_000)),
        zip("a million lists", "far more memory", repeated(']', 1_000_000)),
        zip("Nones without an end", "ends too early", cut(repeated('N', 100_000), 1)),
        zip("POP of nothing", "damaged", new Pickle().op('0').end()),
        zip("POP beyond a mark", "damaged", new Pickle().op('N').op('(').op('0').end()),
        zip("APPEND to nothing", "damaged", new Pickle().op('N').op('a').end()),
        zip("SETITEM on None", "damaged", new Pickle().op('N').op('N').op('N').op('s').end()),
        zip("memo that was never put", "damaged", new Pickle().op('h').op(7).end()),
        zip("text longer than the file", "far more memory", header('X', 0xffffffff)),
        zip("bytes longer than the file", "ends too early", header('B', 0x7fffffff)),
        zip("negative text", "ends too early", new Pickle().op(0x8d).raw(repeat(0xff, 8)).end()),
        zip("a number of 255 bytes", "no tensors", number()),
        zip("protocol 9", "protocol 9", new Pickle().op(0x80).op(9).end()),
        zip("an INST", "opcode 0x69", new Pickle().op('i').end()),
        zip("an extension registry", "opcode 0x82", new Pickle().op(0x82).op(1).end()),
        zip("a text-protocol int", "opcode 0x49", new Pickle().op('I').end()),
        zip("a persistent id of text", "opcode 0x50", new Pickle().op('P').end()),
        zip("a storage of something", "not a tensor storage", new Pickle().text("x").op('Q').end()),
        zip("no tensors", "holds no tensors", new Pickle().op('}').end()),
        zip("names twice", "\"a\" twice", twice()),
        zip("a tensor of 2^80 values", "reaches beyond", sized(huge, huge)),
        zip("a value repeated 2^80 times", "reaches beyond", sized(huge, new long[2])),
        zip("a negative side", "numbers are not sizes", sized(new long[] {-1}, new long[] {1})),
        zip("sides without strides", "do not fit", sized(new long[] {1}, new long[0])),
        zip("100 sides", "do not fit", sized(new long[100], new long[100])),
        zip(
            "a value repeated 2^29 times",
            "holds no known network",
            sized(new long[] {1L << 29}, new long[] {0})),
        zip("a whole network of one value", "claim more values", expanded()));
  }

  /** A whole model whose modules each hold the same one twice. */
  private static byte[] doublingModules() {
    Pickle pickle = new Pickle().op('N').op('q').op(0);
    for (int i = 1; i <= 40; i++) {
      pickle.global("a", "Module").op(')').op(0x81).op('}').op('(');
      pickle.text("_parameters").op('}').text("_modules").op('}').op('(');
      pickle.text("a").op('h').op(i - 1).text("b").op('h').op(i - 1).op('u').op('u').op('b');
      pickle.op('q').op(i);
    }
    return pickle.end();
  }

  /** A tuple of twice a tuple of twice …, 59 times. */
  private static byte[] doublingPickle() {
    Pickle doubling = new Pickle().op(']').op('q').op(0);
    for (int i = 1; i < 60; i++) {
      doubling.op('h').op(i - 1).op('h').op(i - 1).op(0x86).op('q').op(i);
    }
    return doubling.end();
  }

  private static byte[] nested(int depth, int open, int close) {
    Pickle pickle = new Pickle();
    for (int i = 0; i < depth; i++) {
      pickle.op(open);
    }
    for (int i = 1; i < depth; i++) {
      pickle.op(close);
    }
    return pickle.end();
  }

  /** Without the protocol before it and STOP after it. */
  private static byte[] inside(byte[] pickle) {
    return Arrays.copyOfRange(pickle, 2, pickle.length - 1);
  }

  private static byte[] namedBy(byte[] pickle) {
    return new Pickle().raw(inside(pickle)).text("name").op(0x93).end();
  }

  private static byte[] repeated(int opcode, int count) {
    Pickle pickle = new Pickle();
    for (int i = 0; i < count; i++) {
      pickle.op(opcode);
    }
    return pickle.end();
  }

  private static byte[] cut(byte[] bytes, int count) {
    return Arrays.copyOf(bytes, bytes.length - count);
  }

  private static byte[] repeat(int value, int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] header(int opcode, int length) {
    return new Pickle()
        .op(opcode)
        .op(length & 0xff)
        .op(length >> 8 & 0xff)
        .op(length >> 16 & 0xff)
        .op(length >>> 24)
        .end();
  }

  private static byte[] number() {
    return new Pickle().op(0x8a).op(255).raw(repeat(0x7f, 255)).end();
  }

  private static byte[] twice() {
    return new Pickle().op('}').op('(').text("a").whole(1).text("a").whole(2).op('u').end();
  }

  private static byte[] sized(long[] sizes, long[] strides) {
    return new Pickle()
        .op('}')
        .text("conv.weight")
        .tensor("FloatStorage", "0", 16, 0, sizes, strides)
        .op('s')
        .end();
  }

  /** A perceptron of 2^29 inputs, all of them the same number. */
  private static byte[] expanded() {
    Pickle pickle = new Pickle().op('}').op('(');
    long[] none = {0, 0};
    pickle.text("fc1.weight").tensor("FloatStorage", "0", 16, 0, new long[] {2, 1L << 24}, none);
    pickle.text("fc1.bias").tensor("FloatStorage", "0", 16, 0, new long[] {2}, new long[] {1});
    pickle
        .text("fc2.weight")
        .tensor("FloatStorage", "0", 16, 0, new long[] {2, 2}, new long[] {2, 1});
    pickle.text("fc2.bias").tensor("FloatStorage", "0", 16, 0, new long[] {2}, new long[] {1});
    return pickle.op('u').end();
  }

  private static Stream<BrokenFile> zips() {
    byte[] good = TorchSave.zip(RawFiles.checkpoint().tensors());
    byte[] bomb = new byte[20 << 20];
    byte[] flipped = good.clone();
    flipped[
            indexOf(
                good,
                TorchSave.floats(RawFiles.checkpoint().tensors().get("fc1.weight").values()))] ^=
        1;
    return Stream.of(
        entries("no pickle", "not one that torch.save wrote", "archive/readme"),
        entries("two pickles", "not one that torch.save wrote", "a/data.pkl", "b/data.pkl"),
        entries("a climbing path", "points out of the archive", "a/data.pkl", "a/../../x"),
        entries("an absolute path", "points out of the archive", "a/data.pkl", "/etc/passwd"),
        entries("a backslash path", "points out of the archive", "a/data.pkl", "..\\x"),
        new BrokenFile("a zip bomb", "is compressed", compressed(bomb)),
        new BrokenFile("a name twice", "twice", doubled(good)),
        new BrokenFile("a flipped bit in the numbers", "fails its checksum", flipped),
        new BrokenFile("cut in half", "damaged or cut off", Arrays.copyOf(good, good.length / 2)),
        new BrokenFile("only the magic", "damaged or cut off", Arrays.copyOf(good, 30)),
        zip("a missing storage", "lacks its part \"data/1\"", GOOD_PICKLE),
        new BrokenFile(
            "a short storage",
            "its storage is cut off",
            TorchSave.zip(
                GOOD_PICKLE, List.of(new byte[4], new byte[64], new byte[64], new byte[64]))),
        new BrokenFile(
            "a storage named like a path",
            "lacks its part \"data/../../x\"",
            TorchSave.zip(storageNamed("../../x"), List.of(new byte[64]))),
        new BrokenFile("a TorchScript program", "TorchScript", program()),
        new BrokenFile("big-endian numbers", "big-endian", bigEndian()));
  }

  private static byte[] storageNamed(String key) {
    Pickle pickle = new Pickle().op('}').op('(');
    RawFiles.checkpoint()
        .tensors()
        .forEach(
            (name, tensor) -> {
              long[] sizes = tensor.shape().toArray();
              pickle
                  .text(name)
                  .tensor("FloatStorage", key, 16, 0, sizes, TorchSave.rowMajor(sizes));
            });
    return pickle.op('u').end();
  }

  private static BrokenFile entries(String kind, String word, String... names) {
    SequencedMap<String, byte[]> entries = new LinkedHashMap<>();
    for (String name : names) {
      entries.put(name, GOOD_PICKLE);
    }
    return new BrokenFile(kind, word, TorchSave.zip(entries, ZipEntry.STORED));
  }

  private static byte[] compressed(byte[] content) {
    SequencedMap<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("archive/data.pkl", GOOD_PICKLE);
    entries.put("archive/data/0", content);
    return TorchSave.zip(entries, ZipEntry.DEFLATED);
  }

  private static byte[] program() {
    SequencedMap<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("script/data.pkl", GOOD_PICKLE);
    entries.put("script/code/__torch__.py", "import os".getBytes(StandardCharsets.UTF_8));
    return TorchSave.zip(entries, ZipEntry.DEFLATED);
  }

  private static byte[] bigEndian() {
    SequencedMap<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("archive/data.pkl", GOOD_PICKLE);
    entries.put("archive/byteorder", "big".getBytes(StandardCharsets.UTF_8));
    return TorchSave.zip(entries, ZipEntry.STORED);
  }

  /** The same entry's name in place of another of the same length. */
  private static byte[] doubled(byte[] good) {
    String text = new String(good, StandardCharsets.ISO_8859_1);
    return text.replace("archive/data/1", "archive/data/0").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.indexOf(new String(part, StandardCharsets.ISO_8859_1));
  }

  private static Stream<BrokenFile> legacies() {
    byte[] good = TorchSave.legacy(RawFiles.checkpoint().tensors());
    byte[] pickle = new Pickle().text("hello").end();
    byte[] endless =
        TorchSave.legacy(
            GOOD_PICKLE,
            List.of(1L << 60, 2L, 4L, 2L),
            List.of(new byte[16], new byte[8], new byte[16], new byte[8]));
    return Stream.of(
        new BrokenFile("another pickle", "not one that torch.save wrote", pickle),
        new BrokenFile("cut in its numbers", "cut off", Arrays.copyOf(good, good.length - 12)),
        new BrokenFile("cut in its pickle", "ends too early", Arrays.copyOf(good, 120)),
        new BrokenFile("a storage of 2^60 values", "cut off", endless),
        new BrokenFile(
            "storages that nobody has",
            "no tensor has",
            TorchSave.legacy(
                GOOD_PICKLE,
                List.of(4L, 2L, 4L, 2L, 1L),
                List.of(new byte[16], new byte[8], new byte[16], new byte[8], new byte[4]))),
        new BrokenFile(
            "noise", "neither safetensors nor", "noise".getBytes(StandardCharsets.UTF_8)),
        new BrokenFile("empty", "it is empty", new byte[0]));
  }

  @Test
  void theUnharmedFilesAreRead() throws IOException {
    Path zip = Files.write(folder.resolve("a.pt"), TorchSave.zip(RawFiles.checkpoint().tensors()));
    Path old =
        Files.write(folder.resolve("b.pt"), TorchSave.legacy(RawFiles.checkpoint().tensors()));
    assertEquals(RawFiles.checkpoint().tensors(), ForeignModel.read(zip).tensors());
    assertEquals(RawFiles.checkpoint().tensors(), ForeignModel.read(old).tensors());
  }
}
