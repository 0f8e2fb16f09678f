package org.pagexplorer.ui.shell;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.lab.model.TrustedPrograms;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.settings.Part;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Notice;

/** The model that is chosen and the targets among its classes, to be remembered together. */
final class ChosenModel {
  private final ModelShelf shelf;
  private final AttackSetup setup;
  private final Notice notice;

  /** Being read; its targets come when it is there. */
  private @Nullable Path awaited;

  private List<String> targets = List.of();

  ChosenModel(ModelShelf shelf, AttackSetup setup, Notice notice) {
    this.shelf = shelf;
    this.setup = setup;
    this.notice = notice;
  }

  Part part() {
    return new Part("model")
        .text("file", this::file, this::choose, shelf.chosenProperty())
        .texts(
            "targets",
            () -> awaited == null ? setup.targetNames() : targets,
            this::target,
            setup.targets());
  }

  private String file() {
    return awaited != null
        ? awaited.toString()
        : shelf.chosen().map(model -> model.file().toString()).orElse("");
  }

  private void choose(String text) {
    Optional<ModelFile> known =
        shelf.models().stream().filter(model -> model.file().toString().equals(text)).findFirst();
    if (known.isPresent()) {
      shelf.chosenProperty().set(known.get());
    } else if (!text.isEmpty()) {
      read(text);
    }
  }

  /** One that is not in the folders of models. */
  private void read(String text) {
    Path file = path(text).orElse(null);
    if (file == null || !Files.isRegularFile(file)) {
      notice.say(
          "The model that was chosen last is no longer there: %s. Another one is chosen."
              .formatted(text));
      return;
    }
    ModelFile before = shelf.chosen().orElse(null);
    awaited = file;
    BackgroundTask.of(() -> TrustedPrograms.mayOpen(file))
        .onDone(
            may -> {
              awaited = null;
              boolean waiting = shelf.chosen().orElse(null) == before; // nobody chose another
              if (may && waiting) {
                shelf.open(file);
                setup.target(targets);
              }
            })
        .onFailed(
            failure -> {
              awaited = null;
              notice.report(failure);
            })
        .start();
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private void target(List<String> names) {
    targets = names;
    if (awaited == null) {
      setup.target(names);
    }
  }
}
