package org.pagexplorer.engine.natives;

import java.util.Locale;

/** Watches PyTorch arriving on a machine. Called on the thread that needs it. */
public interface Preparation {
  /** Lets everything happen and shows nothing. */
  Preparation SILENT = new Preparation() {};

  /**
   * What would be fetched.
   *
   * @param what for instance {@code PyTorch 2.7.1 for CUDA 12.8}
   * @param from the server's name
   * @param bytes still to come; those of an earlier attempt are kept
   * @param to the folder it is unpacked to
   */
  record Offer(String what, String from, long bytes, String to) {

    /** For people, before the first byte. */
    public String sentence() {
      return String.format(
          Locale.ROOT,
          "%s is not on this machine yet. It is fetched once, %.1f GB from %s, and kept in %s;"
              + " afterward no network is needed.",
          what,
          bytes / 1e9,
          from,
          to);
    }
  }

  /** Whether something may be downloaded; asked before the first byte of it. */
  default boolean mayDownload(Offer offer) {
    return true;
  }

  /**
   * How far it is.
   *
   * @param stage in words, for instance {@code Unpacking PyTorch 2.7.1}
   * @param done bytes
   * @param total bytes
   */
  default void progress(String stage, long done, long total) {}

  /**
   * Another process does it at this moment; told once.
   *
   * @param stage in words, for instance {@code Waiting for another PAG Explorer, …}
   */
  default void waits(String stage) {
    progress(stage, 0, 1);
  }

  /** PyTorch is there. */
  default void arrived() {}

  /** Whether to stop; what was downloaded so far is kept. */
  default boolean isCancelled() {
    return false;
  }
}
