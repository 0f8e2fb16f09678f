package org.pagexplorer.ui.settings;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.animation.PauseTransition;
import javafx.util.Duration;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.lab.settings.SettingsFile;
import org.pagexplorer.ui.support.BackgroundTask;

/**
 * Keeps parts in the settings' file: late, when nothing has changed for a moment, and on another
 * thread. On the FX thread.
 */
public final class Memory {
  private static final Duration LATE = Duration.seconds(1);

  private final SettingsFile file;
  private final Consumer<Throwable> failed;
  private final SequencedMap<String, Part> parts = new LinkedHashMap<>();
  private final Map<String, JsonObject> kept = new HashMap<>();
  private final Map<String, UnaryOperator<JsonObject>> pending = new LinkedHashMap<>();
  private final Queue<Map<String, UnaryOperator<JsonObject>>> queue = new ArrayDeque<>();
  private final PauseTransition settling = new PauseTransition(LATE);
  private boolean hasFailed;

  /**
   * @param failed told once where the file cannot be written
   */
  public Memory(SettingsFile file, Consumer<Throwable> failed) {
    this.file = file;
    this.failed = failed;
    settling.setOnFinished(event -> write());
  }

  /** From here on, changes of a part are kept; what it is now is not a change. */
  public void watch(Part part) {
    parts.put(part.name(), part);
    kept.put(part.name(), part.give());
    part.listen(property -> settling.playFromStart());
  }

  /** Keeps a change of a part that this window does not hold the whole of. */
  public void change(String part, UnaryOperator<JsonObject> how) {
    pending.merge(part, how, (first, then) -> json -> then.apply(first.apply(json)));
    settling.playFromStart();
  }

  /** Writes at once what has changed; files are finished when the window closes. */
  public void write() {
    settling.stop();
    Map<String, UnaryOperator<JsonObject>> changes = new LinkedHashMap<>(pending);
    pending.clear();
    parts.forEach(
        (name, part) -> {
          JsonObject now = part.give();
          if (!now.equals(kept.put(name, now))) {
            changes.put(name, old -> now);
          }
        });
    if (!changes.isEmpty()) {
      synchronized (queue) {
        queue.add(changes);
      }
      BackgroundTask.of(this::writeNext).onFailed(this::failed).start();
    }
  }

  /** In the order in which it was asked for, whichever thread comes first. */
  private boolean writeNext() {
    synchronized (queue) {
      try {
        file.write(queue.remove());
        return true;
      } catch (IOException e) {
        throw Sentences.unwritable(file.file(), e);
      }
    }
  }

  /** Once, not at each change. */
  private void failed(Throwable failure) {
    if (!hasFailed) {
      hasFailed = true;
      failed.accept(failure);
    }
  }
}
