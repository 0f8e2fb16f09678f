package org.pagexplorer.lab.runs;

import java.util.Map;
import java.util.Optional;

/**
 * How a run's process ended that told nothing in the run's events.
 *
 * @param code its exit code, as far as it is known
 */
record ProcessEnd(Optional<Integer> code) {
  private static final int SIGNALS = 128;
  private static final int HANGUP = 1;
  private static final int INTERRUPT = 2;
  private static final int TERMINATE = 15;

  private static final Map<Integer, String> NAMES =
      Map.of(4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV");

  /** Whether somebody ended it on purpose. */
  boolean isAsked() {
    int signal = code.orElse(0) - SIGNALS;
    return signal == HANGUP || signal == INTERRUPT || signal == TERMINATE;
  }

  /** Whether it ended by itself; its log says why. */
  boolean isByItself() {
    return code.filter(known -> known >= 0 && known <= SIGNALS).isPresent();
  }

  /** What it did. */
  String verb() {
    if (code.isEmpty()) {
      return "died";
    }
    return isByItself() ? "ended" : name().equals("SIGKILL") ? "was killed" : "crashed";
  }

  /** What is known of it, in parentheses. */
  String detail() {
    if (code.isEmpty()) {
      return " (killed, crashed, or the computer was switched off)";
    }
    if (isByItself()) {
      return " (exit code " + code.get() + ")";
    }
    return name().equals("SIGKILL")
        ? " (SIGKILL, as the system does when memory runs out)"
        : " (" + name() + ")";
  }

  private String name() {
    int known = code.orElse(0);
    return known < 0
        ? "0x%08X".formatted(known) // Windows
        : NAMES.getOrDefault(known - SIGNALS, "signal " + (known - SIGNALS));
  }
}
