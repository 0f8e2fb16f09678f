package org.pagexplorer.ui.models;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.beans.InvalidationListener;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;
import org.pagexplorer.checkpoint.ModelLabel;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.Home;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.ModelShelf;

/** What the user has noted on the models at hand. On the FX thread; files are read on others. */
final class ModelNotes {
  private final ObservableMap<Path, String> notes = FXCollections.observableHashMap();
  private final Set<Path> known = new HashSet<>();

  ModelNotes(ModelShelf shelf) {
    shelf.models().addListener((InvalidationListener) models -> read(shelf.models()));
    read(shelf.models());
  }

  /** A shipped model's folder is not the user's to write to. */
  static Path place(Path model) {
    return Home.isShipped(model)
        ? Home.user().resolve("notes").resolve(ModelLabel.beside(model).getFileName())
        : ModelLabel.beside(model);
  }

  /** Of a model that is gone nothing is known: another may come to its place. */
  private void read(List<ModelFile> models) {
    known.retainAll(models.stream().map(ModelFile::file).toList());
    notes.keySet().retainAll(known);
    List<Path> files = models.stream().map(ModelFile::file).filter(known::add).toList();
    if (!files.isEmpty()) {
      BackgroundTask.of(() -> all(files)).onDone(notes::putAll).start();
    }
  }

  /** A damaged one is said where it is to be changed. */
  private static Map<Path, String> all(List<Path> files) {
    Map<Path, String> all = new HashMap<>();
    for (Path file : files) {
      try {
        all.put(file, ModelLabel.read(place(file)).notes());
      } catch (UserException e) {
        all.put(file, "");
      }
    }
    return all;
  }

  /** Empty where there are none. */
  String of(ModelFile model) {
    return notes.getOrDefault(model.file(), "");
  }

  /** Writes them; the task's answer is what is kept. */
  BackgroundTask<String> write(ModelFile model, String text) {
    return BackgroundTask.of(
            () -> {
              Path place = place(model.file());
              ModelLabel label = ModelLabel.read(place).withNotes(text);
              label.write(place);
              return label.notes();
            })
        .onDone(kept -> notes.put(model.file(), kept));
  }

  /** Told of each change. */
  ObservableMap<Path, String> all() {
    return notes;
  }
}
