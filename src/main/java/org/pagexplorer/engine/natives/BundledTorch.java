package org.pagexplorer.engine.natives;

import ai.djl.util.Utils;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;

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

  boolean isUnpacked() {
    return resources.stream().allMatch(resource -> Files.exists(folder.resolve(name(resource))));
  }

  private static String name(String resource) {
    return resource.substring(resource.lastIndexOf('/') + 1);
  }

  /** Unpacks it whole or not at all. */
  void unpack(Preparation preparation) {
    List<Path> written = new ArrayList<>();
    Path part = null;
    try {
      Files.createDirectories(folder.getParent());
      part = Files.createTempDirectory(folder.getParent(), "pag");
      long total = 0;
      for (String resource : resources) {
        total += size(resource);
      }
      long done = 0;
      for (String resource : resources) {
        Path file = part.resolve(name(resource));
        written.add(file);
        done = copy(resource, file, done, total, preparation);
      }
      publish(part);
    } catch (IOException e) {
      throw new UserException(
          "PyTorch could not be unpacked to "
              + folder
              + " ("
              + e.getMessage()
              + "): check that the disk has 1 GB free and that the folder can be written.",
          e);
    } finally {
      discard(written, part);
    }
  }

  /** Another process may have been faster. */
  private void publish(Path part) throws IOException {
    if (Files.isDirectory(folder)) {
      for (String resource : resources) {
        Files.move(
            part.resolve(name(resource)),
            folder.resolve(name(resource)),
            StandardCopyOption.REPLACE_EXISTING);
      }
      return;
    }
    try {
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!isUnpacked()) {
        throw e;
      }
    }
  }

  private static void discard(List<Path> written, @Nullable Path part) {
    try {
      for (Path file : written) {
        Files.deleteIfExists(file);
      }
      if (part != null) {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      return; // the folder of a crash stays behind, too
    }
  }

  private static long size(String resource) throws IOException {
    URL url = BundledTorch.class.getResource('/' + resource);
    if (url == null) {
      throw new IOException(resource + " is missing");
    }
    return Math.max(0, url.openConnection().getContentLengthLong());
  }

  private static long copy(
      String resource, Path file, long before, long total, Preparation preparation)
      throws IOException {
    long done = before;
    byte[] block = new byte[BLOCK];
    try (InputStream in = Objects.requireNonNull(open(resource));
        OutputStream out = Files.newOutputStream(file)) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        if (preparation.isCancelled()) {
          throw new UserException("Unpacking PyTorch was cancelled; nothing was kept.");
        }
        out.write(block, 0, n);
        done += n;
        preparation.progress("Unpacking " + Build.title(Build.CPU_FLAVOR), done, total);
      }
    }
    return done;
  }
}
