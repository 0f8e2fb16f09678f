package org.pagexplorer.ui.shell;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.lab.attack.AimText;
import org.pagexplorer.lab.attack.SpecificationFields;
import org.pagexplorer.lab.figure.FigureMaker;
import org.pagexplorer.lab.figure.FigureSpecification;
import org.pagexplorer.lab.figure.FigureSpecification.Pictures;
import org.pagexplorer.lab.figure.FigureSpecification.Toy;
import org.pagexplorer.lab.figure.FigureText;
import org.pagexplorer.lab.settings.Recents.Kind;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.settings.RecentFiles;
import org.pagexplorer.ui.shell.MainWindow.Screen;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Notice;

/**
 * Opens figures' specifications: sets the window to the models, images, and attack of one, or the
 * playground to its networks.
 */
record FigureOpening(
    ObjectProperty<Screen> screen,
    Screens screens,
    ModelShelf shelf,
    RecentFiles recent,
    Notice notice) {

  /** A specification, and where its models are by now. */
  private record Found(FigureSpecification figure, List<Path> models) {
    static Found in(Path file) {
      FigureSpecification figure = FigureText.read(file);
      return new Found(
          figure,
          figure instanceof Pictures pictures
              ? pictures.models().stream().map(FigureMaker::file).toList()
              : List.of());
    }
  }

  void open(Path file) {
    BackgroundTask.of(() -> Found.in(file))
        .onDone(
            found -> {
              switch (found.figure()) {
                case Toy toy -> show(toy);
                case Pictures pictures -> show(pictures, found.models(), file);
              }
              recent.opened(Kind.SPECIFICATIONS, file);
            })
        .onFailed(notice::report)
        .start();
  }

  private void show(Toy toy) {
    screens.toy.use(toy.setup());
    screen.set(Screen.TOY);
  }

  /** One model is looked at on Explore; more are compared, as the figure does. */
  private void show(Pictures figure, List<Path> files, Path file) {
    List<ModelFile> models = files.stream().map(shelf::add).toList();
    AttackSetup setup = screens.setup;
    shelf.chosenProperty().set(models.getFirst());
    setup.settings().part().take(attack(figure));
    setup.rows().openFigure(file, figure.subjects());
    if (figure.targeted() && figure.aim().isEmpty()) {
      setup.target(figure.columns());
    }
    if (models.size() > 1) {
      screens.compare.choose(models);
    }
    screen.set(models.size() > 1 ? Screen.COMPARE : Screen.EXPLORE);
    if (!setup.settings().specification().equals(figure.attack())) {
      notice.say(
          "Not every parameter of %s can be set in the window: pag figure --from makes its figure exactly."
              .formatted(file.getFileName()));
    }
  }

  /** By the names of the settings' part, which are the specification's. */
  private static JsonObject attack(Pictures figure) {
    JsonObject attack =
        new Gson().toJsonTree(SpecificationFields.of(figure.attack())).getAsJsonObject();
    attack.addProperty("targeted", figure.targeted());
    attack.add("aim", figure.aim().map(AimText::json).orElseGet(JsonObject::new));
    attack.addProperty("automaticStepSize", false);
    attack.addProperty("precision", figure.precision().id());
    return attack;
  }
}
