package org.pagexplorer.ui.support;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.checkpoint.catalogue.CatalogueEntry;
import org.pagexplorer.checkpoint.catalogue.ModelCatalogue;
import org.pagexplorer.checkpoint.catalogue.ModelFile;

/** The models at hand and the one that is chosen; on the FX thread. */
public final class ModelShelf {
  private final ObservableList<ModelFile> models = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable ModelFile> chosen = new SimpleObjectProperty<>();

  private final ModelArrangement arrangement = new ModelArrangement();

  /** How lists of them are sorted, and what they leave out. */
  public ModelArrangement arrangement() {
    return arrangement;
  }

  /** Puts the models of these folders onto the shelf; sentences about broken ones are returned. */
  public List<String> scan(List<Path> folders) {
    List<CatalogueEntry> found = ModelCatalogue.scan(folders);
    models.addAll( // at once: lists are laid out after each change
        found.stream().filter(ModelFile.class::isInstance).map(ModelFile.class::cast).toList());
    return found.stream()
        .filter(CatalogueEntry.Broken.class::isInstance)
        .map(entry -> ((CatalogueEntry.Broken) entry).sentence())
        .toList();
  }

  /**
   * Adds a checkpoint and chooses it; one that is there already is just chosen.
   *
   * @throws org.pagexplorer.domain.UserException if the file is no usable checkpoint
   */
  public void open(Path file) {
    chosen.set(add(file));
  }

  /**
   * Adds a checkpoint that may be there already, and chooses none. One whose file says something
   * else by now takes the former's place.
   *
   * @throws org.pagexplorer.domain.UserException if the file is no usable checkpoint
   */
  public ModelFile add(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    ModelFile model = ModelFile.read(absolute);
    Optional<ModelFile> known = models.stream().filter(m -> m.file().equals(absolute)).findFirst();
    if (known.isEmpty()) {
      models.add(model);
    } else if (!known.get().equals(model)) {
      models.set(models.indexOf(known.get()), model);
      if (known.equals(chosen())) {
        chosen.set(model);
      }
    }
    return model;
  }

  /** Takes out the models of a folder that is gone. */
  public void forget(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    models.removeIf(model -> model.file().startsWith(absolute));
    if (chosen.get() != null && !models.contains(chosen.get())) {
      chosen.set(models.isEmpty() ? null : models.getFirst());
    }
  }

  public ObservableList<ModelFile> models() {
    return models;
  }

  /** The chosen model; null while there is none. */
  public ObjectProperty<@Nullable ModelFile> chosenProperty() {
    return chosen;
  }

  public Optional<ModelFile> chosen() {
    return Optional.ofNullable(chosen.get());
  }

  /** The class names of the chosen model; none while there is none. */
  public List<String> classes() {
    return chosen().map(model -> model.card().classes()).orElse(List.of());
  }
}
