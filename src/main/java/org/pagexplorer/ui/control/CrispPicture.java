package org.pagexplorer.ui.control;

import javafx.geometry.Pos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.ui.support.Pictures;
import org.pagexplorer.ui.support.Pictures.Picture;

/** One picture, enlarged without smoothing, under a title and over a caption. */
public final class CrispPicture extends VBox {
  private final Canvas canvas;
  private final Label caption = new Label();
  private @Nullable Picture shown;

  public CrispPicture(String title, double side) {
    super(2);
    canvas = new Canvas(side, side);
    Label heading = new Label(title);
    heading.getStyleClass().add("picture-title");
    caption.getStyleClass().add("picture-caption");
    caption.setWrapText(true);
    caption.setAlignment(Pos.CENTER);
    caption.setTextAlignment(TextAlignment.CENTER);
    caption.setMinHeight(Region.USE_PREF_SIZE);
    caption.maxWidthProperty().bind(canvas.widthProperty());
    setAlignment(Pos.TOP_CENTER);
    getChildren().addAll(heading, canvas, caption);
    clear();
  }

  /** Shows an image in [0, 1]. */
  public void show(Image image, String words) {
    Picture picture = Picture.of(image.shape().width(), image.shape().height());
    Pictures.fromImage(image, picture.pixels());
    show(picture, words);
  }

  /** Shows CHW bytes. */
  public void show(byte[] chw, InputShape shape, String words) {
    Picture picture = Picture.of(shape.width(), shape.height());
    Pictures.fromBytes(chw, 0, shape, picture.pixels());
    show(picture, words);
  }

  private void show(Picture picture, String words) {
    shown = picture;
    draw();
    caption.setText(words);
  }

  private void draw() {
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.setImageSmoothing(false);
    g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    if (shown != null) {
      g.drawImage(shown.image(), 0, 0, canvas.getWidth(), canvas.getHeight());
    }
  }

  /** Makes it larger or smaller. */
  public void setSide(double side) {
    if (side != canvas.getWidth()) {
      canvas.setWidth(side);
      canvas.setHeight(side);
      draw();
    }
  }

  /** The side of the picture on the screen. */
  public double side() {
    return canvas.getWidth();
  }

  /** Shows nothing. */
  public void clear() {
    shown = null;
    draw();
    caption.setText("");
  }
}
