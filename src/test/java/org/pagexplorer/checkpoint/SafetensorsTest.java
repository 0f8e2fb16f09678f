package org.pagexplorer.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.domain.UserException;

class SafetensorsTest {
  private static final float[] VALUES = {
    0f, -0f, 1f, (float) Math.PI, -1e-3f, Float.MIN_VALUE, 65504f, 6e-8f
  };

  @TempDir private Path folder;

  @Test
  void float32RoundTripIsExact() {
    Path file = write(Dtype.F32, VALUES);
    assertArrayEquals(VALUES, read(file, "x").values(), 0f);
    assertEquals(
        Float.floatToRawIntBits(-0f), Float.floatToRawIntBits(read(file, "x").values()[1]));
  }

  @Test
  void float16RoundTripKeepsElevenBits() {
    float[] read = read(write(Dtype.F16, VALUES), "x").values();
    for (int i = 0; i < VALUES.length; i++) {
      // Half the last place of float16, and its smallest subnormal near zero.
      assertEquals(VALUES[i], read[i], Math.max(Math.abs(VALUES[i]) / 2048, 0x1p-25f));
    }
  }

  @Test
  void tensorsLongerThanOneChunkSurvive() {
    float[] values = new float[600_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 2048;
    }
    assertArrayEquals(values, read(write(Dtype.F32, values), "x").values(), 0f);
    assertArrayEquals(values, read(write(Dtype.F16, values), "x").values(), 0f);
  }

  @Test
  void everyFloatFormatIsDecodedFromItsBits() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    data.putShort((short) 0x3c00).putShort((short) 0xc100); // float16: 1, -2.5
    data.putShort((short) 0x3f80).putShort((short) 0xc020); // bfloat16: 1, -2.5
    data.putDouble(1).putDouble(-2.5);
    Path file = folder.resolve("formats.safetensors");
    Files.write(
        file,
        RawFiles.file(
            """
            {"h":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},\
            "d":{"dtype":"F64","shape":[2],"data_offsets":[8,24]},\
            "b":{"dtype":"BF16","shape":[2],"data_offsets":[4,8]}}\
            """,
            data.array()));
    for (String name : List.of("h", "b", "d")) {
      assertArrayEquals(new float[] {1f, -2.5f}, read(file, name).values(), name);
    }
  }

  @Test
  void integersAreListedButNotDecoded() throws IOException {
    Path file = folder.resolve("integers.safetensors");
    Files.write(
        file,
        RawFiles.file(
            "{\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]}}", new byte[8]));
    assertEquals(Dtype.I64, RawFiles.entry(Safetensors.readHeader(file), "n").dtype());
    UserException e = assertThrows(UserException.class, () -> read(file, "n"));
    assertTrue(String.valueOf(e.getMessage()).contains("I64"), e.getMessage());
  }

  @Test
  void emptyTensorsAndScalarsHaveTheirShape() {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("none", new Tensor(TensorShape.of(3, 0), new float[0]));
    tensors.put("scalar", new Tensor(TensorShape.of(), new float[] {7}));
    tensors.put("nothing", new Tensor(TensorShape.of(0), new float[0]));
    Path file = folder.resolve("shapes.safetensors");
    Safetensors.write(file, Map.of(), tensors, Dtype.F32);
    tensors.forEach((name, tensor) -> assertEquals(tensor, read(file, name)));
  }

  @Test
  void metadataAndNamesKeepTheirOrderAndCharacters() {
    SequencedMap<String, String> metadata = new LinkedHashMap<>();
    metadata.put("z", "ε = 0.5, \"quoted\"\n<html>");
    metadata.put("a", "");
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("später", new Tensor(TensorShape.of(1), new float[1]));
    tensors.put("früher", new Tensor(TensorShape.of(1), new float[1]));
    Path file = folder.resolve("names.safetensors");
    Safetensors.write(file, metadata, tensors, Dtype.F32);
    SafetensorsHeader header = Safetensors.readHeader(file);
    assertEquals(List.copyOf(metadata.entrySet()), List.copyOf(header.metadata().entrySet()));
    assertEquals(List.of("später", "früher"), List.copyOf(header.entries().keySet()));
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F16"})
  void writtenBytesAreTheFormats(Dtype dtype) throws IOException {
    byte[] bytes = Files.readAllBytes(write(dtype, VALUES));
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = Math.toIntExact(buffer.getLong());
    String json = new String(bytes, 8, length, StandardCharsets.UTF_8);
    assertEquals(0, length % 8);
    assertEquals('{', json.charAt(0));
    JsonObject header = JsonParser.parseString(json).getAsJsonObject();
    JsonObject entry = header.getAsJsonObject("x");
    assertEquals(
        "{\"dtype\":\"%s\",\"shape\":[8],\"data_offsets\":[0,%d]}"
            .formatted(dtype, bytes.length - 8 - length),
        entry.toString());
    assertEquals("v", header.getAsJsonObject("__metadata__").get("k").getAsString());
    buffer.position(8 + length);
    for (float value : VALUES) {
      if (dtype == Dtype.F32) {
        assertEquals(Float.floatToRawIntBits(value), buffer.getInt());
      } else {
        assertEquals(Float.floatToFloat16(value), buffer.getShort());
      }
    }
    assertEquals(0, buffer.remaining());
  }

  @Test
  void valuesBeyondFloat16AreRefused() {
    UserException e = assertThrows(UserException.class, () -> write(Dtype.F16, 70_000f));
    assertTrue(String.valueOf(e.getMessage()).contains("\"x\" holds 70000"), e.getMessage());
  }

  @Test
  void formatsThatAreNotWrittenAreAMistakeOfTheCaller() {
    assertThrows(IllegalArgumentException.class, () -> write(Dtype.BF16, 1f));
  }

  private Path write(Dtype dtype, float... values) {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("x", new Tensor(TensorShape.of(values.length), values));
    Path file = folder.resolve("x.safetensors");
    Safetensors.write(file, Map.of("k", "v"), tensors, dtype);
    return file;
  }

  private static Tensor read(Path file, String name) {
    SafetensorsHeader header = Safetensors.readHeader(file);
    return Safetensors.readTensor(file, header, RawFiles.entry(header, name));
  }
}
