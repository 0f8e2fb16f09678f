package org.pagexplorer.lab.runs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The last lines that a run has printed. Every look reads only what is new. */
public final class LogTail {
  private static final int LINES = 200;
  private static final int BYTES = 64 << 10;

  private final Path file;
  private byte[] tail = {};
  private long position;

  /** Of the run in a folder, which need not have printed anything. */
  public LogTail(Path run) {
    this(run, RunProcess.LOG);
  }

  private LogTail(Path folder, String name) {
    file = folder.resolve(name);
  }

  /** Of any file that lines are added to, which need not exist. */
  public static LogTail ofFile(Path folder, String name) {
    return new LogTail(folder, name);
  }

  /** Bytes that are no UTF-8 are shown as such; empty where there is no log. */
  public synchronized String read() {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      if (size < position) {
        tail = new byte[0]; // another log
        position = 0;
      }
      append(channel, size);
    } catch (IOException e) {
      return "The log cannot be read: " + e.getMessage();
    }
    return lastLines();
  }

  private void append(FileChannel channel, long size) throws IOException {
    long from = Math.max(position, size - BYTES);
    ByteBuffer fresh = ByteBuffer.allocate((int) (size - from));
    while (fresh.hasRemaining() && channel.read(fresh, from + fresh.position()) > 0) {
      // goes on to the size that was seen
    }
    int kept = from > position ? 0 : Math.min(tail.length, BYTES - fresh.position());
    byte[] next = new byte[kept + fresh.position()];
    System.arraycopy(tail, tail.length - kept, next, 0, kept);
    System.arraycopy(fresh.array(), 0, next, kept, fresh.position());
    tail = next;
    position = from + fresh.position();
  }

  private String lastLines() {
    String text = new String(tail, StandardCharsets.UTF_8);
    boolean isCut = position > tail.length;
    // What is left of the line that was cut, or of its last character.
    String whole = isCut ? text.substring(text.indexOf('\n') + 1) : text;
    List<String> lines = whole.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }
}
