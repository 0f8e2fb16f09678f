package org.pagexplorer.engine.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pagexplorer.files.Sha256;

/**
 * Whether a PyTorch that was fetched is whole.
 *
 * @param folder its libraries
 * @param listed what its server calls their folder, as in {@link Pins}
 */
record TorchCheck(Path folder, String flavor, String listed) {

  /** Hashes what is there; where DJL has fetched it, there is no list of what should be. */
  boolean isWhole(Pins pins, Preparation preparation) throws IOException {
    Inventory known = Inventory.read(folder);
    Set<String> names = known.files().isEmpty() ? libraries() : known.files().keySet();
    Map<String, Inventory.Entry> found = new TreeMap<>();
    for (String name : names) {
      preparation.progress("Checking " + Build.title(flavor), found.size(), names.size());
      Path file = folder.resolve(name);
      if (!Files.isRegularFile(file) || LibraryFile.fault(file).isPresent()) {
        return false;
      }
      Inventory.Entry entry = Inventory.Entry.of(file, Sha256.of(file));
      Inventory.Entry before = known.files().getOrDefault(name, entry);
      String expected = Objects.requireNonNullElse(pins.of(listed + name), before.sha256());
      if (!entry.sha256().equals(before.sha256()) || !entry.sha256().equals(expected)) {
        return false;
      }
      found.put(name, entry);
    }
    for (Map.Entry<String, Inventory.Entry> file : found.entrySet()) {
      pins.check(listed + file.getKey(), file.getValue().sha256());
    }
    new Inventory(found).write(folder);
    return true;
  }

  private Set<String> libraries() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches("(lib)?[^.]+\\.(so|dll|dylib)(\\.[0-9.]+)?"))
          .filter(name -> !name.contains("djl_torch"))
          .collect(Collectors.toSet());
    }
  }
}
