package org.pagexplorer.lab.measure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.Program;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.model.OpenModel;

/** Red, green and blue pictures, and classifiers that name them by their mean colour. */
public final class Colours implements Dataset {
  public static final InputShape SHAPE = new InputShape(3, 8, 8);
  public static final List<String> CLASSES = List.of("red", "green", "blue");

  /** The logits are 30 × the mean colour. */
  public static final String PLAIN = "x";

  /** Values from 0 to 1 in eighths: nothing flows back through the rounding. */
  public static final String QUANTISED = "torch.div(torch.round(torch.mul(x, 8.)), 8.)";

  /** Other logits at every call. */
  public static final String NOISY = "torch.add(x, torch.mul(torch.randn_like(x), 0.2))";

  /** Of scale 1, softmax(30 × the mean color). */
  public static final String SOFTMAX =
      "torch.softmax(torch.mul(torch.mean(x, [2, 3], True), 30.), 1)";

  private final int size;
  private final double contrast;

  /**
   * @param contrast how much brighter the class's channel is than the others, at least 0.1 less to
   *     0.1 more by the image
   */
  public Colours(int size, double contrast) {
    this.size = size;
    this.contrast = contrast;
  }

  @Override
  public String name() {
    return "colours";
  }

  @Override
  public List<String> classes() {
    return CLASSES;
  }

  @Override
  public InputShape shape() {
    return SHAPE;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int label(int index) {
    return index % 3;
  }

  @Override
  public byte[] bytes(int index) {
    SplittableRandom random = new SplittableRandom(index);
    double own = contrast + 0.2 * random.nextDouble() - 0.1;
    byte[] bytes = new byte[SHAPE.size()];
    for (int j = 0; j < bytes.length; j++) {
      double value = 0.4 + (j / 64 == label(index) ? own : 0) + 0.05 * random.nextDouble();
      bytes[j] = (byte) Math.round(255 * value);
    }
    return bytes;
  }

  public static OpenModel model(String name) {
    return new OpenModel(
        Path.of(name),
        name, // for its hash
        new ModelCard(
            name,
            new Architecture(Family.TORCHSCRIPT, 1, SHAPE, 3),
            CLASSES,
            Normalization.identity(3),
            "vanilla",
            Map.of(),
            0,
            "colours",
            "",
            "a test",
            "",
            List.of()),
        Optional.empty());
  }

  /**
   * A classifier by mean colour.
   *
   * @param seen what it sees of {@code x}, as TorchScript
   * @param scale of its logits
   */
  public static Classifier classifier(TorchEngine engine, Path folder, String seen, double scale) {
    String code =
        """
        class Colours(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          def forward(self: __torch__.Colours, x: Tensor) -> Tensor:
            seen = %s
            return torch.mul(torch.mean(torch.flatten(seen, 2), [2]), %s)
        """
            .formatted(seen, String.valueOf(scale));
    try {
      Path file = Files.createTempFile(folder, "colours", ".torchscript");
      Files.write(file, archive(code));
      return Classifier.of(
          engine,
          new Architecture(Family.TORCHSCRIPT, 1, SHAPE, 3),
          Normalization.identity(3),
          Program.load(engine, file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] archive(String code) throws IOException {
    String module =
        "\u0080\u0002c__torch__\nColours\n)\u0081}(X\u0008\u0000\u0000\u0000training\u0089ub.";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      add(zip, "data.pkl", module.getBytes(StandardCharsets.ISO_8859_1));
      add(zip, "code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
      add(zip, "constants.pkl", "\u0080\u0002).".getBytes(StandardCharsets.ISO_8859_1));
      add(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry("colours/" + name);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
