package org.pagexplorer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Python with PyTorch, where there is one: what our numbers are compared with. */
public final class Python {
  private static final String PYTHON =
      Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";

  private static final Map<String, Boolean> ASKED = new ConcurrentHashMap<>();

  private Python() {}

  /** Whether it can import that; asked once, since it takes seconds. */
  public static boolean has(String modules, Path scratch) throws IOException, InterruptedException {
    Boolean known = ASKED.get(modules);
    if (known == null) {
      known = run("import " + modules, scratch).isEmpty();
      ASKED.put(modules, known);
    }
    return known;
  }

  /** What a script printed, or "failed" and more. */
  public static String run(String script, Path scratch, String... arguments)
      throws IOException, InterruptedException {
    Path file = scratch.resolve("script.py");
    Files.writeString(file, script);
    ProcessBuilder builder = new ProcessBuilder(PYTHON, file.toString());
    builder.command().addAll(List.of(arguments));
    Path printed = scratch.resolve("printed");
    builder.redirectErrorStream(true).redirectOutput(printed.toFile());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return "failed: " + e.getMessage();
    }
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroy();
    String words = Files.readString(printed, StandardCharsets.UTF_8);
    return ended && process.exitValue() == 0 ? words : "failed: " + words;
  }

  /** Little-endian float32, as numpy's {@code fromfile} reads it. */
  public static void write(Path file, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(file, bytes.array());
  }

  /** The same, as numpy's {@code tofile} writes it. */
  public static float[] read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    float[] values = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
