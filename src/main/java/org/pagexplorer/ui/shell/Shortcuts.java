package org.pagexplorer.ui.shell;

import java.awt.image.BufferedImage;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.pagexplorer.ui.attack.PictureFolder;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Keys;
import org.pagexplorer.ui.support.Sentence;

/** The window's keys. */
record Shortcuts(MainWindow window) {
  private static final KeyCombination UNDO = Keys.shortcut(KeyCode.Z);
  private static final KeyCombination REDO = Keys.shiftShortcut(KeyCode.Z);

  void listen() {
    Map<KeyCombination, Runnable> keys = new LinkedHashMap<>();
    keys.put(Keys.shortcut(KeyCode.O), () -> window.open(window.dialogs().open()));
    keys.put(Keys.shortcut(KeyCode.E), window::export);
    keys.put(Keys.shortcut(KeyCode.D), window::switchTheme);
    keys.put(Keys.shortcut(KeyCode.V), this::paste);
    keys.put(Keys.shortcut(KeyCode.F), window::searchModels);
    keys.put(new KeyCodeCombination(KeyCode.F1), window::help);
    keys.put(new KeyCodeCombination(KeyCode.ESCAPE), window::escape);
    window.addEventFilter(KeyEvent.KEY_PRESSED, this::undo);
    window.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event ->
            keys.forEach(
                (key, action) -> {
                  if (key.match(event)) {
                    action.run();
                    event.consume();
                  }
                }));
  }

  /** Fields undo what was typed into them first. */
  private void undo(KeyEvent event) {
    boolean redo = REDO.match(event);
    if (!redo && !UNDO.match(event)) {
      return;
    }
    boolean typed =
        event.getTarget() instanceof TextInputControl field
            && (redo ? field.isRedoable() : field.isUndoable());
    if (!typed && window.undo(redo)) {
      event.consume();
    }
  }

  /** Files copied in a file manager, or a picture copied anywhere. */
  private void paste() {
    Clipboard clipboard = Clipboard.getSystemClipboard();
    if (clipboard.hasFiles()) {
      window.open(clipboard.getFiles().stream().map(File::toPath).toList());
    } else if (clipboard.hasImage()) {
      BufferedImage picture = NodePictures.toBuffered(clipboard.getImage());
      BackgroundTask.of(() -> PictureFolder.keep(picture, "pasted"))
          .onDone(file -> window.open(List.of(file)))
          .onFailed(failure -> window.tell(Sentence.of(failure)))
          .start();
    }
  }
}
