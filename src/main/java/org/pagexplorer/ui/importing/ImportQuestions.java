package org.pagexplorer.ui.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.pagexplorer.checkpoint.importing.ForeignModel.Answers;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.UsualClasses;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.lab.model.Arrival;
import org.pagexplorer.lab.model.CandidateCheck;
import org.pagexplorer.lab.model.CandidateCheck.Candidate;
import org.pagexplorer.lab.model.CandidateCheck.Result;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.model.ImportDefaults;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Request;
import org.pagexplorer.ui.support.Requests;

/** What a file leaves open, and how well each reading does on sample images; on the FX thread. */
final class ImportQuestions {
  private static final String TYPED = "mean and std as typed";

  private final EngineLane lane;
  private final Supplier<Optional<Dataset>> samples;
  private final Notice problem;
  private final StringProperty name = new SimpleStringProperty("");
  private final ObjectProperty<ClassNames> classNames =
      new SimpleObjectProperty<>(new ClassNames("", List.of()));
  private final ObservableList<ClassNames> usualClassNames = FXCollections.observableArrayList();
  private final ObservableList<Reading> readings = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable Candidate> chosen = new SimpleObjectProperty<>();
  private final StringProperty checkedOn = new SimpleStringProperty("");

  /** The normalization that was typed last. */
  private final Requests typings = new Requests();

  /**
   * Names for the classes.
   *
   * @param title of the set, for people
   */
  record ClassNames(String title, List<String> names) {}

  /**
   * @param samples labeled images to check readings on
   * @param problem takes what went wrong with a check
   */
  ImportQuestions(EngineLane lane, Supplier<Optional<Dataset>> samples, Notice problem) {
    this.lane = lane;
    this.samples = samples;
    this.problem = problem;
  }

  /** Lists the readings, and begins to check them. */
  void ask(Arrival now, Request mine) {
    typings.cancel();
    List<Candidate> candidates = CandidateCheck.candidates(now);
    readings.setAll(candidates.stream().map(Reading::unknown).toList());
    chosen.set(candidates.size() == 1 ? candidates.getFirst() : usual(now, candidates));
    proposeClassNames(now);
    check(now, candidates, mine);
  }

  /** Of torchvision's networks of ImageNet, its own; null where nothing is usual. */
  private static @Nullable Candidate usual(Arrival now, List<Candidate> candidates) {
    Optional<Normalization> usual = ImportDefaults.normalization(now);
    if (now.architectures().size() > 1 || usual.isEmpty()) {
      return null;
    }
    for (Candidate candidate : candidates) {
      if (candidate.normalization().equals(usual.orElseThrow())) {
        return candidate;
      }
    }
    return null;
  }

  private void proposeClassNames(Arrival now) {
    Architecture network = now.architectures().getFirst();
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
  }

  private void check(Arrival now, List<Candidate> candidates, Request mine) {
    Optional<Dataset> images =
        samples
            .get()
            .flatMap(s -> CandidateCheck.fitted(now.architectures().getFirst(), s, _ -> {}));
    checkedOn.set(images.map(i -> i.size() + " images of " + i.name()).orElse(""));
    if (images.isPresent()) {
      check(now, candidates, 0, images.get(), mine);
    }
  }

  /** A job each, so that an attack waits for one reading at most. */
  private void check(
      Arrival now, List<Candidate> candidates, int first, Dataset images, Request mine) {
    for (int i = 0; i < candidates.size(); i++) {
      int candidate = i;
      int row = first + i;
      BackgroundTask.on(
              lane,
              working ->
                  CandidateCheck.run(
                      now,
                      List.of(candidates.get(candidate)),
                      images,
                      working.engine(),
                      mine::isCancelled,
                      result -> Platform.runLater(() -> show(row, result, mine))))
          .within(mine)
          .onFailed(failure -> failed(row, failure))
          .start();
    }
  }

  /**
   * Adds readings under a normalization that the user has typed, in the place of those that were
   * typed before, and takes the first of them. What was typed before is no longer checked.
   */
  void addTyped(Arrival now, Normalization typed) {
    Request mine = typings.next();
    readings.removeIf(reading -> reading.candidate().title().equals(TYPED));
    List<Candidate> candidates =
        now.architectures().stream().map(network -> new Candidate(network, TYPED, typed)).toList();
    int first = readings.size();
    candidates.forEach(candidate -> readings.add(Reading.unknown(candidate)));
    chosen.set(candidates.size() == 1 ? candidates.getFirst() : null);
    samples
        .get()
        .flatMap(s -> CandidateCheck.fitted(now.architectures().getFirst(), s, _ -> {}))
        .ifPresent(images -> check(now, candidates, first, images, mine));
  }

  private void show(int row, Result result, Request mine) {
    boolean same =
        row < readings.size() && readings.get(row).candidate().equals(result.candidate());
    if (!mine.isCancelled() && same) { // another one may have been typed since
      readings.set(row, readings.get(row).with(result));
    }
  }

  private void failed(int row, Throwable failure) {
    if (row < readings.size()) {
      readings.set(row, readings.get(row).failed());
    }
    problem.report(failure);
  }

  /** What was answered; nothing while no reading is chosen. */
  Optional<Answers> answers(Arrival now) {
    return Optional.ofNullable(chosen.get())
        .map(
            reading ->
                new Answers(
                    name.get().isBlank() ? CheckpointNames.stem(now.file()) : name.get().strip(),
                    reading.architecture(),
                    reading.normalization(),
                    classNames.get().names(),
                    ""));
  }

  void clear() {
    typings.cancel();
    readings.clear();
    chosen.set(null);
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

  /** Whether it is known how well each reading does, as far as there are images for that. */
  boolean areChecked() {
    return checkedOn.get().isEmpty()
        || readings.stream().allMatch(one -> one.result().isPresent() || one.hasFailed());
  }

  /** What readings are checked on, for people; empty if no images fit. */
  StringProperty checkedOnProperty() {
    return checkedOn;
  }
}
