package org.pagexplorer.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

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

  /** Around one of those. */
  private static final List<String> WRAPPERS = List.of(".gz", ".zip");

  private CheckpointNames() {}

  /** Whether a file is called as checkpoints are, in whatever case, packed or not. */
  public static boolean isOne(Path file) {
    return ending(unwrapped(String.valueOf(file.getFileName()))).isPresent();
  }

  /** The endings as a file dialog wants them, for instance {@code *.pt}. */
  public static List<String> patterns() {
    return Stream.concat(ENDINGS.stream(), WRAPPERS.stream()).map(ending -> "*" + ending).toList();
  }

  private static String unwrapped(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return WRAPPERS.stream()
        .filter(end -> lower.endsWith(end) && end.length() < name.length())
        .findFirst()
        .map(end -> name.substring(0, name.length() - end.length()))
        .orElse(name);
  }

  /**
   * A file's name without the ending that checkpoints have, in whatever case; other dots belong to
   * the name: {@code Wong2020Fast_eps0.5.pt} is {@code Wong2020Fast_eps0.5}, and {@code eps0.5}
   * stays.
   */
  public static String stem(Path file) {
    String full = unwrapped(String.valueOf(file.getFileName()));
    return ending(full)
        .filter(ending -> ending.length() < full.length())
        .map(ending -> full.substring(0, full.length() - ending.length()))
        .orElse(full);
  }

  private static Optional<String> ending(String name) {
    return ENDINGS.stream().filter(name.toLowerCase(Locale.ROOT)::endsWith).findFirst();
  }
}
