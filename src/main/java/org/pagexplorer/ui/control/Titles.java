package org.pagexplorer.ui.control;

import java.util.function.Function;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** What a box's choices are called, which are chosen and never typed. */
public final class Titles {
  private Titles() {}

  public static <T> StringConverter<T> of(Function<T, String> title) {
    return new StringConverter<>() {
      @Override
      public String toString(@Nullable T value) {
        return value == null ? "" : title.apply(value);
      }

      @Override
      public T fromString(String text) {
        throw new UnsupportedOperationException("chosen, never typed");
      }
    };
  }
}
