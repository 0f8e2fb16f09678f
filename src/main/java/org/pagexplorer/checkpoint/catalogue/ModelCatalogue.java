package org.pagexplorer.checkpoint.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.Sentences;

/** The models in some folders. */
public final class ModelCatalogue {
  private ModelCatalogue() {}

  /**
   * Every {@code *.safetensors} and {@code *.torchscript} of these folders (not of folders within),
   * sorted by file name; a file found twice is listed once. A folder that does not exist counts as
   * empty; one that cannot be listed is itself a broken entry.
   */
  public static List<CatalogueEntry> scan(List<Path> folders) {
    Map<Path, CatalogueEntry> entries = new LinkedHashMap<>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        scan(folder, entries);
      }
    }
    return entries.values().stream()
        .sorted(Comparator.comparing(ModelCatalogue::fileName).thenComparing(CatalogueEntry::file))
        .toList();
  }

  private static void scan(Path folder, Map<Path, CatalogueEntry> entries) {
    try {
      for (Path file : checkpoints(folder)) {
        entries.computeIfAbsent(identity(file), _ -> entry(file));
      }
    } catch (IOException e) {
      entries.put(
          folder,
          new CatalogueEntry.Broken(
              folder, String.valueOf(Sentences.unreadable(folder, e).getMessage())));
    }
  }

  private static Path identity(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      // Deleted since it was listed: reading it will say so.
      return file.toAbsolutePath();
    }
  }

  private static List<Path> checkpoints(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(ModelCatalogue::isCheckpoint).sorted().toList();
    }
  }

  private static boolean isCheckpoint(Path file) {
    return ModelFiles.isNamedLikeOne(file) && Files.isRegularFile(file);
  }

  private static CatalogueEntry entry(Path file) {
    try {
      return ModelFile.read(file);
    } catch (UserException e) {
      return new CatalogueEntry.Broken(file, String.valueOf(e.getMessage()));
    }
  }

  private static String fileName(CatalogueEntry entry) {
    return String.valueOf(entry.file().getFileName());
  }
}
