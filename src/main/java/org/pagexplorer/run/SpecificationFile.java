package org.pagexplorer.run;

import com.google.gson.JsonParseException;
import com.google.gson.JsonSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Schedule;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;
import org.pagexplorer.run.RunDirectory.Specification;

/** Where a run says what it is. */
record SpecificationFile(Path file) {
  static SpecificationFile of(Path folder) {
    return new SpecificationFile(folder.resolve("specification.json"));
  }

  /** What is written today; without a number is what was written until November 2026. */
  private static final int FORMAT = 2;

  /** As it was read, before it is believed. */
  private record Written(
      @Nullable Integer format,
      @Nullable List<@Nullable String> arguments,
      @Nullable String directory) {

    Specification checked() {
      if (arguments == null
          || directory == null
          || arguments.stream().anyMatch(Objects::isNull)
          || Path.of(directory).toString().isEmpty()) {
        throw new JsonSyntaxException("a field is missing");
      }
      if (format != null && format != FORMAT) {
        throw new JsonSyntaxException("its format is not known");
      }
      List<String> words = new ArrayList<>(arguments);
      return new Specification(format == null ? asThen(words) : words, directory);
    }

    /** One-cycle was another schedule before the format had a number. */
    private static List<String> asThen(List<String> words) {
      for (int i = 1; i < words.size(); i++) {
        if (words.get(i - 1).equals("--schedule") && words.get(i).equals(Schedule.ONE_CYCLE.id())) {
          words.set(i, Schedule.ONE_CYCLE_LINEAR.id());
        }
      }
      return words;
    }
  }

  static String text(Specification specification) {
    return RunDirectory.GSON.toJson(
            new Written(
                FORMAT, new ArrayList<>(specification.arguments()), specification.directory()))
        + "\n";
  }

  /**
   * Empty if there is none.
   *
   * @throws UserException if it cannot be read
   */
  Optional<Specification> read() {
    return written().map(Written::checked);
  }

  private Optional<Written> written() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Written written =
          RunDirectory.GSON.fromJson(
              TextFile.readDamaged(file, RunDirectory.LONGEST_TEXT), Written.class);
      if (written == null) {
        throw new JsonSyntaxException("it is empty");
      }
      var _ = written.checked();
      return Optional.of(written);
    } catch (IOException | JsonParseException | InvalidPathException e) {
      throw damaged(e);
    }
  }

  /**
   * Whether a command line asks for the run that is specified: written as then, and with what it
   * may have left out.
   *
   * @throws UserException if the specification cannot be read
   */
  boolean isOf(List<String> given) {
    Written written = written().orElseThrow();
    List<String> words = new ArrayList<>(given);
    return withoutDefaults(written.format() == null ? Written.asThen(words) : words)
        .equals(withoutDefaults(written.checked().arguments()));
  }

  /** Recipes name these, and did not before there was a choice. */
  private static List<String> withoutDefaults(List<String> words) {
    Map<String, String> defaults =
        Map.of(
            "--align", Alignment.USUAL.gradient().id(),
            "--statistics", Alignment.USUAL.statistics().id());
    List<String> left = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String next = i + 1 < words.size() ? words.get(i + 1) : "";
      if (next.equals(defaults.get(words.get(i)))) {
        i++;
      } else {
        left.add(words.get(i));
      }
    }
    return left;
  }

  /** What to do about it. */
  UserException damaged(Throwable cause) {
    return new UserException(
        file
            + " is damaged, so that the run cannot be resumed: put back a copy of it, or delete the"
            + " run and start another one.",
        cause);
  }
}
