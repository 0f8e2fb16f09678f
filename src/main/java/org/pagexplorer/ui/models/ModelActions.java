package org.pagexplorer.ui.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.stage.Window;
import org.pagexplorer.checkpoint.ModelLabel;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.Trash;
import org.pagexplorer.lab.Home;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.ClipboardText;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Reveal;

/** What one does with a model; none of it attacks anything. On the FX thread. */
final class ModelActions {
  private final ModelShelf shelf;
  private final ModelNotes notes;
  private final Notice notice;
  private final Consumer<Path> trash;

  ModelActions(ModelShelf shelf, ModelNotes notes, Notice notice) {
    this(shelf, notes, notice, Trash::move);
  }

  /**
   * @param trash moves a file to the trash, or throws and leaves it where it is
   */
  ModelActions(ModelShelf shelf, ModelNotes notes, Notice notice, Consumer<Path> trash) {
    this.shelf = shelf;
    this.notes = notes;
    this.notice = notice;
    this.trash = trash;
  }

  /** Where a model is, which says what may be done with it. */
  enum Place {
    /** Of the installation: read-only. */
    SHIPPED,
    /** Of a run, which would be damaged without it. */
    RUN,
    /** In the user's own folder of models. */
    KEPT,
    /** Somewhere else, opened from there. */
    ELSEWHERE;

    static Place of(ModelFile model) {
      Path file = model.file();
      Path user = Home.user().toAbsolutePath().normalize();
      return Home.isShipped(file)
          ? SHIPPED
          : file.startsWith(user.resolve("runs"))
              ? RUN
              : file.startsWith(user.resolve("models")) ? KEPT : ELSEWHERE;
    }
  }

  String notes(ModelFile model) {
    return notes.of(model);
  }

  boolean isHidden(ModelFile model) {
    return shelf.arrangement().isHidden(model);
  }

  /** Asks for another name. Its file stays as it is, as figures know it by its SHA-256. */
  void rename(ModelFile model, Window owner) {
    if (Place.of(model) == Place.SHIPPED) {
      notice.say("\"%s\" comes with PAG Explorer and keeps its name.".formatted(name(model)));
      return;
    }
    ModelDialogs.name(name(model), owner, given -> rename(model, given));
  }

  private void rename(ModelFile model, String given) {
    Path place = ModelLabel.beside(model.file());
    BackgroundTask.of(
            () -> {
              ModelLabel.read(place).withName(given).write(place);
              return model.file();
            })
        .onDone(shelf::add)
        .onFailed(notice::report)
        .start();
  }

  /** Shows what is noted, to be changed. */
  void editNotes(ModelFile model, Window owner) {
    ModelDialogs.notes(
        name(model),
        notes.of(model),
        owner,
        text -> notes.write(model, text).onFailed(notice::report).start());
  }

  void showCard(ModelFile model, Node owner) {
    card(model).showBeside(owner);
  }

  CardPopOver card(ModelFile model) {
    return new CardPopOver(model, notes.of(model), () -> reveal(model), notice);
  }

  void reveal(ModelFile model) {
    BackgroundTask.of(Executors.callable(() -> Reveal.show(model.file())))
        .onFailed(notice::report)
        .start();
  }

  /** The command that makes this model, if its card says one. */
  static Optional<String> command(ModelFile model) {
    return Optional.of(model.card().command()).filter(command -> !command.isBlank());
  }

  static void copyCommand(ModelFile model) {
    command(model).ifPresent(ClipboardText::copy);
  }

  /** Puts a shipped model out of sight, or back. */
  void hide(ModelFile model, boolean hide) {
    shelf.arrangement().hide(model, hide);
  }

  /** Takes a model that was opened off the list; its file stays. */
  void close(ModelFile model) {
    shelf.forget(model.file());
  }

  /** Asks, then moves a model's file to the trash; says why where that is not to be done. */
  void remove(ModelFile model, Window owner) {
    switch (Place.of(model)) {
      case SHIPPED ->
          notice.say(
              "\"%s\" comes with PAG Explorer: it can be hidden, not removed."
                  .formatted(name(model)));
      case RUN ->
          notice.say(
              "\"%s\" belongs to a run: remove the run \"%s\" on the Train screen."
                  .formatted(name(model), runOf(model)));
      case KEPT, ELSEWHERE ->
          ModelDialogs.mayRemove(name(model), model.file(), owner, () -> moveToTrash(model));
    }
  }

  private static String runOf(ModelFile model) {
    Path folder = model.file().getParent();
    return folder == null ? "" : String.valueOf(folder.getFileName());
  }

  void moveToTrash(ModelFile model) {
    BackgroundTask.of(() -> moveToTrash(model.file()))
        .onDone(
            left -> {
              shelf.forget(model.file());
              notice.say("\"%s\" is in the trash.%s".formatted(name(model), left));
            })
        .onFailed(notice::report)
        .start();
  }

  /**
   * With the name and the notes that the user gave it.
   *
   * @return what is to be said where these could not be moved, although the model was; else empty
   */
  private String moveToTrash(Path file) {
    trash.accept(file);
    Path label = ModelLabel.beside(file);
    try {
      if (Files.exists(label)) {
        trash.accept(label);
      }
      return "";
    } catch (UserException e) {
      return " Its name and notes are not: " + e.getMessage();
    }
  }

  private static String name(ModelFile model) {
    return model.card().name();
  }
}
