package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagexplorer.lab.Problems;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What should not happen is a sentence on the command line too. */
class ErrorsTest {
  @TempDir Path folder;

  @Command(name = "fails")
  record Fails(Throwable failure) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    }
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new OutOfMemoryError("Java heap space"),
        new StackOverflowError(),
        new ExceptionInInitializerError(new IllegalStateException("a table is missing")),
        new UnsatisfiedLinkError("no pag in java.library.path"),
        new NullPointerException(),
        new UncheckedIOException(new IOException("No space left on device")));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void anErrorEndsWithOneAndASentence(Throwable failure) throws IOException {
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        PagCommand.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(err));
    commandLine.addSubcommand("fails", new Fails(failure));
    commandLine.setErr(new PrintWriter(err)); // this subcommand's too
    commandLine.setExecutionExceptionHandler(Refusals::failed);
    assertEquals(1, PagCommand.execute(commandLine, "fails"));
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertFalse(err.toString().contains("\tat "), err.toString());
    assertEquals(Problems.sentence(failure), err.toString().strip());
    String log = Files.readString(Problems.log());
    assertTrue(log.contains(failure.getClass().getName()), log);
  }

  private record Ended(int code, String err) {}

  /** A process of its own, as for a user; the folder for temporary files is fixed at its start. */
  private Ended process(List<String> options, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.pagexplorer.Main");
    command.addAll(List.of(arguments));
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(err.toFile())
            .start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), "it hangs");
    return new Ended(process.exitValue(), Files.readString(err));
  }

  /** A training of the playground that ends with a sentence. */
  private Ended failed(List<String> options) throws Exception {
    Ended ended = process(options, "toy", "--epochs", "1", "--seeds", "1");
    assertEquals(1, ended.code(), ended.err());
    assertFalse(ended.err().contains("\tat "), ended.err());
    return ended;
  }

  @Test
  void aFolderForTemporaryFilesThatCannotBeWrittenIsASentence() throws Exception {
    Path nowhere = folder.resolve("nowhere");
    Ended ended = failed(List.of("-Djava.io.tmpdir=" + nowhere, "-Dpag.user=" + folder));
    String last = ended.err().lines().toList().getLast();
    assertTrue(last.contains(nowhere + ", cannot be written: make it writable, or "), ended.err());
  }

  @Test
  void aHomeThatCannotBeWrittenIsASentence() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    Ended ended = failed(List.of("-Dpag.user=" + file.resolve("user"), "-Duser.home=" + file));
    assertTrue(ended.err().contains("could not be unpacked to " + file), ended.err());
  }
}
