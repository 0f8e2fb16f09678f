package org.pagexplorer.ui.importing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.pagexplorer.checkpoint.CheckpointNames;
import org.pagexplorer.checkpoint.catalogue.ModelFiles;
import org.pagexplorer.checkpoint.importing.ForeignModel;
import org.pagexplorer.checkpoint.importing.ForeignModel.Answers;
import org.pagexplorer.checkpoint.importing.TensorFiles;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.domain.WrittenNormalization;
import org.pagexplorer.lab.model.Arrival;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.model.TrustedPrograms;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Request;
import org.pagexplorer.ui.support.Requests;
import org.pagexplorer.ui.support.Sentence;

/** Somebody's model from its file to the shelf; on the FX thread. */
public final class ImportViewModel {
  private final EngineLane lane;
  private final Consumer<Path> imported;
  private final ObjectProperty<Stage> stage = new SimpleObjectProperty<>(Stage.CLOSED);
  private final StringProperty problem = new SimpleStringProperty("");
  private final ImportQuestions questions;
  private final Requests requests = new Requests();
  private final Queue<Path> waiting = new ArrayDeque<>();
  private Optional<Path> file = Optional.empty();
  private Optional<Arrival> arrival = Optional.empty();

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
   * @param samples labeled images to check readings on
   * @param imported takes the file of the finished model
   */
  public ImportViewModel(
      EngineLane lane, Supplier<Optional<Dataset>> samples, Consumer<Path> imported) {
    this.lane = lane;
    this.imported = imported;
    questions = new ImportQuestions(lane, samples, problem::set);
  }

  /** Begins with a file, or keeps it until the one before it is done with. */
  public void open(Path newFile) {
    if (stage.get() != Stage.CLOSED) {
      waiting.add(newFile);
      return;
    }
    file = Optional.of(newFile);
    stage.set(Stage.READING);
    BackgroundTask.of(() -> weights(newFile))
        .within(requests.latest())
        .onDone(weights -> weights.ifPresentOrElse(this::arrived, () -> stage.set(Stage.TRUST)))
        .onFailed(this::refused)
        .start();
  }

  /** Nothing for a program, which may do anything once it runs. */
  private static Optional<Arrival> weights(Path file) throws Exception {
    return TensorFiles.isTorchScript(file)
        ? Optional.empty()
        : Optional.of(new Arrival.Weights(ForeignModel.read(file)));
  }

  /** Places of all sets of weights in the file, the likeliest first; at least one. */
  List<String> places() {
    return arrival.orElseThrow() instanceof Arrival.Weights(ForeignModel model)
        ? model.places()
        : List.of("");
  }

  /** Where the weights are that are asked about. */
  String place() {
    return arrival.orElseThrow() instanceof Arrival.Weights(ForeignModel model)
        ? model.place()
        : "";
  }

  /** Another set of weights of the same file. */
  void useWeights(String place) {
    if (place().equals(place)) {
      return;
    }
    Path same = file.orElseThrow();
    stage.set(Stage.READING);
    BackgroundTask.of(() -> new Arrival.Weights(ForeignModel.read(same, place)))
        .within(requests.next())
        .onDone(this::arrived)
        .onFailed(this::refused)
        .start();
  }

  /**
   * The user trusts the program.
   *
   * @param side height and width of its images
   */
  public void trust(int side) {
    Path program = file.orElseThrow();
    stage.set(Stage.READING);
    BackgroundTask.of(() -> isOurs(program))
        .within(requests.latest())
        .onDone(
            isOurs -> {
              if (isOurs) {
                keep(() -> trusted(program), this::refused);
              } else {
                run(program, side);
              }
            })
        .onFailed(this::refused)
        .start();
  }

  /** A program that has been imported before, perhaps elsewhere, has nothing open but trust. */
  private static boolean isOurs(Path program) {
    if (!ModelFiles.isProgram(program)) {
      return false;
    }
    ModelFiles.readCard(program);
    return true;
  }

  private static Path trusted(Path program) throws Exception {
    TrustedPrograms.add(program);
    return program;
  }

  /** The lane may be busy for long; a program that nobody asks about anymore is not run then. */
  private void run(Path program, int side) {
    InputShape input = new InputShape(3, side, side);
    BackgroundTask.on(lane, l -> Arrival.TrustedProgram.of(program, input, l.engine()))
        .within(requests.latest())
        .onDone(this::arrived)
        .onFailed(this::refused)
        .start();
  }

  private void arrived(Arrival arrived) {
    if (arrival.isEmpty()) { // else the name may be the user's already
      questions.nameProperty().set(CheckpointNames.stem(arrived.file()));
    }
    ask(arrived);
    stage.set(Stage.ANSWERS);
  }

  private void ask(Arrival about) {
    arrival = Optional.of(about);
    questions.ask(about, requests.next());
  }

  private void refused(Throwable failure) {
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
      use(() -> model.withInputSide(side));
    } else {
      trust(side);
    }
  }

  /**
   * What the user says of a small CNN's convolutions; nothing changes if that does not fit.
   *
   * @param strides numbers between commas, one for all or one each
   * @param paddings likewise
   */
  void useConvolutions(String strides, String paddings) {
    if (arrival.orElseThrow() instanceof Arrival.Weights(ForeignModel model)) {
      use(() -> model.withConvolutions(numbers(strides), numbers(paddings)));
    }
  }

  /**
   * What the user says of the normalization, one value a channel; nothing changes if that cannot
   * be.
   */
  void useNormalization(String mean, String std) {
    Arrival now = arrival.orElseThrow();
    int channels = now.architectures().getFirst().input().channels();
    try {
      WrittenNormalization written =
          WrittenNormalization.of(
              WrittenNormalization.values(mean), WrittenNormalization.values(std), "mean", "std");
      Normalization typed = written.normalization();
      if (typed.mean().size() != channels) {
        throw new UserException(
            "The model's images have %d channels, so mean and std are %d values each."
                .formatted(channels, channels));
      }
      problem.set(
          written.isDivided()
              ? "They are of pixels in 0 to 255, so they were divided by 255: %s and %s."
                  .formatted(
                      WrittenNormalization.words(typed.mean()),
                      WrittenNormalization.words(typed.std()))
              : "");
      questions.addTyped(now, typed);
    } catch (UserException e) {
      problem.set(Sentence.of(e));
    }
  }

  private static List<Integer> numbers(String text) {
    if (text.isBlank()) {
      return List.of();
    }
    try {
      return Stream.of(text.split(",", -1)).map(String::strip).map(Integer::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new UserException("Strides and paddings are whole numbers between commas: 2,2.", e);
    }
  }

  /** Another reading of the same file; the one before stays if it cannot be. */
  private void use(Supplier<ForeignModel> reading) {
    try {
      Arrival changed = new Arrival.Weights(reading.get());
      problem.set("");
      ask(changed);
    } catch (UserException e) {
      problem.set(Sentence.of(e));
    }
  }

  /** Writes the model into the user's folder and hands it on. */
  public void confirm() {
    Arrival now = arrival.orElseThrow();
    questions.answers(now).ifPresent(answers -> write(now, answers));
  }

  private void write(Arrival now, Answers answers) {
    problem.set("");
    stage.set(Stage.READING);
    Request mine = requests.latest();
    BackgroundTask.of(() -> UserModels.write(now, answers)) // also what is cancelled leaves a file
        .onDone(
            path -> {
              if (mine.isCancelled()) {
                BackgroundTask.of(() -> Files.deleteIfExists(path)).start();
              } else {
                keep(() -> UserModels.keepOrDelete(now, path), this::notWritten);
              }
            })
        .onFailed(
            failure -> {
              if (!mine.isCancelled()) {
                notWritten(failure);
              }
            })
        .start();
  }

  /** The answers stay, so that another try costs nothing. */
  private void notWritten(Throwable failure) {
    problem.set(Sentence.of(failure));
    stage.set(Stage.ANSWERS);
  }

  /** Hands a finished model on; from here on nothing can be cancelled. */
  private void keep(Callable<Path> keeping, Consumer<Throwable> failed) {
    stage.set(Stage.KEEPING);
    BackgroundTask.of(keeping)
        .within(requests.latest())
        .onDone(
            kept -> {
              next();
              imported.accept(kept);
            })
        .onFailed(failed)
        .start();
  }

  /** The reading or writing of a model, while it runs. */
  public Optional<Activity> activity() {
    boolean runs = stage.get() == Stage.READING || stage.get() == Stage.KEEPING;
    return file.filter(now -> runs)
        .map(
            now ->
                new Activity(
                    this,
                    "Import of " + now.getFileName(),
                    stage.get() == Stage.READING ? "reading" : "writing",
                    -1,
                    Double.NaN,
                    this::dismiss));
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
    requests.cancel();
    arrival = Optional.empty();
    file = Optional.empty();
    questions.clear();
    problem.set("");
    stage.set(Stage.CLOSED);
  }

  public ObjectProperty<Stage> stageProperty() {
    return stage;
  }

  StringProperty problemProperty() {
    return problem;
  }

  ImportQuestions questions() {
    return questions;
  }

  Optional<Path> file() {
    return file;
  }

  Optional<Arrival> arrival() {
    return arrival;
  }

  /**
   * Whether there is nothing more to come: every reading has been tried, or the file is refused.
   */
  public boolean isSettled() {
    return switch (stage.get()) {
      case ANSWERS -> questions.areChecked();
      case REFUSED, CLOSED -> true;
      case READING, TRUST, KEEPING -> false;
    };
  }
}
