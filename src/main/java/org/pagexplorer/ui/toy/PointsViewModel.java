package org.pagexplorer.ui.toy;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.lab.toy.ToySetup.Points;

/** Which points the networks learn, what can be undone of it, and the ε that fits them. */
public final class PointsViewModel {
  private final ToyViewModel model;
  private final PointHistory history = new PointHistory();
  private final BooleanProperty automaticEpsilon = new SimpleBooleanProperty(true);

  PointsViewModel(ToyViewModel model) {
    this.model = model;
    automaticEpsilon.addListener(property -> followPoints());
  }

  /** Replaces the points; can be undone. */
  public void use(Points points) {
    history.keep(now());
    place(points);
  }

  public void undo() {
    history.undo(now()).ifPresent(this::place);
  }

  public void redo() {
    history.redo(now()).ifPresent(this::place);
  }

  /** Another setup, with its points and its ε, is about to be used. */
  void prepare(ToySetup whole) {
    if (!whole.points().equals(now()) && !model.panels().isEmpty()) {
      history.keep(now());
    }
    model.clickProperty().set(null);
    show(whole.points());
    automaticEpsilon.set(whole.points().epsilon() == whole.epsilon());
  }

  private Points now() {
    return model.setupProperty().get().points();
  }

  private void place(Points points) {
    model.clickProperty().set(null);
    show(points);
    boolean painting = points instanceof Points.Own && now() instanceof Points.Own;
    double epsilon =
        automaticEpsilon.get() ? points.epsilon() : model.setupProperty().get().epsilon();
    model.change(setup -> setup.withPoints(points, epsilon));
    if (!painting) {
      model.goHome();
    }
  }

  /** One's own points are all seen; of drawn ones those that the networks have not. */
  private void show(Points points) {
    if (model.view().pointsProperty().get() != PlaneView.Shown.NONE) {
      model
          .view()
          .pointsProperty()
          .set(points instanceof Points.Own ? PlaneView.Shown.TRAIN : PlaneView.Shown.TEST);
    }
  }

  private void followPoints() {
    if (automaticEpsilon.get()) {
      model.change(setup -> setup.withEpsilon(setup.points().epsilon()));
    }
  }

  PointHistory history() {
    return history;
  }

  /** Whether ε is what fits the points. */
  public BooleanProperty automaticEpsilonProperty() {
    return automaticEpsilon;
  }
}
