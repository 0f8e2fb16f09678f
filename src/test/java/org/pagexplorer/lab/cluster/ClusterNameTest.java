package org.pagexplorer.lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterNameTest {
  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void theConfigurationNamesIt() throws IOException {
    Path gone = folder.resolve("gone");
    Path comment = write("a", "# ClusterName=old\nSlurmctldHost=h\n");
    Path file = write("b", "SlurmctldHost=h\n  clustername = titan # ours\n");
    assertEquals("titan", ClusterName.of(Map.of(), List.of(gone, folder, comment, file)));
    assertEquals("", ClusterName.of(Map.of(), List.of(gone, comment)));
    assertEquals("titan", ClusterName.of(Map.of("SLURM_CONF", file.toString()), List.of(comment)));
    assertEquals("rigel", ClusterName.of(Map.of("SLURM_CLUSTERS", "rigel"), List.of(file)));
  }

  @Test
  void ofSeveralChosenOnesNoneIsKnown() throws IOException {
    Path file = write("b", "ClusterName=titan\n");
    for (String several : List.of("rigel,titan", "all", " ALL ")) {
      assertEquals("", ClusterName.of(Map.of("SLURM_CLUSTERS", several), List.of(file)), several);
    }
  }

  @Test
  void namesInAnyCaseAreOfTheSameCluster() {
    Slurm titan = new Slurm(List.of(), "Titan");
    assertFalse(titan.isOther("titan"));
    assertFalse(titan.isOther(""));
    assertTrue(titan.isOther("rigel"));
  }
}
