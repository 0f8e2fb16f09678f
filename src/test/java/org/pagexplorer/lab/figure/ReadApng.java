package org.pagexplorer.lab.figure;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/**
 * The frames of an APNG, each made a PNG file of its own for Java's reader.
 *
 * @param repeats 0 for ever
 * @param millis of each frame
 */
public record ReadApng(List<BufferedImage> frames, List<Integer> millis, int repeats) {

  /** Reads a file and checks all of its sums and numbers. */
  public static ReadApng of(Path file) {
    try {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
      byte[] signature = new byte[8];
      in.get(signature);
      byte[] header = {};
      List<ByteArrayOutputStream> data = new ArrayList<>();
      List<Integer> millis = new ArrayList<>();
      int promised = 0;
      int repeats = -1;
      int sequence = 0;
      while (in.hasRemaining()) {
        byte[] chunk = new byte[in.getInt() + 4];
        in.get(chunk);
        check((int) sum(chunk) == in.getInt(), "a sum");
        ByteBuffer body = ByteBuffer.wrap(chunk, 4, chunk.length - 4);
        switch (new String(chunk, 0, 4, StandardCharsets.US_ASCII)) {
          case "IHDR" -> header = chunk;
          case "acTL" -> {
            promised = body.getInt();
            repeats = body.getInt();
          }
          case "fcTL" -> {
            check(body.getInt() == sequence++, "the sequence");
            data.add(new ByteArrayOutputStream());
            body.position(body.position() + 16);
            millis.add(body.getShort() * 1000 / body.getShort());
          }
          case "IDAT" -> data.getLast().write(chunk, 4, chunk.length - 4);
          case "fdAT" -> {
            check(body.getInt() == sequence++, "the sequence");
            data.getLast().write(chunk, 8, chunk.length - 8);
          }
          case "IEND" -> check(!in.hasRemaining(), "the end");
          default -> throw new AssertionError("a chunk that nobody asked for");
        }
      }
      check(promised == data.size(), "the number of frames");
      List<BufferedImage> frames = new ArrayList<>();
      for (ByteArrayOutputStream each : data) {
        frames.add(picture(signature, header, each.toByteArray()));
      }
      return new ReadApng(frames, millis, repeats);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage picture(byte[] signature, byte[] header, byte[] data)
      throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.write(signature);
    chunk(png, header);
    byte[] typed = new byte[data.length + 4];
    System.arraycopy("IDAT".getBytes(StandardCharsets.US_ASCII), 0, typed, 0, 4);
    System.arraycopy(data, 0, typed, 4, data.length);
    chunk(png, typed);
    chunk(png, "IEND".getBytes(StandardCharsets.US_ASCII));
    return ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
  }

  private static void chunk(ByteArrayOutputStream png, byte[] typed) throws IOException {
    png.write(ByteBuffer.allocate(4).putInt(typed.length - 4).array());
    png.write(typed);
    png.write(ByteBuffer.allocate(4).putInt((int) sum(typed)).array());
  }

  private static long sum(byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    return sum.getValue();
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what + " is wrong");
    }
  }
}
