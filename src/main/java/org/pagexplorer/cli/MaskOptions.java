package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.dataset.MaskFile;
import org.pagexplorer.domain.ClassNames;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.PaintedRegion;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which regions of the images may change. */
final class MaskOptions {
  private static final String OWN = "-";

  @Option(
      names = "--mask",
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "pictures whose white parts may change, gray ones less; fitted as the images are, of all"
              + " images; the last on top (default: all of an image may change)")
  List<Path> files = List.of();

  @Option(
      names = "--mask-targets",
      paramLabel = "CLASS",
      split = ",",
      description =
          "the class of each mask, in their order; - for the picture's own (default: that)")
  List<String> targets = List.of();

  @Option(
      names = "--mask-epsilon",
      converter = Fractions.OfPixels.class,
      paramLabel = "E",
      split = ",",
      description = "the bound of each mask, in their order (default: --epsilon)")
  List<Double> epsilons = List.of();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Before any work. */
  void check(Norm norm) {
    check(targets.size() <= files.size(), "--mask-targets has more classes than there are masks");
    check(epsilons.size() <= files.size(), "--mask-epsilon has more bounds than there are masks");
    epsilons.forEach(epsilon -> BallOptions.checked(spec, () -> ThreatModel.asked(norm, epsilon)));
  }

  private void check(boolean holds, String sentence) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), sentence);
    }
  }

  /** The images, of which only the masks' regions may change. */
  List<OriginalImage> within(List<OriginalImage> images, List<String> classes, Fit fit) {
    InputShape shape = images.getFirst().image().shape();
    List<PaintedRegion> regions = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      regions.add(
          new PaintedRegion(
              MaskFile.read(files.get(i), shape, fit),
              target(i, classes),
              i < epsilons.size() ? OptionalDouble.of(epsilons.get(i)) : OptionalDouble.empty()));
    }
    return images.stream().map(image -> image.within(regions)).toList();
  }

  private Optional<String> target(int i, List<String> classes) {
    return i >= targets.size() || targets.get(i).strip().equals(OWN)
        ? Optional.empty()
        : Optional.of(classes.get(ClassNames.index(classes, targets.get(i))));
  }

  /** What was asked for, an object for each mask. */
  List<Map<String, Object>> json() {
    List<Map<String, Object>> masks = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Map<String, Object> mask = new LinkedHashMap<>();
      mask.put("file", files.get(i).toString());
      if (i < targets.size() && !targets.get(i).strip().equals(OWN)) {
        mask.put("target", targets.get(i).strip());
      }
      if (i < epsilons.size()) {
        mask.put("epsilon", epsilons.get(i));
      }
      masks.add(mask);
    }
    return masks;
  }

  /** The class of the topmost mask where all masks have classes: then there is one picture. */
  Optional<String> onlyTarget(List<OriginalImage> images) {
    List<PaintedRegion> regions = images.getFirst().regions();
    return !regions.isEmpty() && regions.stream().allMatch(r -> r.target().isPresent())
        ? regions.getLast().target()
        : Optional.empty();
  }
}
