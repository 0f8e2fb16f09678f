package org.pagexplorer.ui.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.checkpoint.CheckpointNames;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.catalogue.ModelFiles;
import org.pagexplorer.checkpoint.importing.ForeignModel;
import org.pagexplorer.checkpoint.importing.ForeignModel.Answers;
import org.pagexplorer.checkpoint.importing.TensorFiles;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.UsualClasses;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.model.Arrival;
import org.pagexplorer.lab.model.CandidateCheck;
import org.pagexplorer.lab.model.CandidateCheck.Candidate;
import org.pagexplorer.lab.model.CandidateCheck.Result;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.model.TrustedPrograms;
import org.pagexplorer.ui.support.Background;
import org.pagexplorer.ui.support.Sentence;

/** Somebody's model from its file to the shelf; on the FX thread. */
public final class ImportViewModel {
  private final EngineLane lane;
  private final Supplier<Optional<Dataset>> samples;
  private final Consumer<Path> imported;
  private final ObjectProperty<Stage> stage = new SimpleObjectProperty<>(Stage.CLOSED);
  private final StringProperty problem = new SimpleStringProperty("");
  private final StringProperty name = new SimpleStringProperty("");
  private final ObjectProperty<ClassNames> classNames =
      new SimpleObjectProperty<>(new ClassNames("", List.of()));
  private final ObservableList<ClassNames> usualClassNames = FXCollections.observableArrayList();
  private final ObservableList<Reading> readings = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable Candidate> chosen = new SimpleObjectProperty<>();
  private Optional<Path> file = Optional.empty();
  private Optional<Arrival> arrival = Optional.empty();
  private final StringProperty checkedOn = new SimpleStringProperty("");
  private final Queue<Path> waiting = new ArrayDeque<>();
  private AtomicBoolean cancelled = new AtomicBoolean();

  /** What is asked. */
  public enum Stage {
    CLOSED,
    /** The file is read, or a program runs for the first time. */
    READING,
    /** Whether a program may run. */
    TRUST,
    /** All is answered; the model becomes one of the user's, and nothing can be cancelled. */
    KEEPING,
    /** Normalization, network, class names. */
    ANSWERS,
    /** The file cannot be used: {@link #problemProperty()} says why. */
    REFUSED
  }

  /**
   * Names for the classes.
   *
   * @param title of the set, for people
   */
  public record ClassNames(String title, List<String> names) {}

  /**
   * @param samples labelled images to check readings on
   * @param imported takes the file of the finished model
   */
  public ImportViewModel(
      EngineLane lane, Supplier<Optional<Dataset>> samples, Consumer<Path> imported) {
    this.lane = lane;
    this.samples = samples;
    this.imported = imported;
  }

  /** Begins with a file, or keeps it until the one before it is done with. */
  public void open(Path newFile) {
    if (stage.get() != Stage.CLOSED) {
      waiting.add(newFile);
      return;
    }
    file = Optional.of(newFile);
    stage.set(Stage.READING);
    AtomicBoolean mine = cancelled;
    Background.run(
        () -> TensorFiles.isTorchScript(newFile),
        isProgram -> {
          if (mine.get()) {
            return;
          }
          if (isProgram) {
            stage.set(Stage.TRUST);
          } else {
            Background.run(
                () -> (Arrival) new Arrival.Weights(ForeignModel.read(newFile)),
                arrived -> arrived(arrived, mine),
                failure -> refused(failure, mine));
          }
        },
        failure -> refused(failure, mine));
  }

  /**
   * The user trusts the program.
   *
   * @param side height and width of its images
   */
  public void trust(int side) {
    Path program = file.orElseThrow();
    AtomicBoolean mine = cancelled;
    stage.set(Stage.READING);
    Background.run(
        () -> isOurs(program),
        isOurs -> {
          if (mine.get()) {
            return;
          }
          if (isOurs) {
            keep(program, () -> TrustedPrograms.add(program), failure -> refused(failure, mine));
          } else {
            ask(program, side, mine);
          }
        },
        failure -> refused(failure, mine));
  }

  /** A program that has been imported before, perhaps elsewhere, has nothing open but trust. */
  private static boolean isOurs(Path program) {
    if (!ModelFiles.isProgram(program)) {
      return false;
    }
    ModelFiles.readCard(program);
    return true;
  }

  /** The lane may be busy for long; a program that nobody asks about any more is not run then. */
  private void ask(Path program, int side, AtomicBoolean mine) {
    InputShape input = new InputShape(3, side, side);
    var _ =
        lane.submit(
                working ->
                    mine.get()
                        ? Optional.<Arrival>empty()
                        : Optional.<Arrival>of(
                            Arrival.TrustedProgram.of(program, input, working.engine())))
            .whenComplete(
                (arrived, failure) ->
                    Platform.runLater(
                        () -> {
                          if (failure == null) {
                            arrived.ifPresent(one -> arrived(one, mine));
                          } else {
                            refused(failure, mine);
                          }
                        }));
  }

  private void arrived(Arrival arrived, AtomicBoolean mine) {
    if (mine.get()) {
      return;
    }
    arrival = Optional.of(arrived);
    name.set(CheckpointNames.stem(arrived.file()));
    askFor(arrived);
    stage.set(Stage.ANSWERS);
  }

  private void refused(Throwable failure, AtomicBoolean mine) {
    if (mine.get()) {
      return;
    }
    problem.set(Sentence.of(failure));
    stage.set(Stage.REFUSED);
  }

  /** Another height and width of the model's images. */
  public void useInputSide(int side) {
    Arrival now = arrival.orElseThrow();
    if (side < 1 || now.architectures().getFirst().input().height() == side) {
      return;
    }
    if (now instanceof Arrival.Weights(ForeignModel model)) {
      Arrival sized = new Arrival.Weights(model.withInputSide(side));
      arrival = Optional.of(sized);
      askFor(sized);
    } else {
      trust(side);
    }
  }

  /** Lists the readings, and begins to check them. */
  private void askFor(Arrival now) {
    cancelled.set(true);
    cancelled = new AtomicBoolean();
    Architecture network = now.architectures().getFirst();
    List<Candidate> candidates = CandidateCheck.candidates(now);
    readings.setAll(candidates.stream().map(Reading::unknown).toList());
    chosen.set(candidates.size() == 1 ? candidates.getFirst() : null);
    List<ClassNames> names = new ArrayList<>();
    now.classes().ifPresent(own -> names.add(new ClassNames("the file's own", own)));
    UsualClasses.ofSize(network.classes())
        .forEach(usual -> names.add(new ClassNames(usual.title(), usual.names())));
    names.add(new ClassNames("numbered", UsualClasses.numbered(network.classes())));
    usualClassNames.setAll(names);
    classNames.set(
        names.stream()
            .filter(n -> now.classes().isEmpty())
            .filter(n -> network.input().equals(InputShape.STL) && n.title().equals("STL-10"))
            .findFirst()
            .orElse(names.getFirst()));
    check(now, candidates);
  }

  private void check(Arrival now, List<Candidate> candidates) {
    Optional<Dataset> images =
        samples.get().filter(s -> CandidateCheck.fits(now.architectures().getFirst(), s));
    checkedOn.set(images.map(i -> i.size() + " images of " + i.name()).orElse(""));
    AtomicBoolean mine = cancelled;
    // A job each, so that an attack waits for one reading at most.
    for (int i = 0; i < candidates.size() && images.isPresent(); i++) {
      int row = i;
      var _ =
          lane.submit(
                  working ->
                      CandidateCheck.run(
                          now,
                          List.of(candidates.get(row)),
                          images.orElseThrow(),
                          working.engine(),
                          mine::get,
                          result -> Platform.runLater(() -> show(row, result, mine))))
              .whenComplete(
                  (results, failure) -> {
                    if (failure != null) {
                      Platform.runLater(() -> failed(row, failure, mine));
                    }
                  });
    }
  }

  private void show(int row, Result result, AtomicBoolean mine) {
    if (!mine.get()) {
      readings.set(row, readings.get(row).with(result));
    }
  }

  private void failed(int row, Throwable failure, AtomicBoolean mine) {
    if (!mine.get()) {
      readings.set(row, readings.get(row).failed());
      problem.set(Sentence.of(failure));
    }
  }

  /** Writes the model into the user's folder and hands it on. */
  public void confirm() {
    Arrival now = arrival.orElseThrow();
    Candidate reading = chosen.get();
    if (reading == null) {
      return;
    }
    Answers answers =
        new Answers(
            name.get().isBlank() ? CheckpointNames.stem(now.file()) : name.get().strip(),
            reading.architecture(),
            reading.normalization(),
            classNames.get().names(),
            "");
    AtomicBoolean mine = cancelled;
    problem.set("");
    stage.set(Stage.READING);
    Background.run(
        () -> write(now, answers),
        path -> {
          if (mine.get()) {
            Background.run(() -> Files.deleteIfExists(path), gone -> {}, failure -> {});
          } else {
            keep(path, () -> keepOrDelete(now, path), failure -> notWritten(failure, mine));
          }
        },
        failure -> notWritten(failure, mine));
  }

  /** The answers stay, so that another try costs nothing. */
  private void notWritten(Throwable failure, AtomicBoolean mine) {
    refused(failure, mine);
    if (!mine.get()) {
      stage.set(Stage.ANSWERS);
    }
  }

  private static void keepOrDelete(Arrival now, Path path) throws IOException {
    try {
      now.keep(path);
    } catch (RuntimeException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  private interface Trusting {
    void run() throws IOException;
  }

  /** Hands a finished model on; from here on nothing can be cancelled. */
  private void keep(Path path, Trusting trusting, Consumer<Throwable> failed) {
    stage.set(Stage.KEEPING);
    Background.run(
        () -> {
          trusting.run();
          return path;
        },
        kept -> {
          next();
          imported.accept(kept);
        },
        failed);
  }

  private static Path write(Arrival now, Answers answers) throws IOException {
    Path folder = Files.createDirectories(Home.user().resolve("models"));
    String base = answers.name().replaceAll("[^\\p{Alnum}._-]+", "-").toLowerCase(Locale.ROOT);
    Path out = folder.resolve(base + now.extension());
    for (int i = 2; Files.exists(out); i++) {
      out = folder.resolve(base + "-" + i + now.extension());
    }
    now.copy(out, answers, Dtype.F32);
    return out;
  }

  /** Drops what is asked, and goes on with the next file that waits. */
  public void dismiss() {
    if (stage.get() != Stage.KEEPING) {
      next();
    }
  }

  private void next() {
    drop();
    Path next = waiting.poll();
    if (next != null) {
      open(next);
    }
  }

  /** Drops everything. */
  public void close() {
    waiting.clear();
    drop();
  }

  private void drop() {
    cancelled.set(true);
    cancelled = new AtomicBoolean();
    arrival = Optional.empty();
    file = Optional.empty();
    readings.clear();
    chosen.set(null);
    problem.set("");
    stage.set(Stage.CLOSED);
  }

  public ObjectProperty<Stage> stageProperty() {
    return stage;
  }

  StringProperty problemProperty() {
    return problem;
  }

  StringProperty nameProperty() {
    return name;
  }

  ObservableList<Reading> readings() {
    return readings;
  }

  /** The reading that the user takes; null until then. */
  ObjectProperty<@Nullable Candidate> chosenProperty() {
    return chosen;
  }

  ObservableList<ClassNames> usualClassNames() {
    return usualClassNames;
  }

  ObjectProperty<ClassNames> classNamesProperty() {
    return classNames;
  }

  Optional<Path> file() {
    return file;
  }

  Optional<Arrival> arrival() {
    return arrival;
  }

  /** What readings are checked on, for people; empty if no images fit. */
  StringProperty checkedOnProperty() {
    return checkedOn;
  }
}
