package org.pagexplorer.ui.toy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
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
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.toy.PointSet;
import org.pagexplorer.domain.Method;
import org.pagexplorer.lab.figure.TrainedToy;
import org.pagexplorer.lab.toy.Region;
import org.pagexplorer.lab.toy.ToyProblem;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.lab.toy.ToySetup.Points;
import org.pagexplorer.lab.toy.ToySetup.Scheme;
import org.pagexplorer.ui.support.Sentence;
import org.pagexplorer.ui.support.Theme;

/** What the playground shows and does; on the FX thread. Its networks move in {@link FrameLoop}. */
public final class ToyViewModel implements AutoCloseable {
  /** What the pointer does. */
  public enum Tool {
    ATTACK,
    PAINT_BLUE,
    PAINT_ORANGE,
    ERASE
  }

  private final ObservableList<PanelViewModel> panels = FXCollections.observableArrayList();
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
  private final SeedsViewModel seeds;
  private final PointHistory history = new PointHistory();
  private final StringProperty notice;
  private final FrameLoop frames;
  private @Nullable Points pointsOfProblem;
  private long seedOfProblem;
  private boolean mixed;

  /**
   * @param notice takes sentences for the user
   */
  public ToyViewModel(StringProperty notice, ObjectProperty<Theme> theme) {
    this.notice = notice;
    view = new PlaneView(theme);
    seeds = new SeedsViewModel(this::report);
    frames = new FrameLoop(this, epochs);
    InvalidationListener again = property -> frames.repaint();
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
      mixed |= frames.steps() > 0 && !isSameTraining(before, after);
      for (int i = 0; i < panels.size(); i++) {
        panels.get(i).schemeProperty().set(after.schemes().get(i));
        panels.get(i).use(after);
      }
      frames.batchChanged(before.batch());
      frames.repaint();
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

  /** Whether what was changed has no part in training: epochs, and ε unless one trains with it. */
  private static boolean isSameTraining(ToySetup a, ToySetup b) {
    boolean adversarial =
        a.schemes().stream().anyMatch(scheme -> scheme.method() == Method.ADVERSARIAL);
    return a.schemes().equals(b.schemes())
        && a.learningRate() == b.learningRate()
        && a.batch() == b.batch()
        && (!adversarial || a.epsilon() == b.epsilon());
  }

  private static List<Object> methods(ToySetup setup) {
    return new ArrayList<>(setup.schemes().stream().map(Scheme::method).toList());
  }

  /** Begins anew with untrained weights. */
  public void restart() {
    ToySetup now = setup.get();
    boolean finished = frames.isFinished();
    Points points = now.points();
    boolean samePoints = points.equals(pointsOfProblem) && now.seed() == seedOfProblem;
    if (!samePoints) {
      problem.set(ToyProblem.of(now));
      pointsOfProblem = points;
      seedOfProblem = now.seed();
    }
    fitPanels(now);
    mixed = false;
    for (PanelViewModel panel : panels) {
      panel.begin(now, problem.get()).exceptionally(this::failed);
    }
    frames.begin();
    if (finished) {
      playing.set(true);
    }
    frames.repaint();
  }

  private void fitPanels(ToySetup now) {
    while (panels.size() > now.schemes().size()) {
      panels.removeLast().close();
    }
    for (int i = 0; i < now.schemes().size(); i++) {
      if (i < panels.size()) {
        panels.get(i).schemeProperty().set(now.schemes().get(i));
      } else {
        panels.add(new PanelViewModel(now.schemes().get(i)));
      }
    }
  }

  /** From any thread: a network could not go on. */
  boolean failed(Throwable failure) {
    Platform.runLater(
        () -> {
          playing.set(false);
          report(failure);
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
    double epsilon = automaticEpsilon.get() ? points.epsilon() : setup.get().epsilon();
    change(now -> now.withPoints(points, epsilon));
    if (!painting) {
      view.regionProperty().set(home());
    }
  }

  private void followPoints() {
    if (automaticEpsilon.get()) {
      change(now -> now.withEpsilon(now.points().epsilon()));
    }
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
    automaticEpsilon.set(whole.points().epsilon() == whole.epsilon());
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
    if (frames.isFinished()) {
      restart();
      playing.set(true);
    } else {
      playing.set(!playing.get());
    }
  }

  /** Trains one step, or one epoch, and waits. */
  public void once(boolean epoch) {
    playing.set(false);
    frames.once(epoch);
  }

  /** Steps of every panel, those under way included. */
  int steps() {
    return frames.steps();
  }

  /** Whether the networks were trained with one set-up after another, so that none gives them. */
  boolean isMixed() {
    return mixed;
  }

  /** Frames shown since the beginning. */
  public long frames() {
    return frames.shown();
  }

  // --- What the view binds to

  public ObservableList<PanelViewModel> panels() {
    return panels;
  }

  public ReadOnlyObjectProperty<ToySetup> setupProperty() {
    return setup.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<ToyProblem> problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** Whether the screen is in sight; otherwise the playground rests. */
  boolean isShown() {
    return shown.get();
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
  public SeedsViewModel seeds() {
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
    notice.set(Sentence.of(failure));
  }

  @Override
  public void close() {
    playing.set(false);
    shown.set(false);
    seeds.cancel();
    panels.forEach(PanelViewModel::close);
  }
}
