package org.pagexplorer.ui.shell;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.lab.Problems;
import org.pagexplorer.lab.settings.Crash;
import org.pagexplorer.lab.settings.OpenWindows;
import org.pagexplorer.lab.settings.SettingsFile;
import org.pagexplorer.lab.settings.SettingsPlace;
import org.pagexplorer.ui.settings.Memory;
import org.pagexplorer.ui.settings.Part;
import org.pagexplorer.ui.settings.RecentFiles;
import org.pagexplorer.ui.support.Folders;
import org.pagexplorer.ui.support.Theme;

/** A window that begins as the one before has ended. On the FX thread. */
final class Remembering {
  private final SettingsFile file = new SettingsFile(SettingsPlace.folder());
  private final OpenWindows windows = OpenWindows.beside(file);
  private final SettingsFile.Read read = file.read();
  private final List<Crash> crashes = windows.crashes();
  private final Memory memory = new Memory(file, this::unwritten);
  private final Placement placement;
  private final Part folders;
  private final List<Part> later = new ArrayList<>();
  private @Nullable MainWindow window;
  private boolean restored;

  Remembering(Stage stage, Folders folders) {
    placement = new Placement(stage);
    this.folders =
        new Part("folders")
            .text("opened", folders.opened())
            .text("dataset", folders.dataset())
            .text("saved", folders.saved());
    try {
      windows.begin();
    } catch (IOException e) {
      Problems.note(e); // a crash of this window will not be said
    }
  }

  private void unwritten(Throwable failure) {
    if (window != null) {
      window.tell(Problems.sentence(failure));
    }
  }

  private void take(Part part) {
    String name = part.name();
    JsonObject own = read.parts().get(name);
    if (own == null && name.contains("-")) { // at first one part was for all screens
      own = read.parts().get(name.substring(0, name.indexOf('-')));
    }
    if (own != null) {
      part.take(own);
    }
  }

  /** Before anything is shown: the window's place, and its colors. */
  void dress(Scene outlines) {
    take(placement.part());
    placement.apply(windows.others());
    take(folders);
    ObjectProperty<Theme> theme = new SimpleObjectProperty<>(MainWindow.FIRST_THEME);
    take(MainWindow.themePart(theme));
    theme.get().applyTo(outlines);
  }

  /** Before the window is in its frame: its theme. */
  void dress(MainWindow now) {
    take(MainWindow.themePart(now.themeProperty()));
    take(now.tour().part());
  }

  /**
   * Once it is shown and has begun: everything else, which after a crash is only offered; from here
   * on it remembers.
   */
  void begin(MainWindow now) {
    window = now;
    if (crashes.isEmpty()) {
      restore(now);
    } else {
      now.warn(new CrashBar(crashes, () -> restore(now)));
    }
    now.laterParts(this::takeLater);
    keepEarlier(now);
    placement.follow();
    memory.watch(placement.part());
    memory.watch(MainWindow.themePart(now.themeProperty()));
    memory.watch(folders);
    memory.watch(now.tour().part());
    now.parts().forEach(memory::watch);
    now.recent()
        .begin(
            read.parts().getOrDefault(RecentFiles.PART, new JsonObject()),
            change -> memory.change(RecentFiles.PART, change));
    read.trouble().ifPresent(now::tell);
    if (crashes.isEmpty() && read.trouble().isEmpty() && read.parts().isEmpty()) {
      now.tour().offer();
    }
  }

  /** At first one part was for all screens: theirs are kept until they are made. */
  private void keepEarlier(MainWindow now) {
    for (Part first : now.parts()) {
      JsonObject all = read.parts().get(first.name());
      if (all != null) {
        JsonObject others = all.deepCopy();
        first.give().keySet().forEach(others::remove);
        keepOf(first.name(), others);
      }
    }
  }

  private void keepOf(String first, JsonObject others) {
    for (String name : Screens.laterNames(first)) {
      if (!others.isEmpty() && !read.parts().containsKey(name)) {
        memory.change(name, written -> written.isEmpty() ? others : written);
      }
    }
  }

  /** A screen is there. */
  private void takeLater(Part part) {
    if (restored) {
      take(part);
    }
    later.add(part);
    memory.watch(part);
  }

  private void restore(MainWindow now) {
    restored = true;
    now.parts().forEach(this::take);
    later.forEach(this::take);
    now.settled();
  }

  /** The window closes: what has changed last is kept. */
  void write() {
    memory.write();
  }

  /** It has come to its end. */
  void end() {
    windows.end();
  }
}
