package org.pagexplorer.ui.toy;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.InvalidationListener;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.toy.PointSet;
import org.pagexplorer.lab.figure.TrainedToy;
import org.pagexplorer.lab.toy.Region;
import org.pagexplorer.lab.toy.SetupText;
import org.pagexplorer.lab.toy.ToyProblem;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.lab.toy.ToySetup.Points;
import org.pagexplorer.lab.toy.ToySetup.Scheme;
import org.pagexplorer.ui.settings.Part;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.Complaint;
import org.pagexplorer.ui.support.Notice;
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
  private final ObjectProperty<Speed> speed = new SimpleObjectProperty<>(Speed.FULL);
  private final ObjectProperty<Tool> tool = new SimpleObjectProperty<>(Tool.ATTACK);
  private final ObjectProperty<@Nullable Click> click = new SimpleObjectProperty<>();
  private final ReadOnlyDoubleWrapper epochs = new ReadOnlyDoubleWrapper();
  private final PlaneView view;
  private final SeedsViewModel seeds;
  private final PointsViewModel points;
  private final Notice notice;
  private final Complaint complaint;
  private final FrameLoop frames;
  private final Pace pace = new Pace();
  private final JsonObject usual;
  private @Nullable Points pointsOfProblem;
  private long seedOfProblem;
  private boolean mixed;

  public ToyViewModel(Notice notice, ObjectProperty<Theme> theme) {
    this.notice = notice;
    complaint = new Complaint(notice);
    view = new PlaneView(theme);
    seeds = new SeedsViewModel(notice);
    points = new PointsViewModel(this);
    frames = new FrameLoop(this, epochs);
    InvalidationListener again = property -> frames.repaint();
    view.listen(again);
    click.addListener(again);
    playing.addListener(again);
    shown.addListener(again);
    InvalidationListener going = property -> pace.begin(epochs.get());
    playing.addListener(going);
    shown.addListener(going);
    usual = part().give();
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

  // --- The setup

  /** Changes the setup; what cannot be is said, and nothing changes. */
  public void change(UnaryOperator<ToySetup> how) {
    ToySetup before = setup.get();
    ToySetup after;
    try {
      after = how.apply(before);
    } catch (IllegalArgumentException e) {
      complaint.say("This cannot be set: " + e.getMessage() + ".");
      return;
    }
    complaint.settle();
    if (after.equals(before)) {
      return;
    }
    setup.set(after);
    if (panels.isEmpty()) { // not opened yet
      makeProblem(after);
      return;
    }
    SetupChange change = new SetupChange(before, after);
    if (change.keepsNetworks()) {
      mixed |= frames.steps() > 0 && !change.keepsTraining();
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

  /** Starts over with untrained weights. */
  public void restart() {
    ToySetup now = setup.get();
    boolean finished = frames.isFinished();
    makeProblem(now);
    fitPanels(now);
    mixed = false;
    for (PanelViewModel panel : panels) {
      panel.begin(now, problem.get(), this::failed);
    }
    frames.begin();
    pace.begin(0);
    if (finished) {
      playing.set(true);
    }
    frames.repaint();
  }

  private void makeProblem(ToySetup now) {
    boolean samePoints = now.points().equals(pointsOfProblem) && now.seed() == seedOfProblem;
    if (!samePoints) {
      problem.set(ToyProblem.of(now));
      pointsOfProblem = now.points();
      seedOfProblem = now.seed();
    }
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

  /** A network could not go on. */
  void failed(Throwable failure) {
    playing.set(false);
    notice.report(failure);
  }

  /** Changes how a panel's network is trained. */
  public void changeScheme(int panel, Scheme scheme) {
    changeSchemes(schemes -> schemes.set(panel, scheme));
  }

  /** Adds a panel. */
  public void addPanel(Scheme scheme) {
    changeSchemes(schemes -> schemes.add(scheme));
  }

  /** Takes a panel away; the last one stays. */
  public void removePanel(int panel) {
    if (panels.size() > 1) {
      // The panel that goes is the one whose network goes.
      panels.add(panels.remove(panel));
      changeSchemes(schemes -> schemes.remove(panel));
    }
  }

  private void changeSchemes(Consumer<List<Scheme>> how) {
    change(
        now -> {
          List<Scheme> schemes = new ArrayList<>(now.schemes());
          how.accept(schemes);
          return now.withSchemes(schemes);
        });
  }

  /** Replaces everything by a setup. */
  public void use(ToySetup whole) {
    points.prepare(whole);
    change(now -> whole);
    goHome();
  }

  /** What is to be remembered. */
  public Part part() {
    return new Part("toy")
        .text("setup", () -> SetupText.of(setup.get()), text -> use(SetupText.parse(text)), setup)
        .constant("speed", speed, Speed.values())
        .constant("points", view.pointsProperty(), PlaneView.Shown.values())
        .truth("confidence", view.confidenceProperty())
        .truth("gradients", view.gradientsProperty())
        .truth("margins", view.marginsProperty())
        .truth("ball", view.ballProperty());
  }

  /** Everything as the paper has it, and is shown at first. */
  public void reset() {
    part().take(usual);
  }

  /** Shows all points. */
  void goHome() {
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

  /** Plays, or pauses; a finished training starts over. */
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

  /** Whether the networks were trained with one setup after another, so that none gives them. */
  boolean isMixed() {
    return mixed;
  }

  /** Whether no frame is under way, nor any due. */
  boolean isAtRest() {
    return frames.isAtRest();
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

  /** The training, while it plays in sight. */
  public Optional<Activity> activity() {
    String name = "Playground";
    int all = setup.get().epochs();
    double done = Math.min(all, epochs.get());
    return playing.get() && shown.get()
        ? Optional.of(
            new Activity(
                name,
                name,
                String.format(Locale.ROOT, "epoch %,d of %,d", (int) done, all),
                done / all,
                pace.secondsLeft(done, all),
                () -> playing.set(false)))
        : Optional.empty();
  }

  /** Many seeds, in the background. */
  public SeedsViewModel seeds() {
    return seeds;
  }

  /** What the networks learn from. */
  public PointsViewModel points() {
    return points;
  }

  /** Says why something typed is not taken; gone when the next is. */
  void complain(String sentence) {
    complaint.say(sentence);
  }

  Notice notice() {
    return notice;
  }

  @Override
  public void close() {
    playing.set(false);
    shown.set(false);
    seeds.cancel();
    panels.forEach(PanelViewModel::close);
  }
}
