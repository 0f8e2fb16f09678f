package org.pagexplorer.checkpoint.pytorch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.pagexplorer.files.RegularFile;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;

/**
 * The zip archive that PyTorch 1.6 and later writes: stored entries {@code NAME/data.pkl}, {@code
 * NAME/data/0}, … Entries are read in place, never unpacked to disk.
 */
final class ZipArchive implements AutoCloseable {
  private static final String PICKLE = "/data.pkl";
  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_TEXT = 1 << 20;

  private final ZipFile zip;
  private final Map<String, ZipEntry> entries;
  private final String root;
  private final Set<String> verified = new HashSet<>();

  private ZipArchive(ZipFile zip, Map<String, ZipEntry> entries, String root) {
    this.zip = zip;
    this.entries = entries;
    this.root = root;
  }

  /**
   * Opens an archive and checks its directory: plain names, nothing twice, and, unless it is a
   * program, nothing compressed and nothing larger than the file.
   */
  static ZipArchive open(Path file) throws IOException {
    ZipFile zip = zip(file);
    try {
      Map<String, ZipEntry> entries = entries(zip);
      ZipArchive archive = new ZipArchive(zip, entries, root(entries.keySet()));
      if (!archive.isProgram()) {
        checkSizes(entries.values(), Files.size(file));
      }
      return archive;
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static ZipFile zip(Path file) throws IOException {
    try {
      return new ZipFile(RegularFile.check(file).toFile());
    } catch (ZipException e) {
      throw new UnusableFileException("its zip directory is damaged or cut off");
    }
  }

  /** The folder that holds everything, with its slash. */
  private static String root(Set<String> names) {
    List<String> pickles =
        names.stream()
            .filter(n -> n.endsWith(PICKLE) && n.indexOf('/') == n.length() - PICKLE.length())
            .toList();
    if (pickles.size() != 1) {
      throw new UnusableFileException("it is a zip archive, but not one that torch.save wrote");
    }
    String pickle = pickles.getFirst();
    return pickle.substring(0, pickle.indexOf('/') + 1);
  }

  private static Map<String, ZipEntry> entries(ZipFile zip) {
    Map<String, ZipEntry> entries = new LinkedHashMap<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      checkName(entry.getName());
      if (entries.put(entry.getName(), entry) != null) {
        throw new UnusableFileException("it holds " + Sentences.quoted(entry.getName()) + " twice");
      }
    }
    return entries;
  }

  private static void checkSizes(Collection<ZipEntry> entries, long fileSize) {
    long total = 0;
    for (ZipEntry entry : entries) {
      if (entry.getMethod() != ZipEntry.STORED) {
        throw new UnusableFileException(
            "its entry "
                + Sentences.quoted(entry.getName())
                + " is compressed, which torch.save never does",
            "save it again with torch.save");
      }
      total += Math.max(0, entry.getSize());
      if (entry.getSize() != entry.getCompressedSize() || total > fileSize) {
        throw new UnusableFileException("its entries claim more bytes than the file has");
      }
    }
  }

  private static void checkName(String name) {
    boolean climbs = List.of(name.split("[/\\\\]", -1)).contains("..");
    if (climbs || name.startsWith("/") || name.startsWith("\\") || name.indexOf('\0') >= 0) {
      throw new UnusableFileException(
          "its entry " + Sentences.quoted(name) + " points out of the archive");
    }
  }

  boolean has(String name) {
    return entries.containsKey(root + name);
  }

  /** Whether it is a TorchScript program, with code beside its tensors. */
  boolean isProgram() {
    return has("constants.pkl")
        || entries.keySet().stream().anyMatch(entry -> entry.startsWith(root + "code/"));
  }

  /** The name of an entry as the zip's directory has it. */
  String fullName(String name) {
    return root + name;
  }

  /** An entry's size in bytes. */
  long size(String name) {
    return entry(name).getSize();
  }

  /** An entry's bytes, after its checksum has been compared. */
  InputStream open(String name) throws IOException {
    ZipEntry entry = entry(name);
    if (verified.add(name)) {
      verify(entry, name);
    }
    return zip.getInputStream(entry);
  }

  /** A small entry as text; empty if there is none. */
  String text(String name) throws IOException {
    if (!has(name)) {
      return "";
    }
    if (size(name) > LONGEST_TEXT) {
      throw new UnusableFileException("its part " + Sentences.quoted(name) + " is too long");
    }
    try (InputStream in = open(name)) {
      return new String(in.readNBytes(LONGEST_TEXT), StandardCharsets.UTF_8).strip();
    }
  }

  private ZipEntry entry(String name) {
    ZipEntry entry = entries.get(root + name);
    if (entry == null) {
      throw new UnusableFileException("it lacks its part " + Sentences.quoted(name));
    }
    return entry;
  }

  private void verify(ZipEntry entry, String name) throws IOException {
    CRC32 checksum = new CRC32();
    try (InputStream in = new BufferedInputStream(zip.getInputStream(entry), BUFFER)) {
      byte[] buffer = new byte[BUFFER];
      long left = entry.getSize();
      // No further than it says: what is compressed may never end.
      for (int count = in.read(buffer); count > 0 && left >= 0; count = in.read(buffer)) {
        checksum.update(buffer, 0, count);
        left -= count;
      }
    } catch (ZipException e) {
      throw new UnusableFileException("its part " + Sentences.quoted(name) + " is damaged");
    }
    if (checksum.getValue() != entry.getCrc()) {
      throw new UnusableFileException(
          "its part " + Sentences.quoted(name) + " fails its checksum, so it is damaged");
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
