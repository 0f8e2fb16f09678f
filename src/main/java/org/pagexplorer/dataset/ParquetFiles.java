package org.pagexplorer.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parquet files as Hugging Face writes image datasets: {@code test-00000-of-00001.parquet} and so
 * on, or a folder a part, with a column of encoded pictures and one of labels.
 */
final class ParquetFiles {
  private static final Pattern SHARD = Pattern.compile("(.+?)[-_.](\\d+)([-_.]of[-_.]\\d+.*)?");
  private static final Set<String> USUAL = Set.of("data", "plain_text", "default");
  private static final String EXTENSION = ".parquet";

  private ParquetFiles() {}

  static SequencedMap<String, Supplier<Dataset>> in(Path place) {
    TreeMap<String, List<Path>> shards = new TreeMap<>();
    if (Files.isDirectory(place)) {
      files(place).forEach(file -> add(shards, part(file), file));
      if (shards.isEmpty()) {
        Listing.folders(place).stream()
            .filter(folder -> Split.isName(Listing.name(folder)))
            .forEach(folder -> files(folder).forEach(f -> add(shards, Listing.name(folder), f)));
      }
    } else if (isParquet(place)) {
      add(shards, part(place), place);
    }
    SequencedMap<String, Supplier<Dataset>> parts = Layout.nothing();
    String name = name(Files.isDirectory(place) ? place : parent(place));
    shards.forEach(
        (part, files) -> parts.put(part, () -> ParquetTable.dataset(name, files, false)));
    shards.forEach(
        (part, files) -> {
          if (ParquetTable.hasCoarseLabels(files.getFirst())) {
            parts.put(Cifar100.partName(part, true), () -> ParquetTable.dataset(name, files, true));
          }
        });
    return parts;
  }

  /** The folder's, or that of the one above it where Hugging Face calls every dataset's alike. */
  private static String name(Path folder) {
    String own = Listing.folderName(folder);
    return USUAL.contains(own) ? Listing.folderName(parent(folder)) : own;
  }

  private static List<Path> files(Path folder) {
    return Listing.entries(folder, ParquetFiles::isParquet);
  }

  private static boolean isParquet(Path file) {
    return Listing.name(file).toLowerCase(Locale.ROOT).endsWith(EXTENSION);
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    return parent == null ? file : parent;
  }

  private static void add(TreeMap<String, List<Path>> shards, String part, Path file) {
    shards.computeIfAbsent(part, _ -> new ArrayList<>()).add(file);
  }

  private static String part(Path file) {
    String stem = Listing.name(file);
    stem = stem.substring(0, stem.length() - EXTENSION.length());
    if (stem.matches("\\d+")) {
      return Listing.folderName(parent(file)); // as in test/0000.parquet
    }
    Matcher shard = SHARD.matcher(stem);
    return shard.matches() ? shard.group(1) : stem;
  }
}
