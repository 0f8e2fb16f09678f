package org.pagexplorer.ui.viewer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.WrittenNumber;
import org.pagexplorer.ui.support.Pictures;
import org.pagexplorer.ui.support.Pictures.Picture;
import org.pagexplorer.ui.viewer.ViewerViewModel.Part;
import org.pagexplorer.ui.viewer.ViewerViewModel.Pixel;

/** One of the enlarged pictures, not smoothed, over the values of the pixel that is pointed to. */
final class PicturePane extends VBox {
  /** A scale, such as {@code 0 to 0.012}. */
  private static final double NARROWEST_TITLE = 80;

  /** Per notch of a wheel, of 40 units, a tenth. */
  private static final double ZOOM_PER_UNIT = 1.0024;

  private final ViewerViewModel model;
  private final PaintViewModel paint;
  private final RegionOverlay overlay = new RegionOverlay();
  private final Part part;
  private final Canvas canvas = new Canvas();
  private final Pane frame = new Pane(canvas);
  private final Label title = new Label();
  private final HBox head = new HBox(8, title);
  private final Label values = new Label();
  private final List<Made> made = new ArrayList<>();
  private double lastX;
  private double lastY;

  /** A picture of the screen, kept as long as its image is shown. */
  private record Made(Image image, Picture picture) {
    /** By which one it is: pixels are not compared at every painting. */
    private boolean is(Image other) {
      return image == other;
    }
  }

  PicturePane(ViewerViewModel model, PaintViewModel paint, Part part) {
    super(2);
    this.model = model;
    this.paint = paint;
    this.part = part;
    setId("viewer-" + part.name().toLowerCase(Locale.ROOT));
    title.getStyleClass().add("picture-title");
    title.setMinWidth(NARROWEST_TITLE); // what stands before it can be narrower
    values.getStyleClass().add("viewer-values");
    values.setId(getId() + "-values");
    frame.getStyleClass().add("viewer-picture");
    frame.setMinSize(0, 0);
    frame.setPrefSize(0, 0);
    Rectangle clip = new Rectangle();
    clip.widthProperty().bind(frame.widthProperty());
    clip.heightProperty().bind(frame.heightProperty());
    frame.setClip(clip);
    canvas.widthProperty().bind(frame.widthProperty());
    canvas.heightProperty().bind(frame.heightProperty());
    VBox.setVgrow(frame, Priority.ALWAYS);
    head.setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(head, frame, values);
    listen();
  }

  private void listen() {
    frame.widthProperty().addListener((property, old, now) -> update()); // which clears a canvas
    frame.heightProperty().addListener((property, old, now) -> update());
    frame.setOnScroll(this::scrolled);
    frame.setOnZoom(this::pinched);
    frame.setOnMousePressed(this::pressed);
    frame.setOnMouseDragged(this::dragged);
    frame.setOnMouseReleased(this::released);
    frame.setOnMouseMoved(event -> model.point(fromMiddleX(event.getX()), fromMiddleY(event)));
    frame.setOnMouseExited(event -> model.pointAway());
  }

  private double fromMiddleX(double x) {
    return x - frame.getWidth() / 2;
  }

  private double fromMiddleY(MouseEvent event) {
    return event.getY() - frame.getHeight() / 2;
  }

  private void scrolled(ScrollEvent event) {
    if (event.getDeltaY() != 0) {
      double factor = Math.pow(ZOOM_PER_UNIT, event.getDeltaY());
      model.zoom(factor, fromMiddleX(event.getX()), event.getY() - frame.getHeight() / 2);
    }
    event.consume();
  }

  private void pinched(ZoomEvent event) {
    model.zoom(
        event.getZoomFactor(), fromMiddleX(event.getX()), event.getY() - frame.getHeight() / 2);
    event.consume();
  }

  /** On the original, where one paints; the middle button moves it all the same. */
  private boolean paints(MouseEvent event) {
    return part == Part.ORIGINAL
        && paint.onProperty().get()
        && event.getButton() == MouseButton.PRIMARY;
  }

  private double pictureX(MouseEvent event) {
    return model.viewport().centerX() + fromMiddleX(event.getX()) / model.viewport().scale();
  }

  private double pictureY(MouseEvent event) {
    return model.viewport().centerY() + fromMiddleY(event) / model.viewport().scale();
  }

  private void released(MouseEvent event) {
    if (paints(event)) {
      paint.release();
    }
  }

  private void pressed(MouseEvent event) {
    lastX = event.getX();
    lastY = event.getY();
    if (paints(event)) {
      paint.press(pictureX(event), pictureY(event));
      return;
    }
    if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
      model.fit();
    }
  }

  private void dragged(MouseEvent event) {
    if (paints(event)) {
      paint.drag(pictureX(event), pictureY(event));
      model.point(fromMiddleX(event.getX()), fromMiddleY(event));
      return;
    }
    model.move(event.getX() - lastX, event.getY() - lastY);
    lastX = event.getX();
    lastY = event.getY();
    model.point(fromMiddleX(event.getX()), fromMiddleY(event));
  }

  /** Puts controls before the title; all heads should be as high, so that all frames are. */
  HBox head() {
    return head;
  }

  Part part() {
    return part;
  }

  /** The part of the screen that the picture has. */
  Pane frame() {
    return frame;
  }

  /** Brings it up to the view model. */
  void update() {
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.setImageSmoothing(false);
    g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    Optional<Image> shown = model.picture(part);
    Optional<Image> over = overlay();
    made.removeIf(
        known -> shown.stream().noneMatch(known::is) && over.stream().noneMatch(known::is));
    shown.ifPresent(image -> draw(g, image));
    double share = model.overlayProperty().get();
    if (shown.isPresent() && over.isPresent()) {
      g.setGlobalAlpha(share);
      draw(g, over.get());
      g.setGlobalAlpha(1);
    }
    if (part == Part.ORIGINAL) {
      drawRegions(g);
    }
    model.pointed().ifPresent(pixel -> outline(g, pixel));
    title.setText(title(over.isPresent() ? share : 0));
    boolean never = part == Part.GRADIENT && !model.gradientWords().isEmpty();
    String missing = never ? " " : "not computed yet";
    values.setText(shown.isEmpty() ? missing : valuesAt(model.pointed().orElse(null)));
  }

  private void drawRegions(GraphicsContext g) {
    boolean painting = paint.onProperty().get();
    int selected = painting ? paint.selectedProperty().get() : -1;
    double scale = model.viewport().scale();
    overlay.draw(g, paint.regions(), screenX(0), screenY(0), scale, selected);
    if (painting && paint.toolProperty().get() != PaintViewModel.Tool.RECTANGLE) {
      model
          .pointed()
          .ifPresent(
              pixel -> {
                double r = paint.brushRadius() * scale;
                double x = screenX(pixel.x()) + scale / 2;
                double y = screenY(pixel.y()) + scale / 2;
                g.setStroke(Color.BLACK);
                g.strokeOval(x - r - 1, y - r - 1, 2 * r + 2, 2 * r + 2);
                g.setStroke(Color.WHITE);
                g.strokeOval(x - r, y - r, 2 * r, 2 * r);
              });
    }
  }

  private Optional<Image> overlay() {
    return part == Part.RESULT && model.overlayProperty().get() > 0
        ? model.picture(Part.ORIGINAL)
        : Optional.empty();
  }

  private String title(double share) {
    if (part == Part.GRADIENT) {
      return model.gradientWords();
    }
    int percent = (int) Math.round(100 * share);
    return percent == 0
        ? part.words()
        : part.words() + ", " + percent + " % of the original over it";
  }

  private Picture pictureOf(Image image) {
    for (Made known : made) {
      if (known.is(image)) {
        return known.picture();
      }
    }
    Picture picture = Picture.of(image.shape().width(), image.shape().height());
    Pictures.fromImage(image, picture.pixels());
    made.add(new Made(image, picture));
    return picture;
  }

  /** Only pixels in sight, so that nothing larger than the pane is ever painted. */
  private void draw(GraphicsContext g, Image image) {
    Viewport view = model.viewport();
    double halfWidth = canvas.getWidth() / 2;
    double halfHeight = canvas.getHeight() / 2;
    int left = Math.max(0, view.column(-halfWidth));
    int top = Math.max(0, view.row(-halfHeight));
    int columns = Math.min(image.shape().width(), view.column(halfWidth) + 1) - left;
    int rows = Math.min(image.shape().height(), view.row(halfHeight) + 1) - top;
    if (columns > 0 && rows > 0) {
      g.drawImage(
          pictureOf(image).image(),
          left,
          top,
          columns,
          rows,
          screenX(left),
          screenY(top),
          columns * view.scale(),
          rows * view.scale());
    }
  }

  private double screenX(int column) {
    Viewport view = model.viewport();
    return Math.round(canvas.getWidth() / 2 + (column - view.centerX()) * view.scale());
  }

  private double screenY(int row) {
    Viewport view = model.viewport();
    return Math.round(canvas.getHeight() / 2 + (row - view.centerY()) * view.scale());
  }

  /** The same pixel in each of them, seen on dark and on light. */
  private void outline(GraphicsContext g, Pixel pixel) {
    double side = model.viewport().scale();
    double x = screenX(pixel.x());
    double y = screenY(pixel.y());
    g.setStroke(Color.BLACK);
    g.strokeRect(x - 1.5, y - 1.5, side + 3, side + 3);
    g.setStroke(Color.WHITE);
    g.strokeRect(x - 0.5, y - 0.5, side + 1, side + 1);
  }

  private String valuesAt(@Nullable Pixel pixel) {
    if (pixel == null) {
      return " ";
    }
    Image image = model.values(part).orElseThrow();
    StringBuilder words = new StringBuilder("(" + pixel.x() + ", " + pixel.y() + ")");
    String format =
        switch (part) {
          case ORIGINAL, RESULT -> "  %.4f";
          case PERTURBATION -> "  %+.4f";
          case GRADIENT -> "  %+.3g";
        };
    for (int c = 0; c < image.shape().channels(); c++) {
      String value = String.format(Locale.ROOT, format, image.at(c, pixel.y(), pixel.x()));
      words.append(WrittenNumber.typeset(value));
    }
    return words.toString();
  }
}
