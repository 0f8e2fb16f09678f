package org.pagexplorer.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.util.ClearSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagexplorer.domain.UserException;

@ClearSystemProperty(key = "pag.user")
class ProblemsTest {
  @TempDir Path folder;

  @BeforeEach
  void useFolder() {
    System.setProperty("pag.user", folder.resolve("user").toString());
  }

  static Stream<Throwable> errors() {
    return Stream.of(
        new OutOfMemoryError("Java heap space"),
        new StackOverflowError(),
        new ExceptionInInitializerError(new IllegalStateException("a table is missing")),
        new UnsatisfiedLinkError("no pag in java.library.path"),
        new NoClassDefFoundError("Could not initialize class X"),
        new AssertionError(),
        new NullPointerException(),
        new UncheckedIOException(new NoSuchFileException("/x")),
        new CompletionException(new IOException("No space left on device")));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void everyFailureIsASentenceAndItsDetailsAreKept(Throwable failure) throws IOException {
    String sentence = Problems.sentence(failure);
    assertTrue(sentence.matches("[A-Z].{20,}\\."), sentence);
    assertFalse(sentence.contains("\n") || sentence.contains("null"), sentence);
    assertTrue(Problems.note(failure));
    String log = Files.readString(Problems.log());
    assertTrue(log.contains(failure.getClass().getName()), log);
    assertTrue(log.contains("at " + ProblemsTest.class.getName()), log);
    assertEquals(sentence, Problems.last().orElseThrow().sentence());
  }

  @Test
  void whatTheUserCanMendKeepsItsWordsAndIsNotKept() {
    Throwable carried =
        new CompletionException(new IllegalStateException(new UserException("Choose another.")));
    assertEquals("Choose another.", Problems.sentence(carried));
    assertTrue(Problems.note(carried));
    assertTrue(Problems.note(new CompletionException(new CancellationException())), "asked for");
    assertFalse(Files.exists(Problems.log()));
  }

  @Test
  void theFileStaysSmallAndKeepsTheLatest() throws IOException {
    for (int i = 0; i < 400; i++) {
      assertTrue(Problems.note(new IllegalStateException("number " + i)));
    }
    Path old = Problems.log().resolveSibling("problems.old.log");
    assertTrue(Files.size(Problems.log()) <= 256 << 10, "not rotated");
    assertTrue(Files.size(old) <= 256 << 10 && Files.size(old) > 100 << 10, "of the old one");
    assertTrue(Files.readString(Problems.log()).contains("number 399"));
  }

  @Test
  void oneFailureAgainAndAgainIsKeptOnce() throws IOException {
    IllegalStateException failure = new IllegalStateException("at every pulse");
    for (int i = 0; i < 50; i++) {
      assertTrue(Problems.note(failure));
    }
    assertEquals(1, Files.readString(Problems.log()).split("at every pulse", -1).length - 1);
  }

  @Test
  void whereNothingCanBeKeptTheCallerIsTold() throws IOException {
    Files.writeString(folder.resolve("user"), "a file in the folder's place");
    assertFalse(Problems.note(new IllegalStateException("unkept")));
  }

  @Test
  void oneHandlerServesAllThreads() throws Exception {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    BlockingQueue<String> said = new LinkedBlockingQueue<>();
    try {
      Problems.catchAll(said::add);
      Runnable fails =
          () -> {
            throw new StackOverflowError("from any thread");
          };
      for (Thread.Builder kind : new Thread.Builder[] {Thread.ofPlatform(), Thread.ofVirtual()}) {
        kind.start(fails);
        String sentence = said.poll(10, TimeUnit.SECONDS);
        assertTrue(sentence != null && sentence.contains("from any thread"), sentence);
      }
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertTrue(Files.readString(Problems.log()).contains("from any thread"));
  }
}
