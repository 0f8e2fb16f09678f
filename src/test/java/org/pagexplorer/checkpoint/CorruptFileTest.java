package org.pagexplorer.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.ThreadCost;

/** Every way of breaking a file that we could think of ends in one sentence, at little cost. */
class CorruptFileTest {
  private static final long MOST_BYTES_ALLOCATED = 8 << 20;
  private static final byte[] DATA = new byte[RawFiles.DATA_BYTES];
  private static final String FIRST = "\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]";

  @TempDir private Path folder;

  @Test
  void theUnbrokenFileIsRead() throws IOException {
    Path file = write(RawFiles.file(RawFiles.HEADER, DATA));
    assertEquals("tiny", CheckpointFiles.read(file).card().name());
  }

  @ParameterizedTest
  @MethodSource("corruptions")
  void isRefusedInOneSentenceAtLittleCost(BrokenFile corruption) throws IOException {
    Path file = write(corruption.bytes());
    ThreadCost before = ThreadCost.now();
    UserException e = assertThrows(UserException.class, () -> CheckpointFiles.read(file));
    long cost = before.since().bytes();
    corruption.assertRefused(e, "broken.safetensors");
    assertTrue(cost < MOST_BYTES_ALLOCATED, cost + " bytes were allocated");
  }

  static Stream<BrokenFile> corruptions() {
    return Stream.of(starts(), json(), entries(), layouts(), metadata(), weights()).flatMap(s -> s);
  }

  private static Stream<BrokenFile> starts() {
    byte[] good = RawFiles.HEADER.getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        broken("empty file", "empty", new byte[0]),
        broken("seven bytes", "7 bytes", new byte[7]),
        broken("length 2^63-1", "9223372036854775807", sized(Long.MAX_VALUE, good)),
        broken("length 2^64-1", "18446744073709551615", sized(-1, good)),
        broken("length beyond the file", "claims", sized(good.length + 49L, good)),
        broken("length 0", "empty", sized(0, good)),
        broken("zip archive", "zip", ascii("PK\003\004\0\0\b\b\0\0archive/data.pkl")),
        broken("pickle", "pickle", new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10, 108, -4, -100, 70}),
        broken("a pointer", "git lfs pull", ascii("version https://git-lfs.github.com/spec/v1")),
        broken("a text", "claims", ascii("version 1 of some text or other")));
  }

  private static Stream<BrokenFile> json() {
    byte[] utf8 = RawFiles.HEADER.getBytes(StandardCharsets.UTF_8);
    utf8[RawFiles.HEADER.indexOf("tiny")] = (byte) 0xc3;
    return Stream.of(
        broken("not JSON", "not valid JSON", RawFiles.file("{hello}", DATA)),
        broken("single quotes", "not valid JSON", RawFiles.altered("\"dtype\"", "'dtype'")),
        broken("comment", "not valid JSON", RawFiles.altered("\"fc1.bias\"", "/**/\"fc1.bias\"")),
        broken("cut JSON", "not valid JSON", RawFiles.file(cut(RawFiles.HEADER), DATA)),
        broken("text after the JSON", "not valid JSON", RawFiles.file(RawFiles.HEADER + "x", DATA)),
        broken("second object", "not valid JSON", RawFiles.file(RawFiles.HEADER + "{}", DATA)),
        broken("invalid UTF-8", "UTF-8", RawFiles.file(utf8, DATA)),
        broken("JSON array", "not a JSON object", RawFiles.file("[1,2]", DATA)),
        broken("space first", "not a JSON object", RawFiles.file(" " + RawFiles.HEADER, DATA)),
        broken("tensor twice", "twice", RawFiles.altered("fc2.weight", "fc1.weight")),
        broken("key twice", "twice", RawFiles.altered("\"shape\":[2]", "\"dtype\":\"F32\"")),
        broken("metadata twice", "twice", RawFiles.altered("fc1.bias", "__metadata__")),
        broken("metadata key twice", "twice", RawFiles.altered("\"name\"", "\"width\"")),
        broken("deep arrays", "object", RawFiles.file("{\"a\":" + "[".repeat(1 << 20), DATA)),
        broken("deep objects", "key", RawFiles.file("{\"a\":".repeat(1 << 18), DATA)));
  }

  private static Stream<BrokenFile> entries() {
    return Stream.of(
        broken("unknown dtype", "dtype \"F31\"", replaced("F32", "F31")),
        broken("dtype is a number", "a string", replaced("\"F32\"", "32")),
        broken("no dtype", "lacks its dtype", replaced("\"dtype\":\"F32\",", "")),
        broken("unknown key", "unknown key", replaced("\"dtype\"", "\"type\"")),
        broken("negative side", "negative", replaced("[2,2]", "[-2,-2]")),
        broken("fractional side", "whole number", replaced("[2,2]", "[2,2.0]")),
        broken("quoted side", "a number", replaced("[2,2]", "[2,\"2\"]")),
        broken("side beyond a long", "range", replaced("[2,2]", "[2,99999999999999999999]")),
        broken("product overflows", "large", replaced("[2,2]", "[4294967296,4294967296]")),
        broken("bytes overflow", "large", replaced("[2,2]", "[4611686018427387904]")),
        broken("65 sides", "more than 64", replaced("[2,2]", "[" + "1,".repeat(64) + "1]")),
        broken("three offsets", "two offsets", replaced("[0,16]", "[0,16,16]")),
        broken("negative offset", "negative", replaced("[0,16]", "[-16,0]")),
        broken("reversed offsets", "reversed", replaced("[0,16]", "[16,0]")),
        broken("shape disagrees with bytes", "needs 24 bytes", replaced("[2,2]", "[2,3]")),
        broken("name with line breaks", "not valid JSON", RawFiles.altered("fc1.bias", "a\nb")),
        broken("escaped line breaks", "a b", extra("a\\r\\n\\u2028b")));
  }

  private static Stream<BrokenFile> layouts() {
    return Stream.of(
        broken("offsets beyond the data", "ends at byte 56", shifted("[48,56]")),
        broken("2^40 values", "ends at byte", replaced("[2,2]", "[0,16]", "[1099511627776]")),
        broken("overlap", "overlaps", shifted("[36,44]")),
        broken("hole", "hole of 4", RawFiles.file(shiftedHeader("[44,52]"), new byte[52])),
        broken("trailing bytes", "last 4 bytes", RawFiles.file(RawFiles.HEADER, new byte[52])),
        broken("truncated", "only 47 bytes", RawFiles.file(RawFiles.HEADER, new byte[47])),
        broken("no data", "only 0 bytes", RawFiles.file(RawFiles.HEADER)));
  }

  private static Stream<BrokenFile> metadata() {
    String classes = "[\\\"a\\\",\\\"b\\\"]";
    return Stream.of(
        broken("metadata not strings", "a string", RawFiles.altered("\"2\"", "2")),
        broken("metadata an array", "object", RawFiles.file("{\"__metadata__\":[]}")),
        broken("no metadata", "lacks \"architecture\"", RawFiles.file("{}")),
        broken("no architecture", "lacks \"arch", RawFiles.altered("\"architecture\"", "\"x\"")),
        broken("no width", "lacks \"width\"", RawFiles.altered("\"width\"", "\"x\"")),
        broken("unknown architecture", "\"vgg\"", RawFiles.altered("\"mlp\"", "\"vgg\"")),
        broken("width 0", "width", RawFiles.altered("\"2\"", "\"0\"")),
        broken("width 10^9", "width", RawFiles.altered("\"2\"", "\"1000000000\"")),
        broken("width 10^12", "width", RawFiles.altered("\"2\"", "\"1000000000000\"")),
        broken("width in words", "whole number", RawFiles.altered("\"2\"", "\"two\"")),
        broken("input with two sides", "input_shape", RawFiles.altered("[2,1,1]", "[2,1]")),
        broken("input side 0", "input_shape", RawFiles.altered("[2,1,1]", "[2,0,1]")),
        broken("input of 2^36", "input_shape", RawFiles.altered("2,1,1", "4096,4096,4096")),
        broken("classes not an array", "array", RawFiles.altered(classes, "{}")),
        broken("classes are numbers", "strings", RawFiles.altered(classes, "[1,2]")),
        broken("classes are deep", "\"classes\"", RawFiles.altered(classes, "[".repeat(1 << 16))),
        broken("one class", "classes must be 2", RawFiles.altered(classes, "[\\\"a\\\"]")),
        broken("mean of words", "finite numbers", RawFiles.altered("[0,0]", "[\\\"0\\\",0]")),
        broken("mean of NaN", "\"mean\"", RawFiles.altered("[0,0]", "[NaN,0]")),
        broken("mean infinite", "finite", RawFiles.altered("[0,0]", "[1e999,0]")),
        broken("mean of three channels", "channels", threeChannels()),
        broken("std 0", "positive", RawFiles.altered("[1,1]\"}", "[1,0]\"}")),
        broken("newer version", "newer PAG Explorer", RawFiles.altered("\"1\"", "\"2\"")),
        broken("version 0", "format_version", RawFiles.altered("\"1\"", "\"0\"")),
        broken("seed in words", "\"seed\"", RawFiles.altered("name\":\"tiny", "seed\":\"x")),
        broken("training an array", "object", RawFiles.altered("name\":\"tiny", "training\":\"[]")),
        broken("accuracy 7", "accuracies", RawFiles.altered("name\":\"tiny", accuracySeven())));
  }

  private static Stream<BrokenFile> weights() {
    String last = ",\"fc2.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[40,48]}";
    String missing = RawFiles.HEADER.replace(last, "");
    String extra =
        RawFiles.HEADER.replace(last, last + last.replace("fc2", "fc3").replace("40,48", "48,56"));
    return Stream.of(
        broken("tensor missing", "\"fc2.bias\" is missing", RawFiles.file(missing, new byte[40])),
        broken("extra tensor", "\"fc3.bias\"", RawFiles.file(extra, new byte[56])),
        broken("wrong shape", "[1×4]", replaced("[2,2]", "[1,4]")),
        broken("integer weights", "I32", replaced("F32", "I32")),
        broken("NaN", "NaN", RawFiles.file(RawFiles.HEADER, last(Float.NaN))),
        broken("infinity", "Infinity", RawFiles.file(RawFiles.HEADER, last(1 / 0f))));
  }

  /** A sparse file of 5 GiB whose header is right: refused before its weights are allocated. */
  @Test
  @EnabledOnOs(OS.LINUX) // where such a file takes no room on disk
  void modelBeyondMemoryIsRefusedBeforeItIsAllocated() throws IOException {
    Path file = SparseModel.write(folder.resolve("huge.safetensors"));
    ThreadCost before = ThreadCost.now();
    UserException e = assertThrows(UserException.class, () -> CheckpointFiles.read(file));
    assertTrue(String.valueOf(e.getMessage()).contains("memory"), e.getMessage());
    assertTrue(before.since().bytes() < MOST_BYTES_ALLOCATED);
  }

  @Test
  void folderAndMissingFileAreRefused() {
    assertSays("not a file", folder);
    assertSays("does not exist", folder.resolve("nowhere.safetensors"));
  }

  private static void assertSays(String word, Path file) {
    UserException e = assertThrows(UserException.class, () -> CheckpointFiles.read(file));
    assertTrue(String.valueOf(e.getMessage()).contains(word), e.getMessage());
  }

  private static BrokenFile broken(String kind, String word, byte[] bytes) {
    return new BrokenFile(kind, word, bytes);
  }

  private static byte[] sized(long length, byte[] header) {
    return RawFiles.withLength(length, header, DATA);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String cut(String text) {
    return text.substring(0, text.length() - 10);
  }

  /** The good file with something in its first tensor's entry replaced. */
  private static byte[] replaced(String original, String replacement) {
    return RawFiles.altered(FIRST, FIRST.replace(original, replacement));
  }

  private static byte[] extra(String name) {
    String entry = "\"" + name + "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},";
    return RawFiles.altered("\"fc1.bias", entry + "\"fc1.bias");
  }

  private static byte[] replaced(String shape, String offsets, String newShape) {
    String changed = FIRST.replace(shape, newShape).replace(offsets, "[0,4398046511104]");
    return RawFiles.altered(FIRST, changed);
  }

  private static String shiftedHeader(String offsets) {
    return RawFiles.HEADER.replace("[40,48]", offsets);
  }

  private static byte[] shifted(String offsets) {
    return RawFiles.file(shiftedHeader(offsets), DATA);
  }

  private static byte[] threeChannels() {
    return RawFiles.altered("\"[0,0]\",\"std\":\"[1,1]\"", "\"[0,0,0]\",\"std\":\"[1,1,1]\"");
  }

  private static String accuracySeven() {
    return "measurements\":\"[{\\\"attack\\\":\\\"clean\\\",\\\"dataset\\\":\\\"d\\\","
        + "\\\"accuracy\\\":7,\\\"n\\\":1}]";
  }

  private static byte[] last(float value) {
    byte[] data = Arrays.copyOf(DATA, DATA.length);
    ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putFloat(DATA.length - 4, value);
    return data;
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("broken.safetensors"), bytes);
  }
}
