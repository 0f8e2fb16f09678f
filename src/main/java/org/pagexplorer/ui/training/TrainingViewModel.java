package org.pagexplorer.ui.training;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableSet;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.lab.cluster.AllRuns;
import org.pagexplorer.lab.cluster.SharedFolders.Folders;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.runs.RunQueue;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.run.TrainingObserver.Progress;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Requests;
import org.pagexplorer.ui.support.Sentence;

/** The runs on disk, looked at every second, on the FX thread. */
public final class TrainingViewModel {
  private static final Duration LOOK_EVERY = Duration.seconds(1);

  private final EngineLane lane;
  private final RunQueue queue;
  private final AllRuns all;
  private final Notice notice;
  private final GradientWriting gradients;
  private final Requests checks = new Requests();
  private final Consumer<Path> finished;
  private final Consumer<Path> deleted;
  private final ReadOnlyObjectWrapper<List<RunStatus>> runs =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyBooleanWrapper listed = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<Folders> folders =
      new ReadOnlyObjectWrapper<>(new Folders(List.of(), List.of()));
  private final ObjectProperty<@Nullable Path> selected = new SimpleObjectProperty<>();
  private final ObservableSet<Path> overlaid = FXCollections.observableSet();
  private final ObservableList<String> devices = FXCollections.observableArrayList("cpu");
  private final Set<Path> shelved = new HashSet<>();
  private final Timeline clock = new Timeline(new KeyFrame(LOOK_EVERY, event -> look()));
  private boolean looking;
  private String trouble = "";

  /**
   * @param finished receives the models of runs that have finished, now or before
   * @param deleted receives the folders of such runs once they are gone
   */
  public TrainingViewModel(
      EngineLane lane,
      RunQueue queue,
      Notice notice,
      Consumer<Path> finished,
      Consumer<Path> deleted) {
    this.lane = lane;
    this.queue = queue;
    all = new AllRuns(queue);
    this.notice = notice;
    gradients = new GradientWriting(notice);
    this.finished = finished;
    this.deleted = deleted;
    clock.setCycleCount(Animation.INDEFINITE);
  }

  /** Begins to look; also while another screen is shown, since a queue goes on. */
  public void open() {
    look();
    clock.play();
  }

  /** Ends it. Runs go on by themselves; the queue waits for the next window; all else stops. */
  public void close() {
    clock.stop();
    checks.cancel();
    gradients.close();
  }

  /** What is asked about the form as it is now. */
  Requests checks() {
    return checks;
  }

  /** What a look has found: what happened meanwhile, in sentences, and how all runs stand. */
  private record Look(List<String> happened, List<RunStatus> runs, Folders folders) {}

  /** One look at a time, off the FX thread. */
  private void look() {
    if (looking) {
      return;
    }
    looking = true;
    BackgroundTask.of(() -> new Look(queue.tick(), all.look(), all.folders()))
        .onDone(
            look -> {
              trouble = "";
              if (!look.happened().isEmpty()) {
                notice.say(String.join(" ", look.happened()));
              }
              looked(look.runs());
              folders.set(look.folders());
            })
        .onFailed(this::failed)
        .andFinally(() -> looking = false)
        .start();
  }

  /** Once, not each second. */
  private void failed(Throwable failure) {
    String sentence = Sentence.of(failure);
    if (!sentence.equals(trouble)) {
      notice.say(sentence);
    }
    trouble = sentence;
  }

  private void looked(List<RunStatus> now) {
    if (!now.equals(runs.get())) {
      runs.set(now);
    }
    listed.set(true);
    if (selected.get() != null && find(selected.get()).isEmpty()) {
      selected.set(null);
    }
    if (selected.get() == null && !now.isEmpty()) {
      selected.set(now.getFirst().folder());
    }
    overlaid.removeIf(folder -> find(folder).isEmpty());
    for (Path gone : shelved.stream().filter(folder -> find(folder).isEmpty()).toList()) {
      shelved.remove(gone);
      deleted.accept(gone);
    }
    for (RunStatus run : now) {
      boolean isOwn = all.isOwn(run.folder()); // a cluster's models are opened when they are wanted
      if (isOwn && run.state() == RunStatus.State.FINISHED && shelved.add(run.folder())) {
        RunQueue.model(run.folder()).ifPresent(finished);
      }
    }
  }

  /** The runs at work and those that wait for their turn. */
  public List<Activity> activities() {
    return runs.get().stream()
        .filter(run -> run.state().isActive() || run.state() == RunStatus.State.QUEUED)
        .map(this::activity)
        .toList();
  }

  private Activity activity(RunStatus run) {
    double left =
        run.state() == RunStatus.State.RUNNING
            ? run.progress().map(Progress::secondsLeft).orElse(Double.NaN)
            : Double.NaN;
    String state = run.state() == RunStatus.State.RUNNING ? place(run) : run.state().title();
    double done = run.epochs() == 0 ? 0 : run.epochsDone() / run.epochs();
    String work = run.isTraining() ? "Training of " : "Evaluation of ";
    return new Activity(run.folder(), work + run.name(), state, done, left, () -> stop(run));
  }

  private static String place(RunStatus run) {
    if (run.epochs() == 0) {
      return "";
    }
    return run.isTraining()
        ? "epoch %d of %d".formatted(Math.min(run.epochs(), run.completed() + 1), run.epochs())
        : "%d of %d chunks".formatted(run.completed(), run.epochs());
  }

  /** The run in a folder, as it was last seen. */
  Optional<RunStatus> find(Path folder) {
    return runs.get().stream().filter(run -> run.folder().equals(folder)).findFirst();
  }

  /**
   * May be asked on any thread.
   *
   * @throws org.pagexplorer.domain.UserException if no run can have this name
   */
  void checkName(String name) {
    queue.free(name);
  }

  /** Puts a new run into the queue. */
  public void begin(String name, List<String> arguments) {
    BackgroundTask.of(() -> queue.add(name, arguments))
        .onDone(
            run -> {
              selected.set(run);
              look();
            })
        .onFailed(notice::report)
        .start();
  }

  /** Lets a run wait between two steps, or go on. */
  public void pause(RunStatus run, boolean paused) {
    change(() -> all.pause(run.folder(), paused));
  }

  /** Takes a run from the queue or ends it after its current step; it may be resumed. */
  public void stop(RunStatus run) {
    change(() -> all.stop(run.folder()));
  }

  /** Puts a stopped run back into the queue, where it goes on after its last completed epoch. */
  public void resume(RunStatus run) {
    change(() -> all.resume(run.folder()));
  }

  /** Moves a run's folder to the trash, its model included. */
  public void delete(RunStatus run) {
    change(() -> all.delete(run.folder()));
  }

  /** Shows the runs of a shared folder beside the window's own, or does so no more. */
  public void show(Path folder, boolean shown) {
    change(() -> all.show(folder, shown));
  }

  /** The shared folders whose runs are shown, and those whose runs were. */
  ReadOnlyObjectProperty<Folders> foldersProperty() {
    return folders.getReadOnlyProperty();
  }

  private void change(Runnable work) {
    BackgroundTask.of(Executors.callable(work))
        .onDone(done -> look())
        .onFailed(notice::report)
        .start();
  }

  /** Files of gradients that are being written. */
  GradientWriting gradients() {
    return gradients;
  }

  Notice notice() {
    return notice;
  }

  EngineLane lane() {
    return lane;
  }

  /** By name. */
  public ReadOnlyObjectProperty<List<RunStatus>> runsProperty() {
    return runs.getReadOnlyProperty();
  }

  /** Whether the runs have been looked for; before, there seem to be none. */
  ReadOnlyBooleanProperty listedProperty() {
    return listed.getReadOnlyProperty();
  }

  /** The run whose log and probe are shown; null while there is none. */
  public ObjectProperty<@Nullable Path> selectedProperty() {
    return selected;
  }

  /** Runs whose curves are shown over the selected one's. */
  public ObservableSet<Path> overlaid() {
    return overlaid;
  }

  /** Where a run may be trained. */
  public ObservableList<String> devices() {
    return devices;
  }
}
