package org.pagexplorer.ui.toy;

import javafx.geometry.Point2D;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.toy.PointSet;
import org.pagexplorer.lab.toy.Region;
import org.pagexplorer.lab.toy.ToySetup.Points;
import org.pagexplorer.ui.toy.ToyViewModel.Tool;

/** The pointer over a panel: attacks, paints, erases, pans, zooms, asks. */
final class PlanePointer {
  private static final double ZOOM_A_NOTCH = 1.2;

  /** A dragged brush leaves a point every so many pixels. */
  private static final double SPACING = 9;

  private static final double ERASER = 14;

  private final ToyViewModel model;
  private final PlaneCanvas canvas;
  private @Nullable PointSet stroke;
  private double lastX;
  private double lastY;
  private boolean dragged;

  PlanePointer(ToyViewModel model, PlaneCanvas canvas) {
    this.model = model;
    this.canvas = canvas;
  }

  /** Follows the pointer, until the subscription ends. */
  Subscription listen() {
    canvas.setOnMousePressed(this::pressed);
    canvas.setOnMouseDragged(this::dragged);
    canvas.setOnMouseReleased(this::released);
    canvas.setOnMouseMoved(this::moved);
    canvas.setOnMouseExited(event -> model.view().pointerProperty().set(null));
    canvas.setOnScroll(this::scrolled);
    return Subscription.combine(
        model.view().pointerProperty().subscribe((old, now) -> ask(now)),
        // The network moves on under a pointer that rests.
        canvas
            .panel()
            .frameProperty()
            .subscribe(
                (old, now) -> ask(now == null ? null : model.view().pointerProperty().get())));
  }

  private void ask(@Nullable Point2D at) {
    if (at == null) {
      canvas.panel().forget();
      canvas.hover(null);
    } else {
      canvas.panel().ask(new PanelViewModel.Place(at.getX(), at.getY()), canvas::hover);
    }
  }

  private void moved(MouseEvent event) {
    model.view().pointerProperty().set(canvas.toPlane(event.getX(), event.getY()));
  }

  private boolean paints(MouseEvent event) {
    return model.toolProperty().get() != Tool.ATTACK && event.getButton() == MouseButton.PRIMARY;
  }

  private void pressed(MouseEvent event) {
    canvas.requestFocus(); // for the keys, and so that a half-typed field is taken
    lastX = event.getX();
    lastY = event.getY();
    dragged = false;
    if (paints(event)) {
      stroke = model.problemProperty().get().train();
      touch(event.getX(), event.getY());
    }
    event.consume();
  }

  private void dragged(MouseEvent event) {
    double moved = Math.hypot(event.getX() - lastX, event.getY() - lastY);
    if (stroke != null) {
      if (moved >= SPACING) {
        touch(event.getX(), event.getY());
        lastX = event.getX();
        lastY = event.getY();
      }
      return;
    }
    if (!dragged && moved < 4) {
      return;
    }
    dragged = true;
    Region region = model.view().filled();
    model
        .view()
        .regionProperty()
        .set(
            region.moved(
                -(event.getX() - lastX) * region.width() / canvas.getWidth(),
                (event.getY() - lastY) * region.height() / canvas.getHeight()));
    lastX = event.getX();
    lastY = event.getY();
  }

  private void released(MouseEvent event) {
    PointSet painted = stroke;
    stroke = null;
    if (painted != null) {
      if (painted.size() != model.problemProperty().get().train().size()) {
        model.points().use(new Points.Own(painted));
      }
    } else if (event.getClickCount() == 2) {
      model.view().regionProperty().set(model.home());
    } else if (!dragged) {
      Point2D at = canvas.toPlane(event.getX(), event.getY());
      model.attackFrom(at.getX(), at.getY());
    }
    event.consume();
  }

  private void touch(double x, double y) {
    PointSet before = stroke;
    if (before == null) {
      return;
    }
    Point2D at = canvas.toPlane(x, y);
    Tool tool = model.toolProperty().get();
    if (tool == Tool.ERASE) {
      double radius = canvas.toPlane(x + ERASER, y).getX() - at.getX();
      stroke = before.without(at.getX(), at.getY(), radius);
      canvas.paintOnly(stroke);
      return;
    }
    if (before.size() >= PointSet.LARGEST) {
      model.notice().say("The playground takes no more than 20,000 points; erase some.");
      return;
    }
    int label = tool == Tool.PAINT_BLUE ? 0 : 1;
    stroke = before.with(at.getX(), at.getY(), label);
    canvas.paint(PointSet.EMPTY.with(at.getX(), at.getY(), label));
  }

  private void scrolled(ScrollEvent event) {
    Point2D at = canvas.toPlane(event.getX(), event.getY());
    double factor = event.getDeltaY() > 0 ? 1 / ZOOM_A_NOTCH : ZOOM_A_NOTCH;
    Region region = model.view().filled();
    Region next = region.scaled(factor, at.getX(), at.getY());
    double home = model.home().width();
    if (event.getDeltaY() != 0 && next.width() > home / 1000 && next.width() < home * 100) {
      model.view().regionProperty().set(next);
    }
    event.consume();
  }
}
