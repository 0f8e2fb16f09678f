package org.pagexplorer.engine.natives;

import ai.djl.util.Utils;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.pagexplorer.domain.UserException;

/**
 * PyTorch from DJL's server, kept where DJL would keep it. Files arrive compressed beside their
 * final folder, one after the other, and a later attempt goes on where an earlier one ended.
 */
final class TorchDownload {
  /** Bytes on disk, unpacked, for each that is fetched; that of the CPU has 3.9. */
  private static final double UNPACKED = 4;

  private final String flavor;
  private final URI server;
  private final Path folder;
  private final Path part;

  TorchDownload(String flavor) {
    this(
        flavor,
        URI.create("https://publish.djl.ai/pytorch/" + Build.version() + '/'),
        Utils.getEngineCacheDir("pytorch"));
  }

  /**
   * @param server ends with a slash; holds {@code files.txt} and what that lists
   * @param cache holds the final folder, and the one of what has arrived
   */
  TorchDownload(String flavor, URI server, Path cache) {
    this.flavor = flavor;
    this.server = server;
    folder = cache.resolve(Build.version() + '-' + flavor + '-' + Build.system());
    part = folder.resolveSibling(folder.getFileName() + ".part");
  }

  String flavor() {
    return flavor;
  }

  Path folder() {
    return folder;
  }

  boolean isThere() {
    return Files.exists(folder.resolve(System.mapLibraryName("torch")));
  }

  /**
   * Fetches everything, unless it may not.
   *
   * @throws UserException if it may not, was cancelled, or could not be had
   */
  void fetch(Preparation preparation) {
    if (preparation.isCancelled()) {
      throw refusal();
    }
    try {
      Files.createDirectories(part);
      try (FileChannel lock =
              FileChannel.open(
                  part.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock own = lock.tryLock()) {
        if (own == null) {
          throw new UserException(
              "Another PAG Explorer is downloading PyTorch at this moment; wait for it.");
        }
        fetchLocked(preparation);
      }
      Files.delete(part.resolve("lock"));
      Files.delete(part);
    } catch (IOException e) {
      throw new UserException(
          Build.title(flavor)
              + " could not be downloaded from "
              + server.getHost()
              + " ("
              + (e.getMessage() == null ? "no connection" : e.getMessage())
              + "): check the connection and the proxy (https_proxy) and try again; what has"
              + " arrived is kept. Or name an installed PyTorch "
              + Build.version()
              + " with --torch DIR.",
          e);
    }
  }

  private void fetchLocked(Preparation preparation) throws IOException {
    Transfer transfer = new Transfer(server, System.getenv());
    Map<URI, Long> files = files(transfer);
    long total = files.values().stream().mapToLong(Long::longValue).sum();
    long have = 0;
    long packed = 0;
    for (Map.Entry<URI, Long> file : files.entrySet()) {
      have += present(file.getKey(), file.getValue());
      packed += Files.exists(part.resolve(name(file.getKey()))) ? 0 : file.getValue();
    }
    requireRoom(total - have, packed);
    if (!preparation.mayDownload(
        new Preparation.Offer(
            Build.title(flavor), server.getHost(), total - have, folder.toString()))) {
      throw refusal();
    }
    long done = 0;
    for (Map.Entry<URI, Long> file : files.entrySet()) {
      fetch(transfer, file.getKey(), file.getValue(), done, total, preparation);
      done += file.getValue();
    }
    publish(files.keySet().stream().map(TorchDownload::name).toList());
  }

  private UserException refusal() {
    return new UserException(
        Build.title(flavor)
            + " is not on this machine, and was not to be downloaded; name an installed one"
            + " with --torch DIR.");
  }

  /** What there is for this system, with compressed lengths. */
  private Map<URI, Long> files(Transfer transfer) throws IOException {
    String wanted = flavor + '/' + Build.system() + '/';
    Map<URI, Long> files = new LinkedHashMap<>();
    for (String line : transfer.lines(server.resolve("files.txt"))) {
      if (line.startsWith(wanted)) {
        URI file = server.resolve(line.strip());
        files.put(file, transfer.length(file));
      }
    }
    if (files.isEmpty()) {
      throw new UserException(
          server.getHost() + " has no " + Build.title(flavor) + " for " + Build.system() + '.');
    }
    return files;
  }

  /** {@code …/libtorch.so.gz} becomes {@code libtorch.so}. */
  private static String name(URI file) {
    String path = file.getRawPath();
    String last = path.substring(path.lastIndexOf('/') + 1);
    return URLDecoder.decode(last, StandardCharsets.UTF_8).replaceFirst("\\.gz$", "");
  }

  private long present(URI file, long length) throws IOException {
    Path compressed = part.resolve(name(file) + ".gz");
    if (Files.exists(part.resolve(name(file)))) {
      return length;
    }
    return Files.exists(compressed) ? Files.size(compressed) : 0;
  }

  private void requireRoom(long missing, long packed) {
    long needed = missing + (long) (packed * UNPACKED);
    long free = part.toFile().getUsableSpace();
    if (free < needed) {
      throw new UserException(
          String.format(
              "PyTorch needs about %.1f GB on the disk of %s, which has %.1f GB free.",
              needed / 1e9, part.getParent(), free / 1e9));
    }
  }

  private void fetch(
      Transfer transfer, URI file, long length, long before, long total, Preparation preparation)
      throws IOException {
    Path whole = part.resolve(name(file));
    Path compressed = part.resolve(name(file) + ".gz");
    if (Files.exists(whole)) {
      return;
    }
    String stage = "Downloading " + Build.title(flavor) + " from " + server.getHost();
    boolean arrived =
        transfer.fetch(
            file,
            compressed,
            length,
            have -> preparation.progress(stage, before + have, total),
            preparation::isCancelled);
    if (!arrived) {
      throw new UserException(
          "The download was cancelled; what has arrived is kept, and the next attempt goes on.");
    }
    unpack(compressed, whole);
    Files.delete(compressed);
  }

  private void unpack(Path compressed, Path whole) throws IOException {
    Path unpacked = part.resolve(whole.getFileName() + ".unpacked");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(compressed))) {
      Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
      Files.move(unpacked, whole, StandardCopyOption.ATOMIC_MOVE);
    } catch (ZipException | EOFException e) {
      Files.deleteIfExists(compressed); // it is damaged: nothing to go on from
      throw e;
    } finally {
      Files.deleteIfExists(unpacked); // on a full disk half of it
    }
  }

  /** The library that is looked for first arrives last. */
  private void publish(List<String> names) throws IOException {
    Files.createDirectories(folder);
    String last = System.mapLibraryName("torch");
    for (String name : names) {
      if (!name.equals(last)) {
        Files.move(part.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.move(part.resolve(last), folder.resolve(last), StandardCopyOption.REPLACE_EXISTING);
  }
}
