package org.pagexplorer.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.pagexplorer.domain.UserException;

/**
 * NumPy's arrays of images and labels, in an {@code .npz} or as {@code .npy} files beside each
 * other; which belong together {@link ArrayPairs} tells by their names.
 */
final class NumpyFiles {
  private static final String ARRAY = ".npy";
  private static final String ARCHIVE = ".npz";

  /** Unpacked; a byte array cannot be much larger. */
  private static final long LARGEST = 2_000_000_000L;

  /** No compression gives more for a byte. */
  private static final long MOST_A_BYTE = 1_032;

  private NumpyFiles() {}

  /** An {@code .npz}, or a folder of such or of {@code .npy} files. */
  static SequencedMap<String, Supplier<Dataset>> in(Path place) {
    if (!Files.isDirectory(place)) {
      return isNamed(place, ARCHIVE) ? archive(place) : Layout.nothing();
    }
    SequencedMap<String, Supplier<NpyArray>> arrays = new LinkedHashMap<>();
    for (Path file : Listing.entries(place, file -> isNamed(file, ARRAY))) {
      arrays.put(stem(file), () -> NpyArray.map(file));
    }
    SequencedMap<String, Supplier<Dataset>> pairs =
        ArrayPairs.in(Listing.folderName(place), place, arrays);
    return pairs.isEmpty() ? archives(place) : pairs;
  }

  private static SequencedMap<String, Supplier<Dataset>> archives(Path folder) {
    List<Path> files = Listing.entries(folder, file -> isNamed(file, ARCHIVE));
    SequencedMap<String, Supplier<Dataset>> all = Layout.nothing();
    for (Path file : files) {
      archive(file)
          .forEach(
              (part, dataset) ->
                  all.put(files.size() == 1 ? part : joined(stem(file), part), dataset));
    }
    return all;
  }

  private static String joined(String stem, String part) {
    return part.equals(ImageFolder.ALL) ? stem : stem + "-" + part;
  }

  private static SequencedMap<String, Supplier<Dataset>> archive(Path file) {
    SequencedMap<String, Supplier<NpyArray>> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      zip.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(ARRAY))
          .sorted()
          .forEach(
              name ->
                  arrays.put(
                      name.substring(0, name.length() - ARRAY.length()),
                      () -> unpacked(file, name)));
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(file, e);
    }
    return ArrayPairs.in(stem(file), file, named(arrays));
  }

  /** What {@code np.savez(file, images, labels)} has called them itself. */
  private static SequencedMap<String, Supplier<NpyArray>> named(
      SequencedMap<String, Supplier<NpyArray>> arrays) {
    if (!arrays.keySet().equals(Set.of("arr_0", "arr_1"))) {
      return arrays;
    }
    SequencedMap<String, Supplier<NpyArray>> named = new LinkedHashMap<>();
    named.put("images", Objects.requireNonNull(arrays.get("arr_0")));
    named.put("labels", Objects.requireNonNull(arrays.get("arr_1")));
    return named;
  }

  private static NpyArray unpacked(Path file, String name) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(name);
      long size = entry.getSize();
      if (size < 0 || size > LARGEST || size > Files.size(file) * MOST_A_BYTE) {
        throw new UserException(
            "The array %s of %s is too large to be unpacked: save it as an .npy file."
                .formatted(name, file));
      }
      try (InputStream in = zip.getInputStream(entry)) {
        byte[] content = in.readNBytes((int) size);
        return NpyArray.of(file + ", " + name, MemorySegment.ofArray(content));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(file, e);
    }
  }

  private static UserException damaged(Path file, Exception cause) {
    return new UserException(
        "The file " + file + " is damaged or was cut short: download it again.", cause);
  }

  private static boolean isNamed(Path file, String extension) {
    return Listing.name(file).toLowerCase(Locale.ROOT).endsWith(extension);
  }

  private static String stem(Path file) {
    String name = Listing.name(file);
    return name.substring(0, name.length() - ARRAY.length());
  }
}
