package org.pagexplorer.ui.toy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.toy.PointSet;
import org.pagexplorer.dataset.toy.Separation;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.toy.Region;
import org.pagexplorer.lab.toy.ToyProblem;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.lab.toy.ToySetup.Points;
import org.pagexplorer.lab.toy.ToySetup.Scheme;
import org.pagexplorer.lab.toy.TrainedToy;
import org.pagexplorer.ui.support.Theme;

/**
 * What the playground shows and does; on the FX thread.
 *
 * <p>All panels are at the same step in every frame. A frame is so many steps that they take about
 * a twenty-fifth of a second; while it is painted the lanes work on the next one.
 */
public final class ToyViewModel implements AutoCloseable {
  /** Of training a frame, so that some twenty frames are shown a second. */
  private static final double TRAINING_MILLIS = 38;

  /** Of an epoch that was asked for, so that it does not take long before the first. */
  private static final int FEWEST_AT_ONCE = 16;

  /** One is painted while the lanes work on the next. */
  private static final int FRAMES_IN_FLIGHT = 2;

  private static final int MOST_STEPS_A_FRAME = 250;

  /** Between two measurements on the test points while a network learns. */
  private static final long NUMBERS_NANOS = 1_000_000_000L;

  /** At {@link Speed#EPOCHS}. */
  private static final int FRAMES_A_SECOND = 16;

  /** How fast training goes. */
  public enum Speed {
    /** A step at a time, to be watched. */
    STEPS("steps", 120),
    /** About an epoch a second. */
    EPOCHS("an epoch a second", 50),
    /** As fast as the machine can. */
    FULL("full speed", 0);

    private final String title;
    private final double pauseMillis;

    Speed(String title, double pauseMillis) {
      this.title = title;
      this.pauseMillis = pauseMillis;
    }

    /** Steps a frame, where {@code most} fit into it. */
    int steps(int most, int stepsPerEpoch) {
      return switch (this) {
        case STEPS -> 1;
        case EPOCHS -> Math.min(most, Math.ceilDiv(stepsPerEpoch, FRAMES_A_SECOND));
        case FULL -> most;
      };
    }

    @Override
    public String toString() {
      return title;
    }
  }

  /** What the pointer does. */
  public enum Tool {
    ATTACK,
    PAINT_BLUE,
    PAINT_ORANGE,
    ERASE
  }

  private final ObservableList<PanelModel> panels = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<ToySetup> setup =
      new ReadOnlyObjectWrapper<>(ToySetup.paper());
  private final ReadOnlyObjectWrapper<ToyProblem> problem =
      new ReadOnlyObjectWrapper<>(ToyProblem.of(ToySetup.paper()));
  private final BooleanProperty playing = new SimpleBooleanProperty();
  private final BooleanProperty shown = new SimpleBooleanProperty();
  private final BooleanProperty automaticEpsilon = new SimpleBooleanProperty(true);
  private final ObjectProperty<Speed> speed = new SimpleObjectProperty<>(Speed.FULL);
  private final ObjectProperty<Tool> tool = new SimpleObjectProperty<>(Tool.ATTACK);
  private final ObjectProperty<@Nullable Click> click = new SimpleObjectProperty<>();
  private final ReadOnlyDoubleWrapper epochs = new ReadOnlyDoubleWrapper();
  private final PlaneView view;
  private final SeedsModel seeds;
  private final PointHistory history = new PointHistory();
  private final StringProperty notice;
  private int steps;
  private int stepsAFrame = 1;
  private final PauseTransition pause = new PauseTransition();
  private int trainings;
  private int wantedOnce;
  private int inFlight;
  private boolean repaint;
  private boolean settled;
  private long numbersMeasured;

  /**
   * @param notice takes sentences for the user
   */
  public ToyViewModel(StringProperty notice, ObjectProperty<Theme> theme) {
    this.notice = notice;
    view = new PlaneView(theme);
    seeds = new SeedsModel(this::report);
    pause.setOnFinished(event -> repaint());
    InvalidationListener again = property -> repaint();
    view.listen(again);
    click.addListener(again);
    playing.addListener(again);
    shown.addListener(again);
    automaticEpsilon.addListener(property -> followPoints());
  }

  /** Begins when the screen is shown for the first time; there is nothing to press. */
  public void open() {
    shown.set(true);
    if (panels.isEmpty()) {
      playing.set(true);
      restart();
    }
  }

  /** While another screen is shown the playground rests. */
  public void hide() {
    shown.set(false);
  }

  // --- The set-up

  /** Changes the set-up; what cannot be is said, and nothing changes. */
  public void change(UnaryOperator<ToySetup> how) {
    ToySetup before = setup.get();
    ToySetup after;
    try {
      after = how.apply(before);
    } catch (IllegalArgumentException e) {
      notice.set("This cannot be set: " + e.getMessage() + ".");
      return;
    }
    if (after.equals(before)) {
      return;
    }
    setup.set(after);
    if (isSameNetwork(before, after)) {
      for (int i = 0; i < panels.size(); i++) {
        panels.get(i).schemeProperty().set(after.schemes().get(i));
        panels.get(i).use(after);
      }
      if (before.batch() != after.batch()) {
        // The epochs done stay done.
        int points = problem.get().train().size();
        double done = (double) steps / Math.max(1, Math.ceilDiv(points, before.batch()));
        steps = (int) Math.round(done * stepsPerEpoch());
      }
      repaint();
    } else {
      restart();
    }
  }

  /** Whether a running training can go on with what was changed. */
  private static boolean isSameNetwork(ToySetup a, ToySetup b) {
    return a.points().equals(b.points())
        && a.seed() == b.seed()
        && a.hidden() == b.hidden()
        && a.activation() == b.activation()
        && a.neighbours() == b.neighbours()
        && methods(a).equals(methods(b));
  }

  private static List<Object> methods(ToySetup setup) {
    return new ArrayList<>(setup.schemes().stream().map(Scheme::method).toList());
  }

  /** Begins anew with untrained weights. */
  public void restart() {
    ToySetup now = setup.get();
    boolean finished = steps > 0 && steps >= allSteps();
    Points points = now.points();
    boolean samePoints = points.equals(pointsOfProblem) && now.seed() == seedOfProblem;
    if (!samePoints) {
      problem.set(ToyProblem.of(now));
      pointsOfProblem = points;
      seedOfProblem = now.seed();
    }
    fitPanels(now);
    for (PanelModel panel : panels) {
      panel.begin(now, problem.get()).exceptionally(this::failed);
    }
    trainings++;
    wantedOnce = 0;
    steps = 0;
    epochs.set(0);
    numbersMeasured = 0;
    if (finished) {
      playing.set(true);
    }
    repaint();
  }

  private @Nullable Points pointsOfProblem;
  private long seedOfProblem;

  private void fitPanels(ToySetup now) {
    while (panels.size() > now.schemes().size()) {
      panels.removeLast().close();
    }
    for (int i = 0; i < now.schemes().size(); i++) {
      if (i < panels.size()) {
        panels.get(i).schemeProperty().set(now.schemes().get(i));
      } else {
        panels.add(new PanelModel(now.schemes().get(i)));
      }
    }
  }

  private boolean failed(Throwable failure) {
    Platform.runLater(
        () -> {
          playing.set(false);
          Throwable cause = failure.getCause() == null ? failure : failure.getCause();
          notice.set(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        });
    return false;
  }

  /** Changes how a panel's network is trained. */
  public void changeScheme(int panel, Scheme scheme) {
    change(
        now -> {
          List<Scheme> schemes = new ArrayList<>(now.schemes());
          schemes.set(panel, scheme);
          return now.withSchemes(schemes);
        });
  }

  /** Adds a panel. */
  public void addPanel(Scheme scheme) {
    change(
        now -> {
          List<Scheme> schemes = new ArrayList<>(now.schemes());
          schemes.add(scheme);
          return now.withSchemes(schemes);
        });
  }

  /** Takes a panel away; the last one stays. */
  public void removePanel(int panel) {
    if (panels.size() > 1) {
      // The panel that goes is the one whose network goes.
      panels.add(panels.remove(panel));
      change(
          now -> {
            List<Scheme> schemes = new ArrayList<>(now.schemes());
            schemes.remove(panel);
            return now.withSchemes(schemes);
          });
    }
  }

  // --- Points

  /** Replaces the points; can be undone. */
  public void usePoints(Points points) {
    history.keep(setup.get().points());
    placePoints(points);
  }

  /** One's own points are all seen; of drawn ones those that the networks have not. */
  private void showPoints(Points points) {
    if (view.pointsProperty().get() != PlaneView.Shown.NONE) {
      view.pointsProperty()
          .set(points instanceof Points.Own ? PlaneView.Shown.TRAIN : PlaneView.Shown.TEST);
    }
  }

  private void placePoints(Points points) {
    click.set(null);
    showPoints(points);
    boolean painting = points instanceof Points.Own && setup.get().points() instanceof Points.Own;
    double epsilon =
        automaticEpsilon.get() ? epsilonOf(points).orElse(15.0) : setup.get().epsilon();
    change(now -> now.withPoints(points, epsilon));
    if (!painting) {
      view.regionProperty().set(home());
    }
  }

  private static Optional<Double> epsilonOf(Points points) {
    double epsilon =
        switch (points) {
          case Points.Drawn(var shape) -> Separation.epsilonOf(shape);
          case Points.Own(PointSet set) -> Separation.epsilon(set);
        };
    return epsilon > 0 ? Optional.of(epsilon) : Optional.empty();
  }

  private void followPoints() {
    if (automaticEpsilon.get()) {
      epsilonOf(setup.get().points()).ifPresent(this::useEpsilon);
    }
  }

  private void useEpsilon(double epsilon) {
    change(now -> now.withEpsilon(epsilon));
  }

  public void undo() {
    history.undo(setup.get().points()).ifPresent(this::placePoints);
  }

  public void redo() {
    history.redo(setup.get().points()).ifPresent(this::placePoints);
  }

  /** Replaces everything by a set-up. */
  public void use(ToySetup whole) {
    if (!whole.points().equals(setup.get().points())) {
      history.keep(setup.get().points());
    }
    click.set(null);
    showPoints(whole.points());
    automaticEpsilon.set(epsilonOf(whole.points()).filter(e -> e == whole.epsilon()).isPresent());
    change(now -> whole);
    view.regionProperty().set(home());
  }

  /** The part of the plane that shows all points. */
  Region home() {
    return problem.get().train().size() == 0 ? PlaneView.EMPTY : TrainedToy.view(problem.get());
  }

  /** The attack begins here. */
  public void attackFrom(double x1, double x2) {
    PointSet train = problem.get().train();
    int nearest = train.nearest(x1, x2);
    if (nearest >= 0) {
      click.set(new Click(x1, x2, train.labels()[nearest]));
    }
  }

  // --- Playing

  /** Plays, or pauses; a finished training begins anew. */
  public void togglePlay() {
    if (steps >= allSteps()) {
      restart();
      playing.set(true);
    } else {
      playing.set(!playing.get());
    }
  }

  /** Trains one step, or one epoch, and waits. */
  public void once(boolean epoch) {
    playing.set(false);
    int within = (steps + wantedOnce) % stepsPerEpoch();
    wantedOnce += epoch ? stepsPerEpoch() - within : 1;
    repaint();
  }

  private int stepsPerEpoch() {
    return Math.max(1, Math.ceilDiv(problem.get().train().size(), setup.get().batch()));
  }

  private int allSteps() {
    return setup.get().epochs() * stepsPerEpoch();
  }

  /** Something has changed that should be seen. */
  void repaint() {
    repaint = true;
    settled = false;
    next();
  }

  /** More frames, unless enough are under way or there is nothing to show. */
  private void next() {
    while (inFlight < FRAMES_IN_FLIGHT && shown.get() && !panels.isEmpty() && view.hasSize()) {
      int toTrain = stepsNow();
      if (toTrain == 0 && (inFlight > 0 || !repaint && (settled || waits()))) {
        return;
      }
      frame(toTrain);
      if (pauses()) {
        return;
      }
    }
  }

  /** Whether the next slow frame is not due yet. */
  private boolean waits() {
    return pause.getStatus() == Animation.Status.RUNNING;
  }

  /** Whether frames are to follow one another slowly. */
  private boolean pauses() {
    return speed.get().pauseMillis > 0 && playing.get();
  }

  /** What the newest numbers are of; panning does not change them. */
  private record Measured(int training, int steps, AttackSpecification attack) {}

  private @Nullable Measured measured;

  private void frame(int toTrain) {
    boolean training = toTrain > 0;
    long now = System.nanoTime();
    Measured wanted = new Measured(trainings, steps + toTrain, setup.get().attack());
    boolean numbers =
        !wanted.equals(measured) && (!training || now - numbersMeasured > NUMBERS_NANOS);
    numbersMeasured = numbers ? now : numbersMeasured;
    measured = numbers ? wanted : measured;
    settled = !training;
    repaint = false;
    inFlight++;
    steps += toTrain;
    double reached = (double) steps / stepsPerEpoch();
    FrameRequest request = view.request(training, setup.get().attack(), numbers, click.get());
    CompletableFuture<?>[] all =
        panels.stream()
            .map(panel -> panel.advance(toTrain, request))
            .toArray(CompletableFuture[]::new);
    int inTraining = trainings;
    CompletableFuture.allOf(all)
        .whenComplete((nothing, failure) -> shownFrame(inTraining, reached, failure));
  }

  private int stepsNow() {
    if (!problem.get().train().isLearnable()) {
      return 0;
    }
    int left = wantedOnce > 0 ? Integer.MAX_VALUE : allSteps() - steps;
    if (left <= 0) {
      playing.set(false);
      return 0;
    }
    if (wantedOnce > 0) {
      int once = Math.min(wantedOnce, Math.max(stepsAFrame, FEWEST_AT_ONCE));
      wantedOnce -= once;
      return once;
    }
    int most = speed.get().steps(stepsAFrame, stepsPerEpoch());
    return playing.get() && !waits() ? Math.min(left, most) : 0;
  }

  private void shownFrame(int inTraining, double reached, @Nullable Throwable failure) {
    inFlight--;
    if (failure != null) {
      failed(failure);
      return;
    }
    if (inTraining == trainings) {
      epochs.set(reached);
    }
    double slowest = panels.stream().mapToDouble(PanelModel::stepMillis).max().orElse(0);
    if (slowest > 0) {
      stepsAFrame = Math.clamp(Math.round(TRAINING_MILLIS / slowest), 1, MOST_STEPS_A_FRAME);
    }
    frames++;
    if (pauses() && !waits()) {
      pause.setDuration(Duration.millis(speed.get().pauseMillis));
      pause.play();
    }
    next();
  }

  private long frames;

  /** Frames shown since the beginning. */
  public long frames() {
    return frames;
  }

  // --- What the view binds to

  public ObservableList<PanelModel> panels() {
    return panels;
  }

  public ReadOnlyObjectProperty<ToySetup> setupProperty() {
    return setup.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<ToyProblem> problemProperty() {
    return problem.getReadOnlyProperty();
  }

  public BooleanProperty playingProperty() {
    return playing;
  }

  public BooleanProperty automaticEpsilonProperty() {
    return automaticEpsilon;
  }

  public ObjectProperty<Speed> speedProperty() {
    return speed;
  }

  public ObjectProperty<Tool> toolProperty() {
    return tool;
  }

  public ObjectProperty<@Nullable Click> clickProperty() {
    return click;
  }

  /** Epochs done, with the started one's share. */
  public ReadOnlyDoubleProperty epochsProperty() {
    return epochs.getReadOnlyProperty();
  }

  public PlaneView view() {
    return view;
  }

  /** Many seeds, in the background. */
  public SeedsModel seeds() {
    return seeds;
  }

  PointHistory history() {
    return history;
  }

  public StringProperty noticeProperty() {
    return notice;
  }

  /** Says what went wrong in a sentence. */
  void report(Throwable failure) {
    Throwable cause = failure instanceof UserException ? failure : rootOf(failure);
    notice.set(cause.getMessage() == null ? cause.toString() : cause.getMessage());
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof UserException)) {
      cause = cause.getCause();
    }
    return cause;
  }

  @Override
  public void close() {
    playing.set(false);
    shown.set(false);
    seeds.cancel();
    panels.forEach(PanelModel::close);
  }
}
