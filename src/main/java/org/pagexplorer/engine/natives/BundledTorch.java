package org.pagexplorer.engine.natives;

import ai.djl.util.Utils;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.Sha256;

/**
 * PyTorch for the CPU from a jar on the class path, unpacked to where DJL would unpack it.
 *
 * @param folder in DJL's cache
 * @param resources where in the jar its libraries are, in order
 */
record BundledTorch(Path folder, List<String> resources) {
  private static final int BLOCK = 1 << 20;

  static Optional<BundledTorch> find() {
    try (InputStream in = open("native/lib/pytorch.properties")) {
      if (in == null) {
        return Optional.empty();
      }
      Properties properties = new Properties();
      properties.load(in);
      String flavor = properties.getProperty("flavor", Build.CPU_FLAVOR);
      String system = properties.getProperty("classifier", "");
      if (!system.equals(Build.system())) {
        return Optional.empty();
      }
      Path folder =
          Utils.getEngineCacheDir("pytorch")
              .resolve(properties.getProperty("version") + '-' + flavor + '-' + system);
      List<String> resources =
          List.of(properties.getProperty("libraries", "").split(",")).stream()
              .map(library -> "pytorch/" + flavor + '/' + system + '/' + library)
              .toList();
      return Optional.of(new BundledTorch(folder, resources));
    } catch (IOException e) {
      throw new UserException("This installation is damaged: its PyTorch cannot be read.", e);
    }
  }

  private static @Nullable InputStream open(String resource) {
    return BundledTorch.class.getResourceAsStream('/' + resource);
  }

  /**
   * Unpacks it, unless it is there whole; one process at a time.
   *
   * @throws UserException if it cannot be unpacked, or that was cancelled
   */
  void ensure(Preparation preparation) {
    try {
      if (isThere()) {
        return;
      }
      Path cache = cache();
      try (CacheLock lock = CacheLock.take(cache, "unpacking PyTorch", preparation)) {
        Leftovers.sweep(cache);
        if (!isThere() && !isRecorded(preparation)) {
          unpack(preparation);
        }
      }
    } catch (IOException e) {
      if (isWholeAnyway(preparation)) {
        return;
      }
      throw new UserException(
          "PyTorch could not be unpacked to "
              + folder
              + " ("
              + e.getMessage()
              + "): check that the disk has 1 GB free and that the folder can be written.",
          e);
    }
  }

  /** Whether everything is as it was when it was last compared with the jar. */
  boolean isThere() throws IOException {
    return hasSizes() && Inventory.read(folder).isUntouched(folder, names());
  }

  /** A library that was cut off is no library: loading it would end this process. */
  private boolean hasSizes() throws IOException {
    for (String resource : resources) {
      Path file = folder.resolve(name(resource));
      if (!Files.isRegularFile(file) || Files.size(file) != size(resource)) {
        return false;
      }
    }
    return true;
  }

  private Path cache() {
    return folder.toAbsolutePath().resolveSibling("");
  }

  private List<String> names() {
    return resources.stream().map(BundledTorch::name).toList();
  }

  private static String name(String resource) {
    return resource.substring(resource.lastIndexOf('/') + 1);
  }

  /** In a container's read-only cache, for instance, which can take neither lock nor record. */
  private boolean isWholeAnyway(Preparation preparation) {
    try {
      return same(preparation).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  /** Remembers that what somebody else has unpacked is the jar's. */
  private boolean isRecorded(Preparation preparation) throws IOException {
    Optional<Map<String, String>> hashes = same(preparation);
    if (hashes.isPresent()) {
      record(folder, hashes.get());
    }
    return hashes.isPresent();
  }

  /** The hashes, where what is there is what is in the jar. */
  private Optional<Map<String, String>> same(Preparation preparation) throws IOException {
    if (!hasSizes()) {
      return Optional.empty();
    }
    Map<String, String> hashes = hashes("Checking ", Optional.empty(), preparation);
    for (Map.Entry<String, String> file : hashes.entrySet()) {
      if (!Sha256.of(folder.resolve(file.getKey())).equals(file.getValue())) {
        return Optional.empty();
      }
    }
    return Optional.of(hashes);
  }

  private static void record(Path folder, Map<String, String> hashes) throws IOException {
    Map<String, Inventory.Entry> files = new TreeMap<>();
    for (Map.Entry<String, String> file : hashes.entrySet()) {
      files.put(file.getKey(), Inventory.Entry.of(folder.resolve(file.getKey()), file.getValue()));
    }
    new Inventory(files).write(folder);
  }

  private void unpack(Preparation preparation) throws IOException {
    Path part = Files.createTempDirectory(cache(), Leftovers.PREFIX);
    try {
      publish(part, hashes("Unpacking ", Optional.of(part), preparation));
    } finally {
      Leftovers.delete(part);
    }
  }

  /** Each library is replaced whole: a program that has the former one loaded keeps it. */
  private void publish(Path part, Map<String, String> hashes) throws IOException {
    Files.createDirectories(folder);
    for (String name : hashes.keySet()) {
      Files.move(part.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    record(folder, hashes);
  }

  /** Reads the jar, and writes what it reads if there is a place for it. */
  private Map<String, String> hashes(String doing, Optional<Path> to, Preparation preparation)
      throws IOException {
    long total = 0;
    for (String resource : resources) {
      total += size(resource);
    }
    Map<String, String> hashes = new LinkedHashMap<>();
    long done = 0;
    for (String resource : resources) {
      MessageDigest digest = Sha256.newDigest();
      byte[] block = new byte[BLOCK];
      try (InputStream in = Objects.requireNonNull(open(resource));
          OutputStream out =
              to.isPresent()
                  ? Files.newOutputStream(to.get().resolve(name(resource)))
                  : OutputStream.nullOutputStream()) {
        for (int n = in.read(block); n >= 0; n = in.read(block)) {
          if (preparation.isCancelled()) {
            throw new UserException("Unpacking PyTorch was canceled; nothing was kept.");
          }
          out.write(block, 0, n);
          digest.update(block, 0, n);
          done += n;
          preparation.progress(doing + Build.title(Build.CPU_FLAVOR), done, total);
        }
      }
      hashes.put(name(resource), Sha256.hex(digest));
    }
    return hashes;
  }

  private static long size(String resource) throws IOException {
    URL url = BundledTorch.class.getResource('/' + resource);
    if (url == null) {
      throw new IOException(resource + " is missing");
    }
    return Math.max(0, url.openConnection().getContentLengthLong());
  }
}
