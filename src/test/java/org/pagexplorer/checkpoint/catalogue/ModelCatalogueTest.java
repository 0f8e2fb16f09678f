package org.pagexplorer.checkpoint.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.RawFiles;

class ModelCatalogueTest {
  @TempDir private Path root;
  private Path first;
  private Path second;

  @BeforeEach
  void fillFolders() throws IOException {
    first = Files.createDirectory(root.resolve("first"));
    second = Files.createDirectory(root.resolve("second"));
    CheckpointFiles.write(first.resolve("c.safetensors"), RawFiles.checkpoint(), Dtype.F32);
    CheckpointFiles.write(second.resolve("a.safetensors"), RawFiles.checkpoint(), Dtype.F16);
    Files.writeString(first.resolve("b.safetensors"), "nonsense");
    Files.writeString(first.resolve("notes.txt"), "not a model");
    Files.createDirectory(first.resolve("d.safetensors"));
  }

  @Test
  void filesOfAllFoldersAreSortedByName() {
    assertEquals(
        List.of("a.safetensors", "b.safetensors", "c.safetensors"),
        names(List.of(first, second, root.resolve("missing"))));
  }

  @Test
  void foldersWithinAreNotSearched() {
    assertEquals(List.of(), names(List.of(root)));
  }

  @Test
  void fileFoundTwiceIsListedOnce() {
    Path again = root.resolve("second").resolve("..").resolve("first");
    assertEquals(List.of("b.safetensors", "c.safetensors"), names(List.of(first, again, first)));
  }

  @Test
  void brokenFileSaysWhyAndGoodOneShowsItsCard() {
    List<CatalogueEntry> entries = ModelCatalogue.scan(List.of(first));
    CatalogueEntry.Broken broken =
        assertInstanceOf(CatalogueEntry.Broken.class, entries.getFirst());
    assertTrue(broken.sentence().contains("b.safetensors"), broken.sentence());
    ModelFile usable = assertInstanceOf(ModelFile.class, entries.getLast());
    assertEquals("tiny", usable.card().name());
  }

  private static List<String> names(List<Path> folders) {
    return ModelCatalogue.scan(folders).stream()
        .map(entry -> entry.file().getFileName().toString())
        .toList();
  }
}
