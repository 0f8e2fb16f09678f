package org.pagexplorer.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the scripts of packaging/ with nothing on the path but what a bare system has. */
final class Scripts {
  static final Path REPOSITORY = Path.of("").toAbsolutePath();

  private static final List<String> BARE =
      """
      sh dash bash cat chmod cp cut dirname basename env expr find flock grep gzip head id ls mkdir mktemp mv printf
      readlink rm sed sha256sum shasum sleep tail tar touch tr uname wc\
      """
          .lines()
          .flatMap(line -> Stream.of(line.split(" ")))
          .toList();

  /** What one run ended with, and said: on standard output, and on standard error. */
  record Outcome(int code, String out, List<String> words) {
    String onlyWord() {
      assertEquals(1, words.size(), () -> words.toString());
      return words.getFirst();
    }
  }

  private final Path folder;
  final Map<String, String> environment = new TreeMap<>();

  /** {@code folder} is empty; the home and what is on the path go there. */
  Scripts(Path folder, String... programs) throws IOException {
    this.folder = folder;
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (String program : BARE) {
      link(bin, program);
    }
    for (String program : programs) {
      link(bin, program);
    }
    environment.put("PATH", bin.toString());
    environment.put("HOME", Files.createDirectories(folder.resolve("my home")).toString());
    environment.put("LC_ALL", "C.UTF-8");
  }

  private static void link(Path bin, String program) throws IOException {
    for (String place : List.of("/usr/bin", "/bin", "/usr/local/bin")) {
      Path original = Path.of(place, program);
      if (Files.isExecutable(original)) {
        FakeJdk.script(bin.resolve(program), "exec " + original + " \"$@\"");
        return;
      }
    }
  }

  boolean has(String program) {
    return Files.exists(folder.resolve("bin").resolve(program));
  }

  void without(String program) throws IOException {
    Files.deleteIfExists(folder.resolve("bin").resolve(program));
  }

  /** A script that runs. */
  record Started(Process process, Path words) {
    Outcome outcome() throws IOException, InterruptedException {
      String out = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "It did not end.");
      return new Outcome(process.exitValue(), out, Files.readAllLines(words));
    }
  }

  Started start(String... command) throws IOException {
    Path words = Files.createTempFile(folder, "words", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectError(words.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new Started(builder.start(), words);
  }

  Outcome run(String... command) throws IOException, InterruptedException {
    return start(command).outcome();
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
