package org.pagexplorer.lab.alignment;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.OpenModel;
import org.pagexplorer.lab.SpecificationFields;
import org.pagexplorer.lab.alignment.BlindTest.Answer;
import org.pagexplorer.lab.alignment.BlindTest.Score;

/** All answers of a machine's blind tests, one JSON object a line; only ever added to. */
public final class BlindTestLog {
  private final Path file;

  /**
   * @param file need not exist yet
   */
  public BlindTestLog(Path file) {
    this.file = file;
  }

  /**
   * Adds an answer.
   *
   * @throws UserException if it cannot be written
   */
  public void add(BlindTest test, OpenModel model, Answer answer) {
    JsonObject line = new JsonObject();
    line.addProperty("time", Instant.now().toString());
    line.addProperty("model", model.card().name());
    line.addProperty("sha256", model.sha256());
    line.addProperty("target", test.classes().get(answer.target()));
    line.addProperty("answer", test.classes().get(answer.answer()));
    line.add("attack", new Gson().toJsonTree(SpecificationFields.of(test.attack())));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(
          file,
          line + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UserException("The answer could not be kept in " + file + ".", e);
    }
  }

  /** Of all answers ever given about a model's pictures; a damaged line counts nothing. */
  public Score score(String sha256) {
    int right = 0;
    int n = 0;
    for (String line : lines()) {
      try {
        JsonObject answer = JsonParser.parseString(line).getAsJsonObject();
        if (answer.get("sha256").getAsString().equals(sha256)) {
          n++;
          right += answer.get("target").equals(answer.get("answer")) ? 1 : 0;
        }
      } catch (JsonParseException | IllegalStateException | NullPointerException e) {
        // A line that was half written when the machine went down.
        continue;
      }
    }
    return new Score(right, n);
  }

  private List<String> lines() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UserException("The answers in " + file + " cannot be read.", e);
    }
  }
}
