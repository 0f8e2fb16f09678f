package org.pagexplorer.ui.support;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One of the things on a screen that can be exported; on the FX thread.
 *
 * @param title for the list of them
 * @param stem of the proposed file's name
 * @param formats as endings of names, the usual one first
 * @param whole what there is of it once it is finished
 * @param unfinished what is there while it is not
 * @param pending waits for it while it is being made
 * @param missing said where there is nothing of all this: what to do first
 */
public record ExportChoice(
    String title,
    String stem,
    List<String> formats,
    Supplier<Optional<Exhibit>> whole,
    Supplier<Optional<Exhibit>> unfinished,
    Supplier<Optional<Pending>> pending,
    String missing) {

  /** Something that is there, or not. */
  public static ExportChoice of(
      String title, String stem, Supplier<Optional<Exhibit>> whole, String missing) {
    return new ExportChoice(
        title, stem, List.of("png"), whole, Optional::empty, Optional::empty, missing);
  }

  /** The same where nothing is missing. */
  public static ExportChoice of(String title, Exhibit exhibit) {
    return of(title, exhibit.stem(), () -> Optional.of(exhibit), "");
  }

  /** Something that is being made. */
  public interface Pending {
    /** All of it, once it is there. */
    Optional<Exhibit> whole();

    /** How far it is, in words. */
    String words();

    /** Why it will never be there, in a sentence; empty as long as it may. */
    String lost();
  }
}
