package org.pagexplorer.lab.reproduce;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.TextFile;
import org.pagexplorer.lab.JsonFields;

/** Finished steps in a folder, each a file with what it was made from. */
record Parts(Path folder) {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
  private static final int LONGEST = 1 << 20;

  /**
   * Makes the folder.
   *
   * @throws UserException if that is not possible
   */
  static Parts in(Path folder) {
    try {
      return new Parts(Files.createDirectories(folder));
    } catch (IOException e) {
      throw Sentences.unwritable(folder, e);
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** What a step found that was made from the same; a file that says anything else is ignored. */
  Optional<JsonObject> read(String id, JsonObject key) {
    try {
      JsonFields part = JsonFields.parse(TextFile.read(file(id + ".json"), LONGEST));
      return part.fields("key").object().equals(key)
          ? Optional.of(part.fields("result").object())
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // it is done again
    }
  }

  void write(String id, JsonObject key, JsonObject result) {
    JsonObject part = new JsonObject();
    part.add("key", key);
    part.add("result", result);
    Path file = file(id + ".json");
    TextFile.save(file, GSON.toJson(part) + "\n");
  }
}
