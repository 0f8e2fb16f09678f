package org.pagexplorer.ui.shell;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.SequencedMap;
import javafx.stage.Stage;
import org.pagexplorer.lab.Problems;
import org.pagexplorer.lab.settings.Crash;
import org.pagexplorer.lab.settings.OpenWindows;
import org.pagexplorer.lab.settings.SettingsFile;
import org.pagexplorer.lab.settings.SettingsPlace;
import org.pagexplorer.ui.settings.Memory;
import org.pagexplorer.ui.settings.Part;
import org.pagexplorer.ui.settings.RecentFiles;
import org.pagexplorer.ui.support.Folders;

/** A window that begins as the one before has ended. On the FX thread. */
final class Remembering {
  private final SettingsFile file = new SettingsFile(SettingsPlace.folder());
  private final OpenWindows windows = OpenWindows.beside(file);
  private final SettingsFile.Read read = file.read();
  private final List<Crash> crashes = windows.crashes();
  private final MainWindow window;
  private final Memory memory;
  private final Placement placement;
  private final Part folders;

  Remembering(MainWindow window, Stage stage, Folders folders) {
    this.window = window;
    memory = new Memory(file, failure -> window.tell(Problems.sentence(failure)));
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

  private static void take(Part part, SequencedMap<String, JsonObject> from) {
    JsonObject own = from.get(part.name());
    if (own != null) {
      part.take(own);
    }
  }

  /** Before the window is shown: its place, and its theme. */
  void dress() {
    Part place = placement.part();
    take(place, read.parts());
    placement.apply();
    take(window.themePart(), read.parts());
    take(folders, read.parts());
    take(window.tour().part(), read.parts());
  }

  /**
   * Once it is shown and has begun: everything else, which after a crash is only offered; from here
   * on it remembers.
   */
  void begin() {
    if (crashes.isEmpty()) {
      restore();
    } else {
      window.warn(new CrashBar(crashes, this::restore));
    }
    placement.follow();
    memory.watch(placement.part());
    memory.watch(window.themePart());
    memory.watch(folders);
    memory.watch(window.tour().part());
    window.parts().forEach(memory::watch);
    window
        .recent()
        .begin(
            read.parts().getOrDefault(RecentFiles.PART, new JsonObject()),
            change -> memory.change(RecentFiles.PART, change));
    read.trouble().ifPresent(window::tell);
    if (crashes.isEmpty() && read.trouble().isEmpty()) {
      window.tour().offer();
    }
  }

  private void restore() {
    window.parts().forEach(part -> take(part, read.parts()));
    window.settled();
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
