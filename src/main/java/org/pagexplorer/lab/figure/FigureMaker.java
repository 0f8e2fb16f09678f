package org.pagexplorer.lab.figure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.catalogue.CatalogueEntry;
import org.pagexplorer.checkpoint.catalogue.ModelCatalogue;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.attack.Aim;
import org.pagexplorer.lab.attack.AttackedGrid;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.SpecificationFields;
import org.pagexplorer.lab.attack.TargetGrid;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.lab.figure.FigureSpecification.Epochs;
import org.pagexplorer.lab.figure.FigureSpecification.ModelReference;
import org.pagexplorer.lab.figure.FigureSpecification.Pictures;
import org.pagexplorer.lab.figure.FigureSpecification.Toy;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.OpenModel;

/** Makes a figure from its specification, always the same on the same machine. */
public final class FigureMaker {
  private FigureMaker() {}

  /**
   * Attacks or trains, then draws.
   *
   * @param engine on the specification's device
   * @param observer is told of the attacks of each model
   * @return nothing if the observer cancelled
   * @throws UserException if a model is missing or has been replaced
   */
  public static Optional<Drawing> make(
      FigureSpecification specification, TorchEngine engine, TargetGrid.Observer observer) {
    return switch (specification) {
      case Toy toy -> {
        TorchEngine.useThreads(1);
        yield TrainedToy.figure(
                engine, toy.setup(), toy.region(), toy.steps(), observer::isCancelled)
            .map(figure -> new Drawing(figure.width(), figure.height(), figure::draw));
      }
      case Pictures pictures -> {
        TorchEngine.useThreads(pictures.threads());
        yield attacked(pictures, engine, observer).map(grid -> drawing(pictures, grid));
      }
    };
  }

  /** The drawing of pictures that have been made already. */
  public static Drawing drawing(Pictures specification, AttackedGrid grid) {
    String footer =
        SpecificationFields.line(specification.attack(), specification.precision())
            + specification.aim().map(Aim::words).orElse("")
            + OriginalImage.regionsInWords(specification.subjects());
    if (specification.figure() == 5) {
      return LambdaFigure.of(grid, specification.models(), footer);
    }
    GridFigure figure = GridFigure.of(grid, footer);
    return new Drawing(figure.width(), figure.height(), figure::draw);
  }

  private static Optional<AttackedGrid> attacked(
      Pictures specification, TorchEngine engine, TargetGrid.Observer observer) {
    List<OpenModel> models = specification.models().stream().map(FigureMaker::open).toList();
    if (specification.targeted()) {
      Agreement.checkInputs(models); // targets are known by name
    } else {
      Agreement.check(models);
    }
    models.forEach(model -> check(specification, model.card()));
    checkLabels(specification, models.getFirst().card().classes());
    List<List<List<AttackedImage>>> results = new ArrayList<>();
    for (OpenModel model : models) {
      try (Classifier classifier = model.classifier(engine, specification.precision())) {
        List<Tile> tiles = tiles(specification, model.card(), classifier);
        Optional<List<AttackedImage>> flat =
            new TargetGrid(classifier, specification.attack(), specification.batch())
                .run(
                    TargetGrid.within(tiles, specification.subjects(), model.card().classes()),
                    observer);
        if (flat.isEmpty()) {
          return Optional.empty();
        }
        results.add(AttackedGrid.rows(flat.get(), specification.columns().size()));
      }
    }
    return Optional.of(
        new AttackedGrid(models, specification.subjects(), specification.columns(), results));
  }

  /** Before any work whether the specification and its models speak of the same. */
  private static void check(Pictures specification, ModelCard card) {
    InputShape shape = specification.subjects().getFirst().image().shape();
    if (!card.architecture().input().equals(shape)) {
      throw new UserException(
          "The models take inputs of %s but the images of this figure are %s: choose another specification."
              .formatted(card.architecture().input(), shape));
    }
    List<String> classes = card.classes();
    specification.aim().ifPresent(aim -> aim.goals(card));
    boolean ofClasses = specification.targeted() && specification.aim().isEmpty();
    for (String target : ofClasses ? specification.columns() : List.<String>of()) {
      if (!classes.contains(target)) {
        throw new UserException("The models know no class \"" + target + "\".");
      }
    }
    checkRegions(specification, classes);
    specification.size().checkMemory(specification.attack(), classes.size(), 1);
  }

  private static void checkRegions(Pictures specification, List<String> classes) {
    specification.subjects().stream()
        .flatMap(subject -> subject.regions().stream())
        .flatMap(region -> region.target().stream())
        .filter(target -> !classes.contains(target))
        .findFirst()
        .ifPresent(
            target -> {
              throw new UserException("The models know no class \"" + target + "\".");
            });
  }

  /** They are numbers among the first model's classes. */
  private static void checkLabels(Pictures specification, List<String> classes) {
    for (OriginalImage subject : specification.subjects()) {
      if (subject.label().orElse(0) >= classes.size()) {
        throw new UserException(
            "An image of this figure has the label %d, but the models know %d classes, from 0 on."
                .formatted(subject.label().getAsInt(), classes.size()));
      }
    }
  }

  private static List<Tile> tiles(Pictures specification, ModelCard card, Classifier classifier) {
    List<String> classes = card.classes();
    List<Image> images = specification.subjects().stream().map(OriginalImage::image).toList();
    if (specification.aim().isPresent()) {
      return TargetGrid.tilesToward(images, specification.aim().get().goals(card));
    }
    return specification.targeted()
        ? TargetGrid.tiles(images, specification.columns().stream().map(classes::indexOf).toList())
        : TargetGrid.tilesAway(images, labels(specification.subjects(), images, classifier));
  }

  /** Where no label is known, what the model names the image is to be left. */
  private static List<Integer> labels(
      List<OriginalImage> subjects, List<Image> images, Classifier classifier) {
    List<Integer> labels = new ArrayList<>();
    boolean allKnown = subjects.stream().allMatch(subject -> subject.label().isPresent());
    int[] named = allKnown ? new int[images.size()] : classifier.predictions(images);
    for (int i = 0; i < named.length; i++) {
      labels.add(subjects.get(i).label().orElse(named[i]));
    }
    return labels;
  }

  private static OpenModel open(ModelReference reference) {
    return Optional.of(OpenModel.read(file(reference), reference.weights()))
        .filter(model -> model.sha256().equals(reference.sha256())) // still
        .orElseThrow(() -> missing(reference));
  }

  /**
   * Where a model was, or wherever the same bytes are among the models at hand.
   *
   * @throws UserException if it is missing
   */
  public static Path file(ModelReference reference) {
    Path file = reference.file();
    if (Files.isRegularFile(file) && CheckpointFiles.sha256(file).equals(reference.sha256())) {
      return file;
    }
    return ModelCatalogue.scan(Home.modelFolders()).stream()
        .filter(ModelFile.class::isInstance)
        .map(CatalogueEntry::file)
        .filter(other -> CheckpointFiles.sha256(other).equals(reference.sha256()))
        .findFirst()
        .orElseThrow(() -> missing(reference));
  }

  private static UserException missing(ModelReference reference) {
    Path file = reference.file();
    return new UserException(
        "The model \"%s\" of this figure is not available: %s %s, and no model here has its SHA-256, %s…."
            .formatted(
                reference.name(),
                file,
                Files.exists(file) ? "has been replaced" : "is gone",
                reference.sha256().substring(0, 12)));
  }

  /** References to models that were read; figure 5's know their runs. */
  public static List<ModelReference> references(int figure, List<OpenModel> models) {
    return models.stream()
        .map(
            m ->
                new ModelReference(
                    m.file().toAbsolutePath().normalize(),
                    m.card().name(),
                    m.sha256(),
                    m.weights(),
                    figure == 5 ? Epochs.ofRun(m.file()) : Epochs.NONE))
        .toList();
  }
}
