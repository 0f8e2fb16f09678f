package org.pagexplorer.engine.natives;

import ai.djl.util.Platform;
import ai.djl.util.Utils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.pagexplorer.domain.UserException;

/**
 * DJL's own native part (4 MB), which calls PyTorch's. DJL would unpack it, and load whatever it
 * finds by that name afterward; here it is compared with the jar's at each start.
 */
final class JniPart {
  private static final String NAME = System.mapLibraryName("djl_torch");

  private JniPart() {}

  /**
   * Puts it where DJL looks for it: beside PyTorch if it is there or that is in the cache, else in
   * a folder of its own.
   */
  static void ensure(Path folder, String flavor, Preparation preparation) {
    Platform platform = Platform.detectPlatform("pytorch");
    Path cache = Utils.getEngineCacheDir("pytorch").toAbsolutePath();
    String name = platform.getApiVersion() + '-' + NAME;
    if (Files.exists(folder.resolve(name)) || folder.startsWith(cache)) {
      ensure(folder.resolve(name), flavor, cache, preparation);
    } else if (Files.exists(folder.resolve(NAME))) {
      ensure(folder.resolve(NAME), flavor, cache, preparation);
    } else {
      String own = platform.getVersion() + '-' + flavor + '-' + platform.getClassifier();
      ensure(cache.resolve(own).resolve(name), flavor, cache, preparation);
    }
  }

  /**
   * Makes a file the native part.
   *
   * @throws UserException if it is another one, and not in the cache
   */
  static void ensure(Path file, String flavor, Path cache, Preparation preparation) {
    String resource = "jnilib/" + Build.system() + '/' + flavor + '/' + NAME;
    try (InputStream in = JniPart.class.getResourceAsStream('/' + resource)) {
      if (in == null) {
        throw new UserException(
            "This program has no native part for " + Build.title(flavor) + " on this system.");
      }
      byte[] content = in.readAllBytes();
      if (holds(file, content)) {
        return;
      }
      if (!file.startsWith(cache)) {
        throw new UserException(
            file + " is damaged or of another program: delete it, or install PAG Explorer again.");
      }
      try (CacheLock lock = CacheLock.take(cache, "unpacking PyTorch", preparation)) {
        write(file, content, cache);
      }
    } catch (IOException e) {
      throw new UserException(
          file + " cannot be written (" + e.getMessage() + "); check the disk and the folder.", e);
    }
  }

  private static boolean holds(Path file, byte[] content) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) == content.length
        && Arrays.equals(Files.readAllBytes(file), content);
  }

  /** Replaced whole: a program that has the former one loaded keeps it. */
  private static void write(Path file, byte[] content, Path cache) throws IOException {
    Files.createDirectories(file.getParent());
    Path part = Files.createTempDirectory(cache, Leftovers.PREFIX);
    try {
      Path whole = Files.write(part.resolve(NAME), content);
      Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Leftovers.delete(part);
    }
  }
}
