package org.pagexplorer.lab;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Software;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.OutOfMemory;

/** What should not have happened: a sentence for the user, and the details in a file. */
public final class Problems {
  /** A full file becomes {@code problems.old.log}; so the two hold twice this at most. */
  private static final long LARGEST = 256 << 10;

  private static @Nullable Problem last;

  /**
   * @param details where and when it was, for whoever mends it
   */
  public record Problem(String sentence, String details) {}

  private Problems() {}

  /** One for all threads: keeps the details of what nobody caught, and says a sentence. */
  public static void catchAll(Consumer<String> say) {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          note(failure);
          say.accept(sentence(failure));
        });
  }

  /** The file that keeps the details. */
  public static Path log() {
    return Home.user().resolve("problems.log");
  }

  /**
   * Keeps the details of a failure, unless it is one that the user can mend, or has asked for.
   *
   * @return whether they are in the file, or nobody needs them
   */
  public static synchronized boolean note(Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof UserException || cause instanceof CancellationException) {
      return true;
    }
    String trace = trace(failure);
    Problem before = last;
    boolean again = before != null && before.details().endsWith(trace);
    last = new Problem(sentence(failure), heading() + trace);
    return again || append(last.details() + System.lineSeparator());
  }

  /** The latest failure whose details were kept. */
  public static synchronized Optional<Problem> last() {
    return Optional.ofNullable(last);
  }

  private static String heading() {
    return "%s · %s · Java %s · %s · thread %s%n"
        .formatted(
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            Software.NAME_AND_VERSION,
            System.getProperty("java.version"),
            System.getProperty("os.name"),
            Thread.currentThread().getName());
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  private static boolean append(String text) {
    try {
      Path log = log();
      Files.createDirectories(Home.user());
      if (Files.exists(log) && Files.size(log) + text.length() > LARGEST) {
        Files.move(
            log, log.resolveSibling("problems.old.log"), StandardCopyOption.REPLACE_EXISTING);
      }
      Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return true;
    } catch (IOException | RuntimeException e) {
      return false; // there is nowhere to say it; whoever asked prints the details instead
    }
  }

  /** What went wrong and what to do about it. */
  public static String sentence(Throwable failure) {
    Throwable cause = cause(failure);
    String message = String.valueOf(cause.getMessage());
    if (isAnswered(failure)) {
      return message;
    }
    if (cause instanceof RuntimeException r && OutOfMemory.isCauseOf(r)) {
      return "The device has too little memory for this: choose a smaller batch or fewer images, or"
          + " close other programs that use it.";
    }
    if (cause instanceof OutOfMemoryError) {
      return "Java ran out of memory ("
          + message
          + "): choose fewer images or a smaller batch, or allow more, for instance by"
          + " JAVA_TOOL_OPTIONS=-Xmx6g.";
    }
    if (cause instanceof IOException) {
      return "A file could not be read or written ("
          + firstLine(cause)
          + "): check that it exists, that you have permission, and that the disk is not full.";
    }
    if (cause instanceof LinkageError) {
      return "A part of the program could not be loaded ("
          + firstLine(cause)
          + "): pag doctor shows what may be wrong, and the details are in "
          + log()
          + ".";
    }
    return "PAG Explorer failed unexpectedly ("
        + firstLine(cause)
        + "): please report it with the details in "
        + log()
        + ".";
  }

  /** Whether its own words say what the user can mend. */
  public static boolean isAnswered(Throwable failure) {
    Throwable cause = cause(failure);
    return cause.getMessage() != null
        && (cause instanceof UserException || cause instanceof IllegalArgumentException);
  }

  private static String firstLine(Throwable cause) {
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return message == null || message.isBlank()
        ? name
        : name + ": " + message.strip().lines().findFirst().orElse("");
  }

  /** What others only carry from one thread, or from one call, to another. */
  private static Throwable cause(Throwable failure) {
    Throwable shown = failure;
    for (Throwable next = failure.getCause();
        next != null && (isCarrier(shown) || next instanceof UserException);
        next = shown.getCause()) {
      shown = next;
    }
    return shown;
  }

  private static boolean isCarrier(Throwable failure) {
    return failure instanceof CompletionException
        || failure instanceof ExecutionException
        || failure instanceof InvocationTargetException
        || failure instanceof UncheckedIOException
        || failure instanceof ExceptionInInitializerError;
  }
}
