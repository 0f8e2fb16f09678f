package org.pagexplorer.ui.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import org.pagexplorer.checkpoint.CheckpointNames;
import org.pagexplorer.checkpoint.catalogue.ModelFiles;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.model.TrustedPrograms;
import org.pagexplorer.lab.settings.Recents.Kind;
import org.pagexplorer.ui.explore.ExploreViewModel;
import org.pagexplorer.ui.importing.ImportViewModel;
import org.pagexplorer.ui.settings.RecentFiles;
import org.pagexplorer.ui.shell.MainWindow.Screen;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Notice;

/** Files that arrive, dropped, chosen or given at the start: each goes where its kind belongs. */
record Opening(
    ObjectProperty<Screen> screen,
    ModelShelf shelf,
    ExploreViewModel explore,
    ImportViewModel importing,
    Consumer<Path> points,
    FigureOpening figures,
    RecentFiles recent,
    Notice notice) {
  void open(List<Path> files) {
    List<Path> pictures = new ArrayList<>();
    for (Path file : files) {
      String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
      if (Files.isDirectory(file) || Datasets.isFile(file)) {
        explore.rows().openDataset(file);
      } else if (name.endsWith(".csv")) {
        screen.set(Screen.TOY);
        points.accept(file);
      } else if (name.endsWith(".json")) {
        figures.open(file);
      } else if (isModel(file, name)) {
        openModel(file);
      } else {
        pictures.add(file);
      }
    }
    if (!pictures.isEmpty()) {
      explore.addPictures(pictures);
    }
  }

  /** Datasets have files called .bin, too. */
  private static boolean isModel(Path file, String name) {
    boolean isData = name.endsWith(".bin") && !name.contains("model");
    return CheckpointNames.isOne(file) && !isData || name.endsWith(".zip") || name.endsWith(".tar");
  }

  /** One of ours goes onto the shelf; about anyone else's some things have to be asked. */
  private void openModel(Path file) {
    recent.opened(Kind.MODELS, file);
    BackgroundTask.of(() -> ModelFiles.isNamedLikeOne(file) && TrustedPrograms.mayOpen(file))
        .onDone(
            mayBeOurs -> {
              if (!mayBeOurs || !isShelved(file)) {
                importing.open(file);
              }
            })
        .onFailed(notice::report)
        .start();
  }

  /**
   * False where a file is perhaps somebody else's; if not, the import says what is wrong with it.
   */
  private boolean isShelved(Path file) {
    try {
      shelf.open(file);
      return true;
    } catch (UserException e) {
      return false;
    }
  }
}
