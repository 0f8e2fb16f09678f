package org.pagexplorer.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * CIFAR-100's binary version (Krizhevsky, 2009): as CIFAR-10's, with a coarse and a fine label
 * before the pixels. The fine ones are read; the parts called {@code …-coarse} have the others.
 */
final class Cifar100 {
  static final List<String> COARSE =
      List.of(
          ("aquatic_mammals fish flowers food_containers fruit_and_vegetables"
                  + " household_electrical_devices household_furniture insects large_carnivores"
                  + " large_man-made_outdoor_things large_natural_outdoor_scenes"
                  + " large_omnivores_and_herbivores medium_mammals non-insect_invertebrates people"
                  + " reptiles small_mammals trees vehicles_1 vehicles_2")
              .split(" ", -1));

  private Cifar100() {}

  /** {@code train.bin} and {@code test.bin} beside {@code fine_label_names.txt}. */
  static SequencedMap<String, Supplier<Dataset>> in(Path folder) {
    SequencedMap<String, Supplier<Dataset>> parts = Layout.nothing();
    if (!Files.exists(folder.resolve("fine_label_names.txt"))) {
      return parts;
    }
    for (boolean coarse : new boolean[] {false, true}) {
      for (String split : List.of("test", "train")) {
        Path file = folder.resolve(split + ".bin");
        if (Files.exists(file)) {
          parts.put(partName(split, coarse), () -> open(folder, file, coarse));
        }
      }
    }
    return parts;
  }

  static String partName(String split, boolean coarse) {
    return coarse ? split + "-coarse" : split;
  }

  static String name(boolean coarse) {
    return coarse ? "CIFAR-100 (coarse)" : "CIFAR-100";
  }

  private static Dataset open(Path folder, Path file, boolean coarse) {
    List<String> classes =
        coarse
            ? ClassNames.read(folder.resolve("coarse_label_names.txt"), COARSE)
            : ClassNames.read(
                folder.resolve("fine_label_names.txt"), UsualClasses.CIFAR100.names());
    return CifarBatches.open(name(coarse), classes, List.of(file), 2, coarse ? 0 : 1);
  }
}
