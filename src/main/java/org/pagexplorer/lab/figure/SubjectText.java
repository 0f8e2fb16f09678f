package org.pagexplorer.lab.figure;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.JsonFields;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.RegionText;

/** A figure's images as JSON, exactly: as PNG where that loses nothing, else as float32. */
final class SubjectText {
  private static final String IMAGE = "of the figure's specification";

  private SubjectText() {}

  static JsonObject json(OriginalImage subject) {
    JsonObject one = new JsonObject();
    one.addProperty("origin", subject.origin());
    one.addProperty("caption", subject.caption());
    subject.label().ifPresent(label -> one.addProperty("label", label));
    one.addProperty("note", subject.note());
    byte[] png = png(subject.image());
    if (isExact(png, subject.image())) {
      one.addProperty("png", Base64.getEncoder().encodeToString(png));
    } else {
      one.addProperty("float32", packed(subject.image().pixels()));
    }
    if (!subject.regions().isEmpty()) {
      JsonArray regions = new JsonArray();
      subject.regions().forEach(region -> regions.add(RegionText.json(region)));
      one.add("regions", regions);
    }
    return one;
  }

  private static boolean isExact(byte[] png, Image image) {
    return image.shape().channels() == 3
        && Arrays.equals(ImageFiles.decode(IMAGE, png, image.shape()).pixels(), image.pixels());
  }

  private static byte[] png(Image image) {
    try {
      return ImageFiles.png(ImageFiles.toBuffered(image));
    } catch (IOException e) {
      throw new IllegalStateException("a picture in memory can be encoded", e);
    }
  }

  private static String packed(float[] pixels) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * pixels.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(pixels);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /**
   * The image of such JSON.
   *
   * @throws IllegalArgumentException if something is missing or wrong
   */
  static OriginalImage parse(JsonFields one, InputShape shape) {
    return new OriginalImage(
        one.line("origin"),
        one.line("caption"),
        one.has("png")
            ? ImageFiles.decode(IMAGE, one.bytes("png"), shape)
            : unpacked(one.bytes("float32"), shape),
        one.has("label")
            ? OptionalInt.of(one.whole("label", 0, Architecture.MAXIMUM_CLASSES - 1))
            : OptionalInt.empty(),
        one.line("note"),
        one.has("regions")
            ? one.objects("regions", RegionText.MOST).stream()
                .map(region -> RegionText.parse(region, shape))
                .toList()
            : List.of());
  }

  private static Image unpacked(byte[] bytes, InputShape shape) {
    if (bytes.length != (long) Float.BYTES * shape.size()) {
      throw new IllegalArgumentException("\"float32\" must hold an image of " + shape);
    }
    float[] pixels = new float[shape.size()];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(pixels);
    for (float pixel : pixels) {
      if (!(pixel >= 0 && pixel <= 1)) {
        throw new IllegalArgumentException("\"float32\" must hold values from 0 to 1");
      }
    }
    return new Image(shape, pixels);
  }
}
