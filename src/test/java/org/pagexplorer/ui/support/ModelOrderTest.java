package org.pagexplorer.ui.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Cards;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard.Measurement;

class ModelOrderTest {
  @TempDir Path folder;

  private ModelFile model(String name, long written, Measurement... measured) throws IOException {
    Path file = Files.createFile(folder.resolve(name));
    Files.setLastModifiedTime(file, FileTime.fromMillis(written));
    return new ModelFile(
        file,
        Cards.of(name, Architecture.mlp(2, InputShape.CIFAR, 2), List.of("x", "y"), measured));
  }

  private static Measurement measured(String attack, double accuracy) {
    return new Measurement(attack, "CIFAR-10", accuracy, 100);
  }

  private static String names(ModelOrder order, List<ModelFile> models) {
    return String.join(" ", order.of(models).stream().map(m -> m.card().name()).toList());
  }

  @Test
  void eachOrderIsByWhatItSaysAndThenByName() throws IOException {
    List<ModelFile> models =
        List.of(
            model("c", 3000, measured("clean", 0.9), measured("L2 PGD-20", 0.1)),
            model("B", 1000, measured("clean", 0.5), measured("L2 PGD-20", 0.4)),
            model("d", 2000, measured("L2 PGD-20", 0.9), measured("L∞ PGD-20", 0.2)),
            model("a", 2000));
    assertEquals("a B c d", names(ModelOrder.NAME, models));
    assertEquals("c B a d", names(ModelOrder.CLEAN, models), "those that were not measured last");
    assertEquals("B d c a", names(ModelOrder.ATTACKED, models), "by the worst that was measured");
    assertEquals("a B c d", names(ModelOrder.METHOD, models), "all of one method");
    assertEquals("c a d B", names(ModelOrder.NEWEST, models));
  }
}
