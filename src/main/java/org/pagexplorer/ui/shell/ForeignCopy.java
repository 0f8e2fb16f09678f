package org.pagexplorer.ui.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.Safetensors;

/** A model's weights without its card, as somebody else's come: for pictures of an import. */
final class ForeignCopy {
  private ForeignCopy() {}

  /** A file in a new temporary folder, which {@link #remove} removes. */
  static Path of(Path model) {
    try {
      Path file = Files.createTempDirectory("pag-import").resolve("somebodys.safetensors");
      Safetensors.write(file, Map.of(), CheckpointFiles.read(model).tensors(), Dtype.F32);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
