package org.pagexplorer.lab.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.files.UserPath;

/** The folder in which this system keeps a program's settings. */
public final class SettingsPlace {
  private SettingsPlace() {}

  /** {@code -Dpag.user} where that is set, else the system's place. */
  public static Path folder() {
    String user = System.getProperty("pag.user");
    return user != null
        ? UserPath.of(user).toAbsolutePath()
        : of(
            System.getProperty("os.name", ""),
            Path.of(System.getProperty("user.home", "")),
            System::getenv);
  }

  /**
   * {@code $XDG_CONFIG_HOME/pag-explorer} or {@code ~/.config/pag-explorer}; on a Mac {@code
   * ~/Library/Application Support/PAG Explorer}; on Windows {@code %APPDATA%\PAG Explorer}.
   *
   * @param environment gives a variable's value, or null
   */
  static Path of(String system, Path home, UnaryOperator<@Nullable String> environment) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return home.resolve("Library/Application Support/PAG Explorer");
    }
    if (name.startsWith("windows")) {
      return absolute(environment.apply("APPDATA"))
          .orElse(home.resolve("AppData/Roaming"))
          .resolve("PAG Explorer");
    }
    return absolute(environment.apply("XDG_CONFIG_HOME"))
        .orElse(home.resolve(".config"))
        .resolve("pag-explorer");
  }

  /** The XDG specification: a relative path is to be ignored. */
  private static Optional<Path> absolute(@Nullable String path) {
    try {
      return Optional.ofNullable(path)
          .filter(text -> !text.isBlank())
          .map(Path::of)
          .filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
