package org.pagexplorer.engine.natives;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Programs by name, wherever the PATH has them but in the current folder, which may be anybody's:
 * Windows would look there first, and an empty entry of a POSIX path means it.
 */
public final class ProgramOnPath {
  private ProgramOnPath() {}

  /**
   * A folder in which nobody but this Java's owner can put something: Python, for one, imports
   * modules from the folder that it is started in.
   */
  public static Path neutralFolder() {
    return Path.of(System.getProperty("java.home"));
  }

  /**
   * The program's file.
   *
   * @param name without an ending, for instance {@code python3}
   */
  public static Optional<Path> find(String name) {
    return find(name, String.valueOf(System.getenv("PATH")));
  }

  static Optional<Path> find(String name, String path) {
    String file = File.separatorChar == '\\' && !name.endsWith(".exe") ? name + ".exe" : name;
    return Stream.of(path.split(File.pathSeparator))
        .flatMap(folder -> absolute(folder).stream())
        .map(folder -> folder.resolve(file))
        .filter(Files::isRegularFile)
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Optional<Path> absolute(String folder) {
    try {
      return Optional.of(Path.of(folder)).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty(); // Windows' PATH may hold quotation marks
    }
  }
}
