package org.pagexplorer.run;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
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
import org.pagexplorer.domain.UserException;

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

  /** All whole events, the oldest first. */
  List<JsonObject> events() {
    List<JsonObject> events = new ArrayList<>();
    if (!Files.exists(file)) {
      return events;
    }
    try {
      String text = Files.readString(file);
      // What follows the last line's end is still being written.
      for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
        events.add(RunDirectory.GSON.fromJson(line, JsonObject.class));
      }
    } catch (IOException | JsonParseException e) {
      throw new UserException(file + " cannot be read; the run's state is not touched by that.", e);
    }
    return events;
  }
}
