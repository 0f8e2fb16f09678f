package org.pagexplorer.ui.attack;

import java.util.List;
import java.util.function.IntSupplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.IntegerProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.ui.support.Tips;

/** Moves every tile to the same PGD step; at its right end it follows the running attack. */
public final class Scrubber extends HBox {
  /** The scrubber's position while it follows the attack. */
  public static final int FOLLOW = -1;

  private static final double PLAY_SECONDS = 3;

  /** Of "step 1000 / 1000". */
  private static final double WORDS_WIDTH = 110;

  /** At the last step, before a loop begins again. */
  private static final Duration REST = Duration.seconds(0.7);

  private final IntegerProperty steps;
  private final IntegerProperty scrubbed;
  private final IntSupplier shown;
  private final Slider slider = new Slider(0, 1, 1);
  private final Label words = new Label();
  private final Button play = new Button("", new FontIcon("mdi2p-play"));
  private final ToggleButton loop = new ToggleButton("", new FontIcon("mdi2r-repeat"));
  private final ComboBox<String> speed = new ComboBox<>();
  private final Timeline playing = new Timeline();
  private boolean following;
  private boolean moving;

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
    Tips.on(
        slider, "Which step of the attack the pictures show, from the original, 0, to the last");
    HBox.setHgrow(slider, Priority.ALWAYS);
    play.setId("play");
    Tips.on(play, "Play the attack, or pause it (space)");
    play.setAccessibleText("Play");
    play.setOnAction(event -> togglePlay());
    loop.setId("play-loop");
    Tips.on(loop, "Loop from the first step to the last");
    loop.setAccessibleText("Loop");
    speed.setId("play-speed");
    speed.getItems().addAll("¼×", "½×", "1×", "2×", "4×");
    speed.setValue("1×");
    Tips.on(speed, "Playback speed of the attack; 1× takes three seconds");
    speed.valueProperty().addListener((property, old, now) -> playing.setRate(rate()));
    loop.selectedProperty().addListener((property, old, now) -> playAnew());
    playing.statusProperty().addListener((property, old, now) -> showState());
    for (Region fixed : List.of(play, loop, speed, words)) {
      fixed.setMinWidth(Region.USE_PREF_SIZE); // in a narrow window the slider gives way
    }
    words.setPrefWidth(WORDS_WIDTH);
    getChildren().addAll(play, loop, speed, slider, words);
    slider.valueProperty().addListener((property, old, now) -> moved(now.intValue()));
    steps.addListener((property, old, now) -> follow());
    scrubbed.addListener((property, old, now) -> scrubbed(now.intValue()));
    follow();
  }

  /** The user's hand (or the animation) moved the slider, unless it was the attack itself. */
  private void moved(int step) {
    if (!following) {
      int last = steps.get();
      moving = true;
      scrubbed.set(step >= last ? FOLLOW : step);
      moving = false;
    }
  }

  /** An attack that starts over is followed; an animation of the one before has ended. */
  private void scrubbed(int step) {
    if (step == FOLLOW && !moving) {
      playing.stop();
    }
    update();
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
    loop.setId(prefix + "-play-loop");
    speed.setId(prefix + "-play-speed");
    return this;
  }

  /** Ends an animation: nobody sees it anymore. */
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

  /** A pause keeps the step that is shown, and playing goes on from there. */
  private void togglePlay() {
    if (playing.getStatus() == Animation.Status.RUNNING) {
      playing.pause();
      update();
    } else {
      play(scrubbed.get() == FOLLOW ? 0 : scrubbed.get());
    }
  }

  private void play(int from) {
    playing.stop();
    int last = steps.get();
    playing.getKeyFrames().clear();
    for (int t = 0; t <= last; t++) {
      int step = t;
      playing.getKeyFrames().add(new KeyFrame(at(t), event -> slider.setValue(step)));
    }
    if (loop.isSelected()) {
      playing.getKeyFrames().add(new KeyFrame(at(last).add(REST))); // its end is seen, too
    }
    playing.setCycleCount(loop.isSelected() ? Animation.INDEFINITE : 1);
    playing.setRate(rate());
    playing.playFrom(at(from));
  }

  private Duration at(int step) {
    return Duration.seconds(PLAY_SECONDS * step / Math.max(1, steps.get()));
  }

  /** Whether it is looped is known to an animation from its beginning. */
  private void playAnew() {
    if (playing.getStatus() == Animation.Status.RUNNING) {
      play(scrubbed.get() == FOLLOW ? 0 : scrubbed.get());
    }
  }

  private double rate() {
    return Math.pow(2, speed.getItems().indexOf(speed.getValue()) - 2);
  }

  private void showState() {
    boolean running = playing.getStatus() == Animation.Status.RUNNING;
    play.setGraphic(new FontIcon(running ? "mdi2p-pause" : "mdi2p-play"));
    play.setAccessibleText(running ? "Pause" : "Play");
  }
}
