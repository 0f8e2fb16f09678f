package org.pagexplorer.ui.settings;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.pagexplorer.lab.settings.Recents;
import org.pagexplorer.lab.settings.Recents.Kind;

/** What was opened recently, to be opened again. On the FX thread. */
public final class RecentFiles {
  /** Of the settings. */
  public static final String PART = "recent";

  private final ReadOnlyObjectWrapper<JsonObject> files =
      new ReadOnlyObjectWrapper<>(new JsonObject());
  private Consumer<UnaryOperator<JsonObject>> keep = change -> {};

  /**
   * Begins with what is remembered.
   *
   * @param keep told of each change
   */
  public void begin(JsonObject remembered, Consumer<UnaryOperator<JsonObject>> keep) {
    this.keep = keep;
    files.set(remembered);
  }

  /** Puts a file first among those of its kind. */
  public void opened(Kind kind, Path file) {
    change(Recents.opened(kind, file));
  }

  /** Forgets them all. */
  public void clear() {
    change(Recents.cleared());
  }

  private void change(UnaryOperator<JsonObject> how) {
    files.set(how.apply(files.get()));
    keep.accept(how);
  }

  /** The latest first. */
  public List<Path> of(Kind kind) {
    return Recents.of(files.get(), kind);
  }

  /** Another object after each change. */
  public ReadOnlyObjectProperty<JsonObject> filesProperty() {
    return files.getReadOnlyProperty();
  }
}
