package org.pagexplorer.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What checkpoints' file names say of their models. */
public final class CheckpointNames {
  /** Longer ones first: an index of several files, and what tar never packed. */
  private static final List<String> ENDINGS =
      List.of(
          ".safetensors.index.json",
          ".bin.index.json",
          ".index.json",
          ".pth.tar",
          ".pt.tar",
          ".safetensors",
          ".torchscript",
          ".pth",
          ".ckpt",
          ".pkl",
          ".pickle",
          ".model",
          ".bin",
          ".pt");

  private CheckpointNames() {}

  /** Whether a file is called as checkpoints are, in whatever case. */
  public static boolean isOne(Path file) {
    return ending(String.valueOf(file.getFileName())).isPresent();
  }

  /** The endings as a file dialog wants them, for instance {@code *.pt}. */
  public static List<String> patterns() {
    return ENDINGS.stream().map(ending -> "*" + ending).toList();
  }

  /**
   * A file's name without the ending that checkpoints have, in whatever case; other dots belong to
   * the name: {@code Wong2020Fast_eps0.5.pt} is {@code Wong2020Fast_eps0.5}, and {@code eps0.5}
   * stays.
   */
  public static String stem(Path file) {
    String full = String.valueOf(file.getFileName());
    return ending(full)
        .filter(ending -> ending.length() < full.length())
        .map(ending -> full.substring(0, full.length() - ending.length()))
        .orElse(full);
  }

  private static Optional<String> ending(String name) {
    return ENDINGS.stream().filter(name.toLowerCase(Locale.ROOT)::endsWith).findFirst();
  }
}
