package org.pagexplorer.run;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;

/**
 * What happened to a run, a JSON object a line.
 *
 * @param file only ever appended to
 */
record EventLog(Path file) {
  /** The log of the run in a folder. */
  static EventLog of(Path folder) {
    return new EventLog(folder.resolve("events.jsonl"));
  }

  /**
   * An event, and where it stands.
   *
   * @param number of its line, from 1
   * @param event with a word at least for what it is, {@code event}
   */
  record Line(int number, JsonObject event) {
    String kind() {
      return event.get("event").getAsString();
    }
  }

  /** Appends an event, after cutting off a line that a crash has left unfinished. */
  void append(String kind, Map<String, ?> fields) {
    SequencedMap<String, Object> event = new LinkedHashMap<>();
    event.put("event", kind);
    event.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    event.putAll(fields);
    byte[] line = (RunDirectory.GSON.toJson(event) + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.position(endOfLastLine(channel));
      channel.truncate(channel.position());
      ByteBuffer buffer = ByteBuffer.wrap(line);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new UserException(
          "The events of " + file.getParent() + " cannot be written: is the disk full?", e);
    }
  }

  private static long endOfLastLine(FileChannel channel) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    for (long end = channel.size(); end > 0; end--) {
      one.clear();
      channel.read(one, end - 1);
      if (one.get(0) == '\n') {
        return end;
      }
    }
    return 0;
  }

  /**
   * All whole lines, the oldest first.
   *
   * @throws UserException that names the first line that is no event
   */
  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String text : text().lines().toList()) {
      number++;
      if (!text.isBlank()) {
        lines.add(new Line(number, event(number, text)));
      }
    }
    return lines;
  }

  private String text() {
    if (!Files.exists(file)) {
      return "";
    }
    try {
      String text = TextFile.readDamaged(file, RunDirectory.LONGEST_TEXT);
      // What follows the last line's end is still being written.
      return text.substring(0, text.lastIndexOf('\n') + 1);
    } catch (IOException e) {
      throw new UserException(
          file + " cannot be read: check its permissions, or delete it to train the run again.", e);
    }
  }

  private JsonObject event(int number, String line) {
    try {
      JsonObject event = RunDirectory.GSON.fromJson(line, JsonObject.class);
      if (event != null && event.get("event") instanceof JsonPrimitive kind && kind.isString()) {
        return event;
      }
      throw damaged(number, null);
    } catch (JsonParseException e) {
      throw damaged(number, e);
    }
  }

  /** What to do about a line. */
  UserException damaged(int number, @Nullable Throwable cause) {
    return new UserException(
        "Line %d of %s is damaged: delete that line; the run's weights do not depend on it."
            .formatted(number, file),
        cause);
  }
}
