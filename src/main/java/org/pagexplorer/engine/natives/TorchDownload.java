package org.pagexplorer.engine.natives;

import ai.djl.util.Utils;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.Sha256;

/**
 * PyTorch from DJL's server, kept where DJL would keep it. Files arrive compressed beside their
 * final folder, one after the other, and a later attempt goes on where an earlier one ended.
 */
final class TorchDownload {
  /** Bytes on disk, unpacked, for each that is fetched; that of the CPU has 3.9. */
  private static final double UNPACKED = 4;

  static final URI SERVER = URI.create("https://publish.djl.ai/pytorch/" + Build.version() + '/');

  private final String flavor;
  private final URI server;
  private final Path folder;
  private final Path part;

  TorchDownload(String flavor) {
    this(flavor, SERVER, Utils.getEngineCacheDir("pytorch"));
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

  private Path cache() {
    return part.toAbsolutePath().resolveSibling("");
  }

  private String library(String name) {
    return flavor + '/' + Build.system() + '/' + name;
  }

  String flavor() {
    return flavor;
  }

  Path folder() {
    return folder;
  }

  /**
   * Whether it is there whole. What was written since it was last looked at, by whomever, is hashed
   * once.
   */
  boolean isThere(Preparation preparation) {
    try {
      if (!Files.exists(folder.resolve(System.mapLibraryName("torch")))) {
        return false;
      }
      if (isUntouched()) {
        return true;
      }
      try (CacheLock lock = CacheLock.take(cache(), "checking PyTorch", preparation)) {
        return new TorchCheck(folder, flavor, library("")).isWhole(Pins.read(cache()), preparation);
      }
    } catch (IOException e) {
      throw new UserException(folder + " cannot be read; check its permissions.", e);
    }
  }

  private boolean isUntouched() throws IOException {
    Inventory known = Inventory.read(folder);
    return !known.files().isEmpty() && known.isUntouched(folder, known.files().keySet());
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
    try (CacheLock lock = CacheLock.take(cache(), "downloading PyTorch", preparation)) {
      if (!isUntouched()) { // nobody was faster
        Files.createDirectories(part);
        fetchLocked(preparation);
        Leftovers.delete(part);
      }
    } catch (IOException e) {
      throw new UserException(
          Build.title(flavor)
              + " could not be downloaded from "
              + server.getHost()
              + " ("
              + (e.getMessage() == null ? "no connection" : e.getMessage())
              + "): check the connection and the proxy (https_proxy) and try again; what has"
              + " arrived is kept. Or specify an installed PyTorch "
              + Build.version()
              + " with --torch DIR.",
          e);
    }
  }

  private void fetchLocked(Preparation preparation) throws IOException {
    Transfer transfer = new Transfer(server, System.getenv());
    Map<URI, Long> files = listing().files(transfer);
    long total = files.values().stream().mapToLong(Long::longValue).sum();
    long have = 0;
    long packed = 0;
    for (Map.Entry<URI, Long> file : files.entrySet()) {
      have += present(file.getKey(), file.getValue());
      packed += Files.exists(part.resolve(TorchListing.name(file.getKey()))) ? 0 : file.getValue();
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
    publish(files.keySet().stream().map(TorchListing::name).toList());
  }

  private TorchListing listing() {
    return new TorchListing(server, flavor);
  }

  private UserException refusal() {
    return new UserException(
        Build.title(flavor)
            + " is not on this machine, and may not be downloaded; specify an installed one with"
            + " --torch DIR.");
  }

  private long present(URI file, long length) throws IOException {
    Path compressed = part.resolve(TorchListing.name(file) + ".gz");
    if (Files.exists(part.resolve(TorchListing.name(file)))) {
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
    Path whole = part.resolve(TorchListing.name(file));
    Path compressed = part.resolve(TorchListing.name(file) + ".gz");
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
          "The download was canceled; what has arrived is kept, and the next attempt resumes it.");
    }
    unpack(compressed, whole);
    Files.delete(compressed);
  }

  private void unpack(Path compressed, Path whole) throws IOException {
    Path unpacked = part.resolve(whole.getFileName() + ".unpacked");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(compressed))) {
      Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
      requireExpected(unpacked, String.valueOf(whole.getFileName()));
      Files.move(unpacked, whole, StandardCopyOption.ATOMIC_MOVE);
    } catch (ZipException | EOFException | UserException e) {
      Files.deleteIfExists(compressed); // it is damaged: nothing to go on from
      throw e;
    } finally {
      Files.deleteIfExists(unpacked); // on a full disk half of it
    }
  }

  private void requireExpected(Path file, String name) throws IOException {
    Optional<String> fault = LibraryFile.fault(file);
    if (fault.isPresent()) {
      throw new UserException(
          name + " from " + server.getHost() + " " + fault.get() + ", so it is not used.");
    }
    Pins.read(cache()).check(library(name), Sha256.of(file));
  }

  /** The library that is looked for first arrives last, and the list of all after it. */
  private void publish(List<String> names) throws IOException {
    Files.createDirectories(folder);
    Files.deleteIfExists(folder.resolve(Inventory.NAME));
    String last = System.mapLibraryName("torch");
    for (String name : names) {
      if (!name.equals(last)) {
        Files.move(part.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.move(part.resolve(last), folder.resolve(last), StandardCopyOption.REPLACE_EXISTING);
    Map<String, Inventory.Entry> files = new TreeMap<>();
    for (String name : names) {
      Path file = folder.resolve(name);
      files.put(name, Inventory.Entry.of(file, Sha256.of(file)));
    }
    new Inventory(files).write(folder);
  }
}
