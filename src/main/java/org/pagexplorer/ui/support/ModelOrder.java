package org.pagexplorer.ui.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.ModelCard.Measurement;

/** What lists of models are sorted by; models of the same place, by name. */
public enum ModelOrder {
  NAME("Name", _ -> 0.0),
  CLEAN("Clean accuracy", model -> -model.card().clean().map(Measurement::accuracy).orElse(-1.0)),
  ATTACKED("Accuracy under attack", model -> -attacked(model.card())),
  METHOD("Method", _ -> 0.0),
  NEWEST("Newest first", model -> -written(model.file()));

  private static final Comparator<ModelFile> BY_NAME =
      Comparator.comparing((ModelFile model) -> model.card().name(), String.CASE_INSENSITIVE_ORDER)
          .thenComparing(ModelFile::file);

  private final String title;
  private final Function<ModelFile, Double> place;

  ModelOrder(String title, Function<ModelFile, Double> place) {
    this.title = title;
    this.place = place;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** These models in this order. */
  public List<ModelFile> of(List<ModelFile> models) {
    Map<ModelFile, Double> places = new HashMap<>(); // asked once each: a file may change meanwhile
    models.forEach(model -> places.put(model, place.apply(model)));
    Comparator<ModelFile> first =
        this == METHOD
            ? Comparator.comparing(model -> model.card().method())
            : Comparator.comparingDouble(model -> places.getOrDefault(model, 0.0));
    return models.stream().sorted(first.thenComparing(BY_NAME)).toList();
  }

  /** The worst that was measured; −1 where nothing was. */
  private static double attacked(ModelCard card) {
    return card.measurements().stream()
        .filter(measured -> !measured.attack().equals("clean"))
        .mapToDouble(Measurement::accuracy)
        .min()
        .orElse(-1);
  }

  private static double written(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }
}
