package org.pagexplorer.checkpoint;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;

/** The widest ResNet-18 as a file of zeros, which takes hardly any room on disk. */
final class SparseModel {
  private SparseModel() {}

  static Path write(Path file) throws IOException {
    StringBuilder entries = new StringBuilder();
    long[] end = {0};
    Architecture.resNet18(Architecture.MAXIMUM_WIDTH, InputShape.CIFAR, 2)
        .tensorShapes()
        .forEach(
            (name, shape) -> {
              long begin = end[0];
              end[0] += 2 * shape.size();
              entries.append(
                  ",\"%s\":{\"dtype\":\"F16\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                      .formatted(name, shape.sides(), begin, end[0]));
            });
    byte[] header = (METADATA + entries + "}").getBytes(StandardCharsets.UTF_8);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(RawFiles.file(header));
      out.setLength(Long.BYTES + header.length + end[0]);
    }
    return file;
  }

  private static final String METADATA =
      """
      {"__metadata__":{"architecture":"resnet18","width":"1024","input_shape":"[3,32,32]",\
      "classes":"[\\"a\\",\\"b\\"]","mean":"[0,0,0]","std":"[1,1,1]"}\
      """;
}
