package org.pagexplorer.run;

import com.google.gson.JsonParseException;
import com.google.gson.JsonSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.run.RunDirectory.Specification;

/** Where a run says what it is. */
record SpecificationFile(Path file) {
  static SpecificationFile of(Path folder) {
    return new SpecificationFile(folder.resolve("specification.json"));
  }

  /** As it was read, before it is believed. */
  private record Written(@Nullable List<@Nullable String> arguments, @Nullable String directory) {
    Specification checked() {
      if (arguments == null
          || directory == null
          || arguments.stream().anyMatch(Objects::isNull)
          || Path.of(directory).toString().isEmpty()) {
        throw new JsonSyntaxException("a field is missing");
      }
      return new Specification(new ArrayList<>(arguments), directory);
    }
  }

  /**
   * Empty if there is none.
   *
   * @throws UserException if it cannot be read
   */
  Optional<Specification> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Written written = RunDirectory.GSON.fromJson(RunText.read(file), Written.class);
      if (written == null) {
        throw new JsonSyntaxException("it is empty");
      }
      return Optional.of(written.checked());
    } catch (IOException | JsonParseException | InvalidPathException e) {
      throw damaged(e);
    }
  }

  /** What to do about it. */
  UserException damaged(Throwable cause) {
    return new UserException(
        file
            + " is damaged, so that the run cannot be resumed: put back a copy of it, or delete the"
            + " run and begin another one.",
        cause);
  }
}
