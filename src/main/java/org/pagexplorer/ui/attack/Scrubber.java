package org.pagexplorer.ui.attack;

import java.util.function.IntSupplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.IntegerProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;

/** Moves every tile to the same PGD step; at its right end it follows the running attack. */
public final class Scrubber extends HBox {
  /** The scrubber's position while it follows the attack. */
  public static final int FOLLOW = -1;

  private static final double PLAY_SECONDS = 3;

  private final IntegerProperty steps;
  private final IntegerProperty scrubbed;
  private final IntSupplier shown;
  private final Slider slider = new Slider(0, 1, 1);
  private final Label words = new Label();
  private final Button play = new Button("", new FontIcon("mdi2p-play"));
  private final Timeline playing = new Timeline();
  private boolean following;

  /**
   * @param steps T
   * @param scrubbed the step that is asked for, or {@link #FOLLOW}
   * @param shown the step that the pictures show, that of the furthest one for {@link #FOLLOW}
   */
  public Scrubber(IntegerProperty steps, IntegerProperty scrubbed, IntSupplier shown) {
    super(8);
    this.steps = steps;
    this.scrubbed = scrubbed;
    this.shown = shown;
    setAlignment(Pos.CENTER_LEFT);
    getStyleClass().add("scrubber");
    slider.setId("scrubber");
    slider.setBlockIncrement(1);
    HBox.setHgrow(slider, Priority.ALWAYS);
    words.setMinWidth(96);
    play.setId("play");
    play.setTooltip(new Tooltip("Play the attack from its first step (space)"));
    play.setAccessibleText("Play");
    play.setOnAction(event -> togglePlay());
    getChildren().addAll(play, slider, words);
    slider.valueProperty().addListener((property, old, now) -> moved(now.intValue()));
    steps.addListener((property, old, now) -> follow());
    scrubbed.addListener((property, old, now) -> update());
    follow();
  }

  /** The user's hand (or the animation) moved the slider, unless it was the attack itself. */
  private void moved(int step) {
    if (!following) {
      int last = steps.get();
      scrubbed.set(step >= last ? FOLLOW : step);
    }
  }

  private void follow() {
    playing.stop();
    scrubbed.set(FOLLOW);
    update();
  }

  /** Another one of the same steps, whose controls have other identifiers. */
  public Scrubber named(String prefix) {
    slider.setId(prefix + "-scrubber");
    play.setId(prefix + "-play");
    return this;
  }

  /** Ends an animation: nobody sees it any more. */
  public void stop() {
    playing.stop();
    update();
  }

  /** Shows where the attack, or the user, is. */
  public void update() {
    int last = steps.get();
    int step = shown.getAsInt();
    following = true;
    slider.setMax(last);
    if (!slider.isPressed() && playing.getStatus() != Animation.Status.RUNNING) {
      slider.setValue(scrubbed.get() == FOLLOW ? step : scrubbed.get());
    }
    following = false;
    words.setText("step " + step + " / " + last);
  }

  /** Space plays where this node has the focus. */
  public void playFrom(Node node) {
    node.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.SPACE && node.isFocused()) {
            togglePlay();
            event.consume();
          }
        });
  }

  private void togglePlay() {
    if (playing.getStatus() == Animation.Status.RUNNING) {
      playing.stop();
      update();
      return;
    }
    int last = steps.get();
    playing.getKeyFrames().clear();
    for (int t = 0; t <= last; t++) {
      int step = t;
      Duration at = Duration.seconds(PLAY_SECONDS * t / Math.max(1, last));
      playing.getKeyFrames().add(new KeyFrame(at, event -> slider.setValue(step)));
    }
    playing.playFromStart();
  }
}
