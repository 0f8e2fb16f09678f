package org.pagexplorer.engine.natives;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.util.Locale;

/** This process's environment as native libraries read it when they are loaded. */
final class Environment {
  private Environment() {}

  /** Sets a variable unless the user has, where the system has POSIX's {@code setenv}. */
  static void set(String name, String value) {
    if (System.getenv(name) != null
        || System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("win")) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      var setenv =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("setenv"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_INT));
      int _ = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 0);
    } catch (Throwable e) {
      throw new IllegalStateException("setenv", e);
    }
  }
}
