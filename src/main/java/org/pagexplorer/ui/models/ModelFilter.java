package org.pagexplorer.ui.models;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.lab.Home;

/**
 * Which models the list shows.
 *
 * @param words all of which are to be found in what is known of a model
 * @param from where it is from
 * @param method how it was trained; empty for any
 */
record ModelFilter(String words, From from, String method) {
  static final ModelFilter NONE = new ModelFilter("", From.ANYWHERE, "");

  /** Where models are from. */
  enum From {
    ANYWHERE("All models"),
    SHIPPED("Shipped models"),
    OWN("My models");

    private final String title;

    From(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  ModelFilter withWords(String newWords) {
    return new ModelFilter(newWords, from, method);
  }

  ModelFilter withFrom(From newFrom) {
    return new ModelFilter(words, newFrom, method);
  }

  ModelFilter withMethod(String newMethod) {
    return new ModelFilter(words, from, newMethod);
  }

  List<ModelFile> of(List<ModelFile> models, ModelNotes notes) {
    return models.stream()
        .filter(
            model ->
                from == From.ANYWHERE || Home.isShipped(model.file()) == (from == From.SHIPPED))
        .filter(model -> method.isEmpty() || model.card().method().equals(method))
        .filter(model -> hasWords(model, notes.of(model)))
        .toList();
  }

  private boolean hasWords(ModelFile model, String notes) {
    ModelCard card = model.card();
    String known =
        String.join(
                "\n",
                card.name(),
                card.architecture().title(),
                card.method(),
                card.dataset(),
                String.valueOf(model.file().getFileName()),
                notes)
            .toLowerCase(Locale.ROOT);
    return Stream.of(words.toLowerCase(Locale.ROOT).strip().split("\\s+"))
        .allMatch(known::contains);
  }
}
