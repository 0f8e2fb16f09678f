package org.pagexplorer.ui.toy;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Point2D;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.toy.PointSet;
import org.pagexplorer.lab.toy.Ticks;
import org.pagexplorer.ui.support.Pictures.Picture;

/**
 * A panel's part of the plane in three layers: the background and the boundary, which move with
 * every frame; the points, which do not; and what the pointer is at.
 */
final class PlaneCanvas extends Region {
  private static final double AXIS_FONT = 10;

  private final ToyViewModel model;
  private final PanelViewModel panel;
  private final Canvas ground = new Canvas();
  private final Canvas points = new Canvas();
  private final Canvas marks = new Canvas();
  private final Subscription subscription;
  private @Nullable Picture picture;
  private final ObjectProperty<PanelViewModel.@Nullable Answer> answer =
      new SimpleObjectProperty<>();

  PlaneCanvas(ToyViewModel model, PanelViewModel panel) {
    this.model = model;
    this.panel = panel;
    getStyleClass().add("plane");
    setMinSize(120, 120);
    setFocusTraversable(true);
    getChildren().addAll(ground, points, marks);
    PlaneView view = model.view();
    subscription =
        Subscription.combine(
            panel.frameProperty().subscribe((old, now) -> paintFrame()),
            model.problemProperty().subscribe((old, now) -> paintPoints()),
            view.pointsProperty().subscribe((old, now) -> paintPoints()),
            view.regionProperty().subscribe((old, now) -> paintAll()),
            view.themeProperty().subscribe((old, now) -> paintPoints()),
            view.marginsProperty().subscribe((old, now) -> paintMarks()),
            view.ballProperty().subscribe((old, now) -> paintMarks()),
            panel.numbersProperty().subscribe((old, now) -> paintMarks()),
            new PlanePointer(model, this).listen());
  }

  private void paintAll() {
    paintFrame();
    paintPoints();
  }

  /** Stops following a playground that no longer has this panel. */
  void dispose() {
    subscription.unsubscribe();
  }

  @Override
  protected void layoutChildren() {
    for (Canvas layer : new Canvas[] {ground, points, marks}) {
      layer.setWidth(Math.floor(getWidth()));
      layer.setHeight(Math.floor(getHeight()));
    }
    model.view().widthProperty().set(Math.floor(getWidth()));
    model.view().heightProperty().set(Math.floor(getHeight()));
    paintAll();
  }

  @Override
  protected double computePrefWidth(double height) {
    return 420;
  }

  @Override
  protected double computePrefHeight(double width) {
    return 420;
  }

  /** The place of the plane under a pixel. */
  Point2D toPlane(double x, double y) {
    org.pagexplorer.lab.toy.Region region = model.view().filled();
    return new Point2D(
        region.left() + region.width() * x / getWidth(),
        region.top() - region.height() * y / getHeight());
  }

  /** The pixel over a place of the plane. */
  Point2D toPixel(double x1, double x2) {
    org.pagexplorer.lab.toy.Region region = model.view().filled();
    return new Point2D(
        getWidth() * (x1 - region.left()) / region.width(),
        getHeight() * (region.top() - x2) / region.height());
  }

  PanelViewModel panel() {
    return panel;
  }

  void hover(PanelViewModel.@Nullable Answer now) {
    answer.set(now);
    paintMarks();
  }

  /** What the network says of the place under the pointer; null where there is none. */
  ReadOnlyObjectProperty<PanelViewModel.@Nullable Answer> answerProperty() {
    return answer;
  }

  private ToyPalette palette() {
    return ToyPalette.of(model.view().themeProperty().get());
  }

  private static void clear(Canvas canvas) {
    canvas.getGraphicsContext2D().clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
  }

  // --- Layers

  private void paintFrame() {
    clear(ground);
    PanelFrame frame = panel.frameProperty().get();
    if (frame != null && getWidth() >= 2) {
      GraphicsContext g = ground.getGraphicsContext2D();
      // By its place in the plane: the view may have moved since the frame was asked for.
      org.pagexplorer.lab.toy.Region region = frame.request().region();
      Point2D corner = toPixel(region.left(), region.top());
      Point2D opposite = toPixel(region.right(), region.bottom());
      g.drawImage(
          pictureOf(frame).image(),
          corner.getX(),
          corner.getY(),
          opposite.getX() - corner.getX(),
          opposite.getY() - corner.getY());
      paintBoundary(g, frame);
      paintArrows(g, frame);
    }
    paintAxes(ground.getGraphicsContext2D());
    paintMarks();
  }

  private Picture pictureOf(PanelFrame frame) {
    int width = frame.request().pixelWidth();
    int height = frame.request().pixelHeight();
    Picture shown = picture;
    if (shown == null
        || (int) shown.image().getWidth() != width
        || (int) shown.image().getHeight() != height) {
      shown = Picture.of(width, height);
      picture = shown;
    }
    System.arraycopy(frame.pixels(), 0, shown.pixels(), 0, shown.pixels().length);
    shown.changed();
    return shown;
  }

  private void paintBoundary(GraphicsContext g, PanelFrame frame) {
    double[] pieces = frame.boundary().pieces();
    g.setStroke(palette().line());
    g.setLineWidth(1.6);
    g.beginPath();
    for (int i = 0; i < pieces.length; i += 4) {
      Point2D from = toPixel(pieces[i], pieces[i + 1]);
      Point2D to = toPixel(pieces[i + 2], pieces[i + 3]);
      g.moveTo(from.getX(), from.getY());
      g.lineTo(to.getX(), to.getY());
    }
    g.stroke();
  }

  private void paintArrows(GraphicsContext g, PanelFrame frame) {
    float[] arrows = frame.arrows();
    double length = getWidth() / 32;
    g.setStroke(palette().line().deriveColor(0, 1, 1, 0.55));
    g.setLineWidth(1);
    for (int i = 0; i < arrows.length; i += 4) {
      Point2D at = toPixel(arrows[i], arrows[i + 1]);
      arrow(g, at, arrows[i + 2] * length, -arrows[i + 3] * length);
    }
  }

  /** An arrow with its middle at a pixel. */
  private static void arrow(GraphicsContext g, Point2D at, double dx, double dy) {
    double x = at.getX() + dx / 2;
    double y = at.getY() + dy / 2;
    g.strokeLine(at.getX() - dx / 2, at.getY() - dy / 2, x, y);
    g.strokeLine(x, y, x - 0.35 * dx + 0.2 * dy, y - 0.35 * dy - 0.2 * dx);
    g.strokeLine(x, y, x - 0.35 * dx - 0.2 * dy, y - 0.35 * dy + 0.2 * dx);
  }

  private void paintAxes(GraphicsContext g) {
    org.pagexplorer.lab.toy.Region region = model.view().filled();
    double step = Ticks.step(region.width());
    Color ink = palette().line().deriveColor(0, 1, 1, 0.6);
    g.setStroke(ink);
    g.setFill(ink);
    g.setLineWidth(1);
    g.setFont(Font.font(AXIS_FONT));
    double bottom = ground.getHeight();
    for (double at : Ticks.in(region.left(), region.right(), step)) {
      double x = toPixel(at, 0).getX();
      g.strokeLine(x, bottom - 5, x, bottom);
      if (x > 24 && x < ground.getWidth() - 14) {
        g.fillText(Ticks.label(at), x - 3.0 * Ticks.label(at).length(), bottom - 8);
      }
    }
    for (double at : Ticks.in(region.bottom(), region.top(), step)) {
      double y = toPixel(0, at).getY();
      g.strokeLine(0, y, 5, y);
      if (y > 10 && y < bottom - 20) {
        g.fillText(Ticks.label(at), 8, y + 3.5);
      }
    }
  }

  /** Repaints the points; on a layer of their own, since thousands take a few milliseconds. */
  void paintPoints() {
    clear(points);
    PointSet shown =
        switch (model.view().pointsProperty().get()) {
          case TEST -> model.problemProperty().get().test();
          case TRAIN -> model.problemProperty().get().train();
          case NONE -> PointSet.EMPTY;
        };
    paint(shown);
  }

  /** Paints other points than the playground's, while a stroke goes on. */
  void paintOnly(PointSet some) {
    clear(points);
    paint(some);
  }

  /** Adds points to those painted, while a stroke goes on. */
  void paint(PointSet some) {
    GraphicsContext g = points.getGraphicsContext2D();
    double side = some.size() > 2500 ? 2.5 : 4;
    for (int label = 0; label < PointSet.CLASSES; label++) {
      g.setFill(palette().point()[label]);
      for (int i = 0; i < some.size(); i++) {
        if (some.labels()[i] == label) {
          Point2D at = toPixel(some.x1(i), some.x2(i));
          g.fillOval(at.getX() - side / 2, at.getY() - side / 2, side, side);
        }
      }
    }
  }

  private void paintMarks() {
    clear(marks);
    GraphicsContext g = marks.getGraphicsContext2D();
    new Marks(this, g, palette()).paint(model, panel, answer.get());
  }
}
