package org.pagexplorer.engine.natives;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How this process ends once PyTorch is loaded.
 *
 * <p>Java waits 0.3 s for threads in native code, then calls C's {@code exit}, which destroys
 * PyTorch's static objects, oneDNN's cache of kernels among them, under a step that is still being
 * computed: a jump through a freed object (seen as a SIGSEGV after SIGTERM). So the destructors are
 * left out; the system frees what they would.
 */
final class ProcessExit {
  private static final AtomicBoolean ARRANGED = new AtomicBoolean();

  private ProcessExit() {}

  /**
   * Sees to it, where the C library has {@code on_exit} (Linux). What is registered last runs
   * first, and libraries register destructors at any time, so this is done when Java shuts down.
   */
  static void skipDestructors() {
    SymbolLookup library = Linker.nativeLinker().defaultLookup();
    if (library.find("on_exit").isPresent() && !ARRANGED.getAndSet(true)) {
      MemorySegment onExit = library.findOrThrow("on_exit");
      MemorySegment exitNow = library.findOrThrow("_exit");
      try {
        Runtime.getRuntime()
            .addShutdownHook(new Thread(() -> register(onExit, exitNow), "process-exit"));
      } catch (IllegalStateException e) {
        register(onExit, exitNow); // Java shuts down already
      }
    }
  }

  /** {@code on_exit} hands the exit status on, which is {@code _exit}'s one argument. */
  private static void register(MemorySegment onExit, MemorySegment function) {
    try {
      int _ =
          (int)
              Linker.nativeLinker()
                  .downcallHandle(
                      onExit,
                      FunctionDescriptor.of(
                          ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS))
                  .invokeExact(function, MemorySegment.NULL);
    } catch (Throwable e) {
      throw new IllegalStateException("on_exit", e);
    }
  }
}
