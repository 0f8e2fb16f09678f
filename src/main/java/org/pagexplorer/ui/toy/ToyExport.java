package org.pagexplorer.ui.toy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.scene.input.Clipboard;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.dataset.toy.PointFile;
import org.pagexplorer.dataset.toy.PointSet;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;
import org.pagexplorer.lab.figure.Drawing;
import org.pagexplorer.lab.figure.FigureFile;
import org.pagexplorer.lab.figure.FigureSpecification.Toy;
import org.pagexplorer.lab.figure.FigureText;
import org.pagexplorer.lab.figure.ToyFigure;
import org.pagexplorer.lab.figure.TrainedToy;
import org.pagexplorer.lab.toy.BoundaryField;
import org.pagexplorer.lab.toy.DecisionBoundary;
import org.pagexplorer.lab.toy.Region;
import org.pagexplorer.lab.toy.SetupText;
import org.pagexplorer.lab.toy.ToyCard;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.ui.support.ClipboardText;
import org.pagexplorer.ui.support.Exhibit;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.FileDialogs;

/** What leaves the playground: figures, boundaries, weights, points, and the setup as text. */
final class ToyExport {
  private final ToyViewModel model;
  private final FileDialogs dialogs;

  ToyExport(ToyViewModel model, FileDialogs dialogs) {
    this.model = model;
    this.dialogs = dialogs;
  }

  /** What can be exported. */
  List<ExportChoice> exports() {
    return List.of(
        choice("Panels", "toy", "png", this::panels),
        choice("Decision boundaries", "boundaries", "csv", this::allBoundaries),
        choice("Points", "points", "csv", this::allPoints),
        choice("Weights", "toy", "safetensors", this::allWeights),
        seeds());
  }

  ExportChoice seeds() {
    return ExportChoice.of(
        "Many seeds", "seeds", model.seeds()::exhibit, "Train many seeds first.");
  }

  void open() {
    dialogs.export(exports());
  }

  private static ExportChoice choice(
      String title, String stem, String format, Supplier<Exhibit> made) {
    return new ExportChoice(
        title,
        stem,
        List.of(format),
        () -> Optional.of(made.get()),
        Optional::empty,
        Optional::empty,
        "");
  }

  /** Something without a picture. */
  private static Exhibit file(String stem, String format, Function<Path, String> written) {
    return new Exhibit(
        stem,
        List.of(format),
        Optional.empty(),
        Optional.empty(),
        (file, scale, watch) -> written.apply(file) + " " + file + ".");
  }

  /** All panels as they are, with what is in view. */
  private Exhibit panels() {
    ToySetup setup = model.setupProperty().get();
    PointSet points = model.problemProperty().get().test();
    Region region = model.view().regionProperty().get().ofRatio(1);
    List<String> titles =
        model.panels().stream().map(panel -> panel.schemeProperty().get().title()).toList();
    Toy specification = new Toy(setup, region, model.steps());
    boolean mixed = model.isMixed();
    String footer =
        TrainedToy.footer(
            setup,
            (double) model.steps()
                / TrainedToy.stepsPerEpoch(setup, model.problemProperty().get()));
    List<CompletableFuture<PanelViewModel.Picture>> pictures =
        model.panels().stream()
            .map(panel -> panel.picture(region, TrainedToy.RASTER, setup.attack()))
            .toList();
    Supplier<ToyFigure> made =
        () -> {
          List<ToyFigure.Panel> panels = new ArrayList<>();
          for (int i = 0; i < pictures.size(); i++) {
            PanelViewModel.Picture picture = pictures.get(i).join();
            panels.add(
                new ToyFigure.Panel(
                    titles.get(i),
                    ToyFigure.numbers(picture.numbers(), setup.epsilon()),
                    picture.field()));
          }
          return new ToyFigure(region, points, panels, footer);
        };
    return new Exhibit(
        "toy",
        FigureFile.ENDINGS,
        Optional.of(() -> drawing(made.get())),
        Optional.empty(),
        (file, scale, watch) -> {
          var _ = Exhibit.draw(drawing(made.get()), file, scale, watch);
          if (mixed) {
            return "The panels are saved, without a specification, since their training was changed"
                + " on the way, in "
                + file
                + ".";
          }
          FigureText.write(file, specification);
          return "The panels are saved, their specification beside them, in " + file + ".";
        });
  }

  private static Drawing drawing(ToyFigure figure) {
    return new Drawing(figure.width(), figure.height(), figure::draw);
  }

  /** Asked for at once, and awaited off the FX thread. */
  private List<CompletableFuture<BoundaryField>> fields(Region region) {
    return model.panels().stream().map(panel -> panel.field(region, TrainedToy.RASTER)).toList();
  }

  /** The lines within the view, panel after panel. */
  private Exhibit allBoundaries() {
    Region region = model.view().regionProperty().get().ofRatio(1);
    List<String> titles =
        model.panels().stream().map(panel -> panel.schemeProperty().get().title()).toList();
    List<CompletableFuture<BoundaryField>> fields = fields(region);
    return file(
        "boundaries",
        "csv",
        file -> {
          Map<String, DecisionBoundary> all = new LinkedHashMap<>();
          for (int i = 0; i < fields.size(); i++) {
            all.put((i + 1) + " " + titles.get(i), DecisionBoundary.of(fields.get(i).join()));
          }
          TextFile.save(file, DecisionBoundary.csv(all));
          return "The decision boundaries are saved in";
        });
  }

  /** A checkpoint a panel; more than one get their scheme's name into the file's. */
  private Exhibit allWeights() {
    ToySetup setup = model.setupProperty().get();
    String datasetName = ToyCard.datasetOf(setup);
    List<CompletableFuture<SequencedMap<String, Tensor>>> all =
        model.panels().stream().map(PanelViewModel::tensors).toList();
    List<ToySetup.Scheme> schemes =
        model.panels().stream().map(panel -> panel.schemeProperty().get()).toList();
    double epochs = model.epochsProperty().get();
    return file(
        "toy",
        "safetensors",
        file -> {
          List<Path> files = files(file, schemes);
          for (int i = 0; i < files.size(); i++) {
            ModelCard card = ToyCard.of(setup, schemes.get(i), datasetName, epochs);
            CheckpointFiles.write(files.get(i), new Checkpoint(card, all.get(i).join()), Dtype.F32);
          }
          return files.size() == 1
              ? "The weights are saved in"
              : "The weights are saved, one file per panel, beside";
        });
  }

  /** The one that was chosen, or one a panel: nobody was asked whether those may be replaced. */
  private static List<Path> files(Path chosen, List<ToySetup.Scheme> schemes) {
    if (schemes.size() == 1) {
      return List.of(chosen);
    }
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < schemes.size(); i++) {
      Path file = numbered(chosen, i + 1, schemes.get(i));
      if (Files.exists(file)) {
        throw new UserException(file + " is there already; choose another name.");
      }
      files.add(file);
    }
    return files;
  }

  /** {@code toy.safetensors} → {@code toy-1-vanilla.safetensors}. */
  private static Path numbered(Path file, int number, ToySetup.Scheme scheme) {
    String name = String.valueOf(file.getFileName());
    String stem = name.replaceFirst("\\.safetensors$", "");
    return file.resolveSibling(stem + "-" + number + "-" + scheme.method().id() + ".safetensors");
  }

  private Exhibit allPoints() {
    PointSet points = model.problemProperty().get().train();
    return file(
        "points",
        "csv",
        file -> {
          TextFile.save(file, PointFile.csv(points));
          return "The points are saved in";
        });
  }

  void copySetup() {
    ClipboardText.copy(SetupText.of(model.setupProperty().get()));
    model.notice().done("The setup is copied; paste it here, or into pag playground --setup.");
  }

  void pasteSetup() {
    String text = Clipboard.getSystemClipboard().getString();
    try {
      model.use(SetupText.parse(text == null ? "" : text));
    } catch (UserException e) {
      model.notice().report(e);
    }
  }
}
