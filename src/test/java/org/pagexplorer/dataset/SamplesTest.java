package org.pagexplorer.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.InputShape;

class SamplesTest {
  private static final Path ASSETS = Path.of("assets");

  @Test
  void thereAreAtLeastTenOfEachClassAndAllOpen() {
    Dataset samples = Samples.open(ASSETS);
    assertEquals("CIFAR-10 samples", samples.name());
    assertEquals(Cifar10.CLASSES, samples.classes());
    assertEquals(InputShape.CIFAR, samples.shape());
    int[] counts = new int[10];
    for (int i = 0; i < samples.size(); i++) {
      assertEquals(3072, samples.bytes(i).length);
      counts[samples.label(i)]++;
    }
    for (int count : counts) {
      assertTrue(count >= 10);
    }
  }

  @Test
  void missingSamplesAreRefused(@TempDir Path folder) {
    assertEquals(
        "The sample images are missing from "
            + folder.resolve("samples/cifar10")
            + ": install PAG Explorer again.",
        Written.refusal(() -> Samples.open(folder)));
  }

  @Test
  void samplesAreCifarsTestImagesBitForBit() throws Exception {
    Path data = Path.of(Optional.ofNullable(System.getenv("PAG_DATA")).orElse("data"));
    Path subset = data.resolve("cifar10-exact-subset");
    assumeTrue(Files.isDirectory(subset), "real data is not unpacked in " + subset);
    Dataset test = Datasets.open(subset, Split.TEST);
    assertEquals(1017, test.size());
    assertEquals("CIFAR-10 (subset)", test.name());
    assertEquals(Cifar10.CLASSES, test.classes());
    Dataset samples = Samples.open(ASSETS);
    List<Integer> indices = indices();
    assertEquals(samples.size(), indices.size());
    for (int i = 0; i < samples.size(); i++) {
      assertEquals(test.label(indices.get(i)), samples.label(i));
      assertArrayEquals(test.bytes(indices.get(i)), samples.bytes(i), "sample " + i);
    }
  }

  private static List<Integer> indices() throws IOException {
    try (Stream<Path> files = Files.walk(ASSETS.resolve("samples/cifar10"))) {
      return files
          .filter(file -> file.toString().endsWith(".png"))
          .sorted()
          .map(file -> Integer.valueOf(file.getFileName().toString().replace(".png", "")))
          .toList();
    }
  }
}
