package org.pagexplorer.ui.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.ModelLabel;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Cards;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.ui.support.FxTest;
import org.pagexplorer.ui.support.ModelShelf;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class ModelActionsTest {
  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();
  private final ModelShelf shelf = new ModelShelf();

  @Start
  void start(Stage stage) {}

  private Path model() {
    Architecture architecture = Architecture.resNet18(1, new InputShape(3, 8, 8), 2);
    Path file = folder.resolve("mine.safetensors");
    CheckpointFiles.write(
        file,
        new Checkpoint(
            Cards.of("Mine", architecture, List.of("a", "b")), Initialization.of(architecture, 1)),
        Dtype.F32);
    new ModelLabel("", "a note").write(ModelLabel.beside(file));
    return file;
  }

  /** The model goes, and what belongs to it stays where it is. */
  private static void refuseLabels(Path file) {
    if (file.toString().endsWith(".json")) {
      throw new UserException("The disk refused.");
    }
    assertTrue(file.toFile().delete());
  }

  @Test
  void aModelWhoseNotesCannotBeMovedToTheTrashIsNoLongerListed(FxRobot robot) {
    Path file = model();
    robot.interact(
        () -> {
          ModelFile mine = shelf.add(file);
          new ModelActions(shelf, new ModelNotes(shelf), said::add, ModelActionsTest::refuseLabels)
              .moveToTrash(mine);
        });
    waitFor("a word", () -> !said.isEmpty());
    assertEquals(
        List.of("\"Mine\" is in the trash. Its name and notes are not: The disk refused."), said);
    assertTrue(shelf.models().isEmpty(), "its file is gone");
    assertTrue(Files.exists(ModelLabel.beside(file)));
  }
}
