package org.pagexplorer.lab.doctor;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import org.pagexplorer.domain.UserException;

/** Linux's own libraries that JavaFX draws with; elsewhere they belong to the system. */
public final class SystemLibraries {
  private static final List<String> DRAWING = List.of("libpangoft2-1.0.so.0");
  private static final List<String> WINDOW =
      List.of("libpangoft2-1.0.so.0", "libgtk-3.so.0", "libXtst.so.6");

  private SystemLibraries() {}

  /** Whether this program has a window at all: the bundle for servers has none. */
  public static boolean haveJavaFx() {
    return SystemLibraries.class.getResource("/javafx/application/Application.class") != null;
  }

  /**
   * Those that are missing.
   *
   * @param window whether a window is opened; pictures of it need less
   */
  public static List<String> missing(boolean window) {
    if (!System.getProperty("os.name").equals("Linux")) {
      return List.of();
    }
    return (window ? WINDOW : DRAWING).stream().filter(name -> !isThere(name)).toList();
  }

  /**
   * Refuses in one sentence what would end in a stack trace.
   *
   * @throws UserException if something is missing
   */
  public static void require(boolean window) {
    if (!haveJavaFx()) {
      throw new UserException(
          "This bundle has no window: run a command, for instance pag train --help, or pag --help"
              + " for all of them.");
    }
    List<String> missing = missing(window);
    if (!missing.isEmpty()) {
      throw new UserException(
          "This system lacks " + String.join(", ", missing) + ": " + remedy() + ".");
    }
  }

  static String remedy() {
    return "install Pango, GTK 3 and the X test extension (on Debian and Ubuntu: sudo apt-get"
        + " install libpangoft2-1.0-0 libgtk-3-0 libxtst6)";
  }

  private static boolean isThere(String name) {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup.libraryLookup(name, arena);
      return true;
    } catch (IllegalArgumentException e) {
      return false; // the loader does not find it, or something that it needs
    }
  }
}
