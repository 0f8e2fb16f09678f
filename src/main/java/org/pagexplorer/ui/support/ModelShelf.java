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
import org.pagexplorer.checkpoint.catalogue.ModelFiles;
import org.pagexplorer.domain.ModelCard;

/** The models at hand and the one that is chosen; on the FX thread. */
public final class ModelShelf {
  private final ObservableList<Model> models = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable Model> chosen = new SimpleObjectProperty<>();

  /** A checkpoint whose card has been read. */
  public record Model(Path file, ModelCard card) {}

  /** Puts the models of these folders onto the shelf; sentences about broken ones are returned. */
  public List<String> scan(List<Path> folders) {
    List<CatalogueEntry> found = ModelCatalogue.scan(folders);
    for (CatalogueEntry entry : found) {
      if (entry instanceof CatalogueEntry.Usable(Path file, ModelCard card)) {
        models.add(new Model(file, card));
      }
    }
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
  public Model add(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Model model = new Model(absolute, ModelFiles.readCard(absolute));
    Optional<Model> known = models.stream().filter(m -> m.file().equals(absolute)).findFirst();
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

  public ObservableList<Model> models() {
    return models;
  }

  /** The chosen model; null while there is none. */
  public ObjectProperty<@Nullable Model> chosenProperty() {
    return chosen;
  }

  public Optional<Model> chosen() {
    return Optional.ofNullable(chosen.get());
  }
}
