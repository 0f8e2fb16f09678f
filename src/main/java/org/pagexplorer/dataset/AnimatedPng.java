package org.pagexplorer.dataset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Writes APNG, frame by frame: PNG whose later frames are in chunks of their own. Colors are exact;
 * what knows no APNG shows the first frame.
 */
public final class AnimatedPng {
  private static final byte[] SIGNATURE = {(byte) 137, 'P', 'N', 'G', 13, 10, 26, 10};
  private static final int HEAD = 8;
  private static final int AROUND = 12;

  private final OutputStream out;
  private final int frames;
  private int number;
  private int sequence;

  /**
   * @param frames how many will be written
   */
  public AnimatedPng(OutputStream out, int frames) {
    this.out = out;
    this.frames = frames;
  }

  /**
   * Writes the next frame, of the size of the first.
   *
   * @param millis that it is shown
   */
  public void write(BufferedImage picture, int millis) throws IOException {
    ByteBuffer png = ByteBuffer.wrap(ImageFiles.png(picture));
    if (number == 0) {
      out.write(SIGNATURE);
    }
    png.position(SIGNATURE.length);
    while (png.hasRemaining()) {
      int length = png.getInt(png.position());
      String type = new String(png.array(), png.position() + 4, 4, StandardCharsets.US_ASCII);
      byte[] data = new byte[length];
      png.get(png.position() + HEAD, data);
      png.position(png.position() + AROUND + length);
      take(type, data, picture, millis);
    }
    number++;
    if (number == frames) {
      chunk("IEND", new byte[0]);
    }
  }

  private void take(String type, byte[] data, BufferedImage picture, int millis)
      throws IOException {
    switch (type) {
      case "IHDR" -> {
        if (number == 0) {
          chunk(type, data);
          chunk("acTL", ByteBuffer.allocate(8).putInt(frames).putInt(0).array()); // for ever
        }
        chunk("fcTL", control(picture, millis));
      }
      case "IDAT" -> {
        if (number == 0) {
          chunk(type, data);
        } else {
          chunk("fdAT", ByteBuffer.allocate(4 + data.length).putInt(sequence++).put(data).array());
        }
      }
      default -> {} // its end comes last, and the rest is of the first frame alone
    }
  }

  /** The whole picture, in the place of the one before. */
  private byte[] control(BufferedImage picture, int millis) {
    return ByteBuffer.allocate(26)
        .putInt(sequence++)
        .putInt(picture.getWidth())
        .putInt(picture.getHeight())
        .putInt(0)
        .putInt(0)
        .putShort((short) millis)
        .putShort((short) 1000)
        .put((byte) 0)
        .put((byte) 0)
        .array();
  }

  private void chunk(String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data);
    out.write(ByteBuffer.allocate(4).putInt(data.length).array());
    out.write(name);
    out.write(data);
    out.write(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }
}
