package org.pagexplorer.lab.alignment;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.alignment.BlindTest.Answer;
import org.pagexplorer.lab.alignment.BlindTest.Score;
import org.pagexplorer.lab.attack.SpecificationFields;
import org.pagexplorer.lab.model.OpenModel;

/**
 * All answers of a machine's blind tests, one JSON object a line; only ever added to. Safe for
 * several threads.
 */
public final class BlindTestLog {
  /** Stands for bytes that are no UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private final Path file;

  /** That of whoever runs the application. */
  public static BlindTestLog ofThisUser() {
    return new BlindTestLog(Home.user().resolve("blind-tests.jsonl"));
  }

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
  public synchronized void add(BlindTest test, OpenModel model, Answer answer) {
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
          (endsInMidLine() ? "\n" : "") + line + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UserException("The answer could not be kept in " + file + ".", e);
    }
  }

  /** After half a line, written when the machine went down, an answer begins a line of its own. */
  private boolean endsInMidLine() throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try (SeekableByteChannel in = Files.newByteChannel(file)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      in.position(Math.max(0, in.size() - 1));
      return in.read(last) == 1 && last.get(0) != '\n';
    }
  }

  /**
   * Of all answers ever given about a model's pictures; a line that cannot be read counts nothing,
   * and leaves the others alone.
   *
   * @throws UserException if the file itself cannot be read
   */
  public synchronized Score score(String sha256) {
    if (!Files.exists(file)) {
      return new Score(0, 0);
    }
    int right = 0;
    int n = 0;
    // Bytes that are no UTF-8 become replacement characters, where Files.lines would give up.
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Optional<Line> read = read(line).filter(one -> one.sha256().equals(sha256));
        n += read.isPresent() ? 1 : 0;
        right += read.filter(Line::isRight).isPresent() ? 1 : 0;
      }
    } catch (IOException e) {
      throw new UserException("The answers in " + file + " cannot be read.", e);
    }
    return new Score(right, n);
  }

  /** What counts of a line. */
  private record Line(String sha256, String target, String answer) {
    boolean isRight() {
      return target.equals(answer);
    }
  }

  private static Optional<Line> read(String line) {
    if (line.indexOf(REPLACEMENT) >= 0) {
      return Optional.empty();
    }
    try {
      JsonObject object = JsonParser.parseString(line).getAsJsonObject();
      return Optional.of(
          new Line(text(object, "sha256"), text(object, "target"), text(object, "answer")));
    } catch (JsonParseException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  private static String text(JsonObject object, String key) {
    if (object.get(key) instanceof JsonPrimitive value && value.isString()) {
      return value.getAsString();
    }
    throw new JsonParseException(key + " is not text");
  }
}
