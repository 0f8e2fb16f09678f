package org.pagexplorer.ui.explore;

import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;

/** Moves every tile to the same PGD step; at its right end it follows the running attack. */
final class Scrubber extends HBox {
  private static final double PLAY_SECONDS = 3;

  private final ExploreViewModel model;
  private final Slider slider = new Slider(0, 1, 1);
  private final Label words = new Label();
  private final Button play = new Button("", new FontIcon("mdi2p-play"));
  private final Timeline playing = new Timeline();
  private boolean following;

  Scrubber(ExploreViewModel model) {
    super(8);
    this.model = model;
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
    model.settings().stepsProperty().addListener((property, old, now) -> follow());
    model.scrubbedStepProperty().addListener((property, old, now) -> update());
    follow();
  }

  /** The user's hand (or the animation) moved the slider, unless it was the attack itself. */
  private void moved(int step) {
    if (!following) {
      int last = model.settings().stepsProperty().get();
      model.scrubbedStepProperty().set(step >= last ? ExploreViewModel.FOLLOW : step);
    }
  }

  private void follow() {
    playing.stop();
    model.scrubbedStepProperty().set(ExploreViewModel.FOLLOW);
    update();
  }

  /** Shows where the attack, or the user, is. */
  void update() {
    int steps = model.settings().stepsProperty().get();
    int scrubbed = model.scrubbedStepProperty().get();
    int step = scrubbed == ExploreViewModel.FOLLOW ? latest() : scrubbed;
    following = true;
    slider.setMax(steps);
    if (!slider.isPressed() && playing.getStatus() != Animation.Status.RUNNING) {
      slider.setValue(step);
    }
    following = false;
    words.setText("step " + step + " / " + steps);
  }

  /** How far the furthest tile is. */
  private int latest() {
    return model
        .run()
        .map(
            run -> {
              int furthest = 0;
              for (int i = 0; i < run.tiles().size(); i++) {
                furthest = Math.max(furthest, run.trajectory(i).latest());
              }
              return furthest;
            })
        .orElse(0);
  }

  void togglePlay() {
    if (playing.getStatus() == Animation.Status.RUNNING) {
      playing.stop();
      update();
      return;
    }
    int steps = model.settings().stepsProperty().get();
    playing.getKeyFrames().clear();
    for (int t = 0; t <= steps; t++) {
      int step = t;
      Duration at = Duration.seconds(PLAY_SECONDS * t / Math.max(1, steps));
      playing.getKeyFrames().add(new KeyFrame(at, event -> slider.setValue(step)));
    }
    playing.playFromStart();
  }
}
