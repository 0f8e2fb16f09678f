package org.pagexplorer.ui.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.ui.control.Labels;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.Popups;
import org.pagexplorer.ui.support.Tips;

/**
 * All that runs, in one list: a button that says how much that is, and what it opens. Looked at
 * twice a second, since progress comes from many threads.
 */
final class ActivityList {
  private static final Duration LOOK_EVERY = Duration.millis(500);
  private static final double WIDTH = 400;
  private static final double HIGHEST = 440;
  private static final double BORDER = 2;

  private final Supplier<List<Activity>> source;
  private final Button button = new Button("Running", new FontIcon("mdi2p-progress-clock"));
  private final Label title = Labels.styled("pane-title", "Running");
  private final Label nothing = nothing();
  private final VBox list = new VBox(12);
  private final ScrollPane scroll = new ScrollPane(list);
  private final Popup popup = Popups.of(scroll);
  private final Map<Object, ActivityRow> rows = new HashMap<>();
  private final Timeline clock = new Timeline(new KeyFrame(LOOK_EVERY, event -> look()));

  /**
   * @param source how all that runs stands
   */
  ActivityList(Supplier<List<Activity>> source) {
    this.source = source;
    button.setId("activities");
    button.getStyleClass().addAll("flat", "rail-button");
    Tips.on(
        button,
        "What is running (attacks, measurements, trainings, exports, imports): progress, time"
            + " left, and a stop button for each");
    button.setOnAction(event -> toggle());
    list.setId("activity-list");
    list.getStyleClass().add("activity-list");
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setPrefWidth(WIDTH);
    scroll.getStyleClass().add("activity-pane");
    clock.setCycleCount(Animation.INDEFINITE);
  }

  /** What opens it. */
  Button button() {
    return button;
  }

  /** Begins to look. */
  void open() {
    look();
    clock.play();
  }

  /** Ends it. */
  void close() {
    clock.stop();
    popup.hide();
  }

  private void toggle() {
    if (popup.isShowing()) {
      popup.hide();
      return;
    }
    look();
    Point2D place = button.localToScreen(button.getWidth() + 10, button.getHeight());
    popup.setAnchorLocation(javafx.stage.PopupWindow.AnchorLocation.CONTENT_BOTTOM_LEFT);
    popup.show(button, place.getX(), place.getY());
    fit();
  }

  private void look() {
    List<Activity> now = source.get();
    button.setText(now.isEmpty() ? "Running" : now.size() + " running");
    button.getStyleClass().remove("accent");
    if (!now.isEmpty()) {
      button.getStyleClass().add("accent");
    }
    List<Node> shown = new ArrayList<>();
    shown.add(title);
    for (Activity activity : now) { // the same node for the same work: it may be being clicked
      ActivityRow row = rows.computeIfAbsent(activity.key(), key -> new ActivityRow(this::look));
      row.show(activity);
      shown.add(row);
    }
    rows.values().retainAll(shown);
    if (now.isEmpty()) {
      shown.add(nothing);
    }
    if (!list.getChildren().equals(shown)) {
      list.getChildren().setAll(shown);
    }
    fit();
  }

  /** As high as its content in this width, whose texts wrap, up to a limit. */
  private void fit() {
    if (popup.isShowing()) {
      list.applyCss();
      double height = Math.min(HIGHEST, list.prefHeight(WIDTH - BORDER) + BORDER);
      if (scroll.getPrefHeight() != height) {
        scroll.setPrefHeight(height);
        popup.sizeToScene();
      }
    }
  }

  private static Label nothing() {
    Label nothing =
        Labels.explanation(
            "Nothing is running. Attacks, measurements, alignment, trainings, exports, and imports"
                + " are listed here while they run, with their progress, the time left at the"
                + " current speed, and a stop button.",
            WIDTH - 30);
    nothing.setId("activity-none");
    return nothing;
  }
}
