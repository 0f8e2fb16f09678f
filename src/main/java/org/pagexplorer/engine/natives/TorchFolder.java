package org.pagexplorer.engine.natives;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pagexplorer.domain.UserException;

/**
 * A folder of PyTorch's native libraries that this program can use. Its native part calls into C++,
 * whose layout changes with every version, so that only the one it was built for will do: another
 * would crash, not fail.
 *
 * @param folder holds {@code libtorch_cpu.so} or what it is called here
 * @param flavor {@code cpu} or {@code cu128}
 */
record TorchFolder(Path folder, String flavor) {
  private static final Pattern PYTHON = Pattern.compile("__version__ *= *'([^']+)'");
  private static final Pattern CUDA = Pattern.compile("cuda *(?:: *[^=]+)?= *'([^']+)'");
  private static final Pattern NAMED = Pattern.compile("(\\d+\\.\\d+\\.\\d+)-.*");
  private static final String BUILD = "build-version";
  private static final int WINDOW = 1 << 28;

  /**
   * Looks at a folder of PyTorch: Python's {@code torch}, its {@code lib}, or an unpacked libtorch.
   *
   * @throws UserException with one sentence if it will not do
   */
  static TorchFolder read(Path place) {
    Path folder =
        Stream.of(place, place.resolve("lib"), place.resolve("torch/lib"))
            .filter(candidate -> Files.isRegularFile(library(candidate, "torch_cpu")))
            .findFirst()
            .map(found -> found.toAbsolutePath().normalize())
            .orElseThrow(
                () ->
                    new UserException(
                        "There is no PyTorch in "
                            + place
                            + ": "
                            + System.mapLibraryName("torch_cpu")
                            + " is neither there nor in its folder lib."));
    boolean cuda = Files.exists(library(folder, "torch_cuda"));
    requireLibraries(folder, cuda);
    requireVersion(folder);
    if (cuda) {
      requireCuda(folder);
    }
    return new TorchFolder(folder, cuda ? Build.CUDA_FLAVOR : Build.CPU_FLAVOR);
  }

  private static Path library(Path folder, String name) {
    return folder.resolve(System.mapLibraryName(name));
  }

  private static void requireVersion(Path folder) {
    String wanted = Build.version();
    Optional<String> told = version(folder);
    boolean fits =
        told.map(version -> version.split("[+]", 2)[0].equals(wanted))
            .orElseGet(() -> holds(library(folder, "torch_cpu"), wanted));
    if (!fits) {
      throw new UserException(
          folder
              + " holds PyTorch "
              + told.orElse("of another version")
              + ", and PAG Explorer works with "
              + wanted
              + " alone (pip install torch=="
              + wanted
              + ", in its own environment if necessary).");
    }
  }

  /** What the files beside the libraries say: Python's, libtorch's, or DJL's folder name. */
  static Optional<String> version(Path folder) {
    Path above = folder.resolveSibling("version.py");
    if (folder.endsWith("lib") && Files.exists(above)) {
      return first(PYTHON, text(above));
    }
    for (Path build : List.of(folder.resolve(BUILD), folder.resolveSibling(BUILD))) {
      if (Files.exists(build)) {
        return Optional.of(text(build).strip());
      }
    }
    return first(NAMED, String.valueOf(folder.getFileName()));
  }

  private static void requireCuda(Path folder) {
    Path above = folder.resolveSibling("version.py");
    if (!Files.exists(above)) {
      return;
    }
    first(CUDA, text(above))
        .filter(cuda -> !cuda.startsWith("12."))
        .ifPresent(
            cuda -> {
              throw new UserException(
                  folder
                      + " is built for CUDA "
                      + cuda
                      + ", and PAG Explorer works with builds for CUDA 12 (PyTorch "
                      + Build.version()
                      + " for CUDA 12.8 fits best).");
            });
  }

  private static void requireLibraries(Path folder, boolean cuda) {
    List<String> missing =
        names(cuda).stream()
            .filter(name -> !Files.exists(library(folder, name)))
            .map(System::mapLibraryName)
            .toList();
    if (!missing.isEmpty()) {
      throw new UserException(
          folder + " holds a part of PyTorch only: " + String.join(", ", missing) + " is missing.");
    }
    names(cuda).forEach(name -> requireWhole(library(folder, name)));
  }

  private static List<String> names(boolean cuda) {
    return cuda
        ? List.of("c10", "torch", "torch_cpu", "c10_cuda", "torch_cuda")
        : List.of("c10", "torch", "torch_cpu");
  }

  private static void requireWhole(Path library) {
    try {
      LibraryFile.fault(library)
          .ifPresent(
              fault -> {
                throw new UserException(
                    library + " " + fault + ": install that PyTorch again, or choose another.");
              });
    } catch (IOException e) {
      throw new UserException(library + " cannot be read; check its permissions.", e);
    }
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UserException(file + " cannot be read; check its permissions.", e);
    }
  }

  /** Whether a library holds a version as a C string of its own, as PyTorch's does. */
  private static boolean holds(Path library, String version) {
    byte[] needle = ('\0' + version + '\0').getBytes(StandardCharsets.US_ASCII);
    try (FileChannel channel = FileChannel.open(library)) {
      List<Long> starts = new ArrayList<>();
      for (long at = 0; at < channel.size(); at += WINDOW - needle.length) {
        starts.add(at);
      }
      for (long at : starts) {
        MappedByteBuffer window =
            channel.map(FileChannel.MapMode.READ_ONLY, at, Math.min(WINDOW, channel.size() - at));
        if (indexOf(window, needle)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UserException(library + " cannot be read; check its permissions.", e);
    }
  }

  private static boolean indexOf(MappedByteBuffer in, byte[] needle) {
    // The second byte is rarer than the first, which is zero.
    for (int i = 1; i + needle.length - 1 <= in.limit(); i++) {
      if (in.get(i) == needle[1] && matches(in, i - 1, needle)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(MappedByteBuffer in, int at, byte[] needle) {
    for (int i = 0; i < needle.length; i++) {
      if (in.get(at + i) != needle[i]) {
        return false;
      }
    }
    return true;
  }
}
