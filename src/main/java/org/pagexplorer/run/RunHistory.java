package org.pagexplorer.run;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.ModelCard.Measurement;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.run.TrainingObserver.EpochReport;

/**
 * What a run's events say, checked.
 *
 * @param told how many events there are
 * @param ending how the latest stretch ended
 * @param method what it trains; empty before it began
 * @param epochs how many there will be; 0 before it began
 * @param reports of its completed epochs, in order
 * @param measured its final accuracies; empty before its end
 * @param reason why it failed, in a sentence; empty where it did not
 */
public record RunHistory(
    int told,
    Ending ending,
    String method,
    int epochs,
    List<EpochReport> reports,
    List<Measurement> measured,
    String reason) {

  /** How a stretch of training ended. */
  public enum Ending {
    /** There was none yet. */
    NOT_BEGUN,
    /** It goes on, or its process died. */
    NONE,
    STOPPED,
    FAILED,
    FINISHED;

    /** Whether the training itself said so. */
    public boolean isTold() {
      return this != NOT_BEGUN && this != NONE;
    }
  }

  /** Completed epochs. */
  public int done() {
    return reports.isEmpty() ? 0 : reports.getLast().epoch();
  }

  /**
   * Reads the events of the run in a folder.
   *
   * @throws UserException that names the file, and the line that is damaged
   */
  public static RunHistory of(Path folder) {
    EventLog log = EventLog.of(folder);
    Reader reader = new Reader();
    for (EventLog.Line line : log.lines()) {
      try {
        reader.read(line);
      } catch (JsonParseException | NumberFormatException e) { // Gson lets some of the latter out
        throw log.damaged(line.number(), e);
      }
    }
    return reader.history();
  }

  /** An epoch's report, none of whose numbers may be missing. */
  static EpochReport report(@Nullable JsonObject json) {
    JsonObject fields = present(json);
    EpochReport report = RunDirectory.GSON.fromJson(fields, EpochReport.class);
    require(report.epoch() >= 1);
    for (String number : List.of("crossEntropy", "alignment", "trainAccuracy", "cleanAccuracy")) {
      require(fields.get(number) instanceof JsonPrimitive);
    }
    require(isShare(report.trainAccuracy()) && isShare(report.cleanAccuracy()));
    return report;
  }

  private static boolean isShare(double value) {
    return value >= 0 && value <= 1;
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new JsonSyntaxException("a field is missing");
    }
    return value;
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new JsonSyntaxException("a field is out of range");
    }
  }

  /** The fields of all kinds of events but an epoch's. */
  private record Told(
      @Nullable String method,
      @Nullable Integer epochs,
      @Nullable List<Measurement> measurements,
      @Nullable String reason) {}

  private static final class Reader {
    private int told;
    private Ending ending = Ending.NOT_BEGUN;
    private String method = "";
    private int epochs;
    private final List<EpochReport> reports = new ArrayList<>();
    private final List<Measurement> measured = new ArrayList<>();
    private String reason = "";

    void read(EventLog.Line line) {
      told++;
      switch (line.kind()) {
        case "started" -> {
          reports.clear();
          begun(told(line));
        }
        case "resumed" -> begun(told(line));
        case "epoch" -> reports.add(report(line.event()));
        case "stopped" -> ending = Ending.STOPPED;
        case "failed" -> failed(told(line));
        case "finished" -> finished(told(line));
        default -> {} // of a later version
      }
    }

    private static Told told(EventLog.Line line) {
      return RunDirectory.GSON.fromJson(line.event(), Told.class);
    }

    private void begun(Told event) {
      ending = Ending.NONE;
      method = present(event.method());
      epochs = present(event.epochs());
      require(epochs >= 1);
      measured.clear();
      reason = "";
    }

    private void failed(Told event) {
      ending = Ending.FAILED;
      reason = Objects.requireNonNullElse(event.reason(), "");
    }

    private void finished(Told event) {
      measured.clear();
      for (Measurement each : present(event.measurements())) {
        Measurement one = present(each);
        var _ = present(one.attack());
        require(isShare(one.accuracy()) && one.n() >= 0);
        measured.add(one);
      }
      ending = Ending.FINISHED;
    }

    RunHistory history() {
      return new RunHistory(
          told, ending, method, epochs, List.copyOf(reports), List.copyOf(measured), reason);
    }
  }
}
