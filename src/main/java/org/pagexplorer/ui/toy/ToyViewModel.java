package org.pagexplorer.ui.toy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
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
 * <p>All panels are at the same step at any time. A frame is so many steps that it takes about a
 * twenty-fifth of a second; the next one begins when every panel has shown it.
 */
public final class ToyViewModel implements AutoCloseable {
  private static final double FRAME_MILLIS = 38;
  private static final int MOST_STEPS_A_FRAME = 250;

  /** Between two measurements on the test points while a network learns. */
  private static final long NUMBERS_NANOS = 600_000_000L;

  /** How fast training goes. */
  public enum Speed {
    /** A step at a time, to be watched. */
    STEPS("steps", 1, 120),
    /** About an epoch a second. */
    EPOCHS("an epoch a second", 2, 40),
    /** As fast as the machine can. */
    FULL("full speed", MOST_STEPS_A_FRAME, 0);

    private final String title;
    private final int stepsAFrame;
    private final double pauseMillis;

    Speed(String title, int stepsAFrame, double pauseMillis) {
      this.title = title;
      this.stepsAFrame = stepsAFrame;
      this.pauseMillis = pauseMillis;
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
  private int wantedOnce;
  private boolean inFlight;
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
        steps = (int) Math.round(epochs.get() * stepsPerEpoch());
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

  private void placePoints(Points points) {
    click.set(null);
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
    int within = steps % stepsPerEpoch();
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

  /** The next frame, unless one is under way or there is nothing to show. */
  private void next() {
    if (inFlight || !shown.get() || panels.isEmpty() || !view.hasSize()) {
      return;
    }
    int toTrain = stepsNow();
    if (toTrain == 0 && !repaint && settled) {
      return;
    }
    boolean training = toTrain > 0;
    long now = System.nanoTime();
    boolean numbers = !training || now - numbersMeasured > NUMBERS_NANOS;
    numbersMeasured = numbers ? now : numbersMeasured;
    settled = !training;
    repaint = false;
    inFlight = true;
    steps += toTrain;
    FrameRequest request = view.request(training, setup.get().attack(), numbers, click.get());
    CompletableFuture<?>[] all =
        panels.stream()
            .map(panel -> panel.advance(toTrain, request))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(all)
        .whenComplete((nothing, failure) -> shownFrame(toTrain, numbers, now, failure));
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
      int once = wantedOnce;
      wantedOnce = 0;
      return once;
    }
    return playing.get() ? Math.min(left, Math.min(stepsAFrame, speed.get().stepsAFrame)) : 0;
  }

  private void shownFrame(int trained, boolean numbers, long began, @Nullable Throwable failure) {
    inFlight = false;
    if (failure != null) {
      failed(failure);
      return;
    }
    epochs.set((double) steps / stepsPerEpoch());
    if (trained > 0 && !numbers) {
      double millis = (System.nanoTime() - began) / 1e6;
      double fitting = trained * FRAME_MILLIS / Math.max(1, millis);
      stepsAFrame = Math.clamp(Math.round((stepsAFrame + fitting) / 2), 1, MOST_STEPS_A_FRAME);
    }
    frames++;
    if (speed.get().pauseMillis > 0 && playing.get()) {
      PauseTransition pause = new PauseTransition(Duration.millis(speed.get().pauseMillis));
      pause.setOnFinished(event -> next());
      pause.play();
    } else {
      next();
    }
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
