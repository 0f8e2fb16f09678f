package org.pagexplorer.lab.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.CheckpointNames;
import org.pagexplorer.checkpoint.importing.ForeignModel;
import org.pagexplorer.checkpoint.importing.ForeignModel.Answers;
import org.pagexplorer.dataset.ImageNet;
import org.pagexplorer.dataset.UsualClasses;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.domain.UsualNormalization;

/** What somebody's file leaves open, answered where there is one usual answer. */
public final class ImportDefaults {
  /** What is said where a model is taken for ImageNet's. */
  public static final String IMAGENET =
      "Taken for one of torchvision's of ImageNet: its 1,000 class names and its normalization.";

  private ImportDefaults() {}

  /** Whether a network is what torchvision's weights of ImageNet are for. */
  public static boolean isImageNets(Architecture network) {
    return network.classes() == ImageNet.CLASSES.size()
        && network.family().id().startsWith("torchvision-");
  }

  /** The file's own, or torchvision's. */
  public static Optional<Normalization> normalization(Arrival model) {
    Architecture network = model.architectures().getFirst();
    return model
        .normalization()
        .or(
            () ->
                isImageNets(network)
                    ? UsualNormalization.IMAGENET.of(network.input().channels())
                    : Optional.empty());
  }

  /** The file's own, torchvision's, or numbers where no published dataset has so many. */
  public static Optional<List<String>> classes(Arrival model) {
    Architecture network = model.architectures().getFirst();
    if (model.classes().isPresent()) {
      return model.classes();
    }
    if (isImageNets(network)) {
      return Optional.of(ImageNet.CLASSES);
    }
    return UsualClasses.ofSize(network.classes()).isEmpty()
        ? Optional.of(UsualClasses.numbered(network.classes()))
        : Optional.empty();
  }

  /** Whether torchvision's answers were needed. */
  public static boolean isTakenForImageNets(Arrival model) {
    return isImageNets(model.architectures().getFirst())
        && (model.normalization().isEmpty() || model.classes().isEmpty());
  }

  /**
   * All answers of a file that leaves nothing open.
   *
   * @throws UserException with the command that answers what is open
   */
  static Answers of(ForeignModel model) {
    Arrival arrival = new Arrival.Weights(model);
    Optional<Normalization> normalization = normalization(arrival);
    Optional<List<String>> classes = classes(arrival);
    if (model.architectures().size() > 1 || normalization.isEmpty() || classes.isEmpty()) {
      throw new UserException(question(model));
    }
    String stem = CheckpointNames.stem(model.file());
    return new Answers(
        isLikeliest(model) ? stem : stem + " (" + model.place() + ")",
        model.architectures().getFirst(),
        normalization.orElseThrow(),
        classes.orElseThrow(),
        "");
  }

  private static boolean isLikeliest(ForeignModel model) {
    return model.place().equals(model.places().getFirst());
  }

  /** What a file leaves open and the one command that answers it; empty if nothing is open. */
  public static String question(ForeignModel model) {
    Arrival arrival = new Arrival.Weights(model);
    List<String> open = new ArrayList<>();
    List<String> options = new ArrayList<>();
    String choices = "";
    if (model.architectures().size() > 1) {
      open.add("which network it is");
      options.add(ForeignModel.question(model.architectures()));
    }
    if (normalization(arrival).isEmpty()) {
      open.add("its normalization");
      options.add("--normalization N");
      choices =
          ", where N is one of "
              + UsualNormalization.ids()
              + "; without it, the accuracy of each is shown";
    }
    if (classes(arrival).isEmpty()) {
      open.add("its class names");
      options.add("--classes " + usual(model.architectures().getFirst()));
    }
    if (open.isEmpty()) {
      return "";
    }
    return "%s does not record %s: import it once with pag import %s%s %s --out %s%s."
        .formatted(
            model.file(),
            String.join(" and ", open),
            word(model.file().toString()),
            isLikeliest(model) ? "" : " --weights " + word(model.place()),
            String.join(" ", options),
            word(CheckpointNames.stem(model.file()) + CheckpointFiles.EXTENSION),
            choices);
  }

  /** Of two sets of ten classes, the one of its images. */
  private static String usual(Architecture network) {
    List<UsualClasses> sets = UsualClasses.ofSize(network.classes());
    return network.input().equals(InputShape.STL) && sets.contains(UsualClasses.STL10)
        ? UsualClasses.STL10.id()
        : sets.getFirst().id();
  }

  /** As a shell takes it. */
  private static String word(String text) {
    return text.matches("[\\w./:=,+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
