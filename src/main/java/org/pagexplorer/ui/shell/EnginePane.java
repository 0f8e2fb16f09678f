package org.pagexplorer.ui.shell;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.engine.natives.Preparation;
import org.pagexplorer.engine.natives.TransferClock;
import org.pagexplorer.lab.Durations;
import org.pagexplorer.ui.control.Buttons;

/**
 * A card over the screen while PyTorch arrives on this machine: what is unpacked or fetched and
 * from whom, how far it is, and what to do if it did not come.
 */
final class EnginePane extends StackPane {
  private static final double WIDTH = 560;

  private final Runnable again;
  private final VBox card = new VBox(12);
  private final Label title = new Label("Setting up PyTorch");
  private final Label words = new Label();
  private final ProgressBar bar = new ProgressBar(0);
  private final Label left = new Label();
  private final HBox buttons = new HBox(8);
  private @Nullable CompletableFuture<Boolean> question;
  private volatile boolean cancelled;

  /**
   * @param again tries once more after a failure
   */
  EnginePane(Runnable again) {
    this.again = again;
    setId("engine-pane");
    getStyleClass().add("import-shade");
    card.getStyleClass().add("import-card");
    card.setMaxSize(WIDTH, Region.USE_PREF_SIZE);
    title.getStyleClass().add("import-title");
    words.setId("engine-words");
    words.setWrapText(true);
    words.setMinHeight(Region.USE_PREF_SIZE);
    bar.setId("engine-progress");
    bar.setMaxWidth(Double.MAX_VALUE);
    left.setId("engine-left");
    left.getStyleClass().add("model-kind");
    buttons.setAlignment(Pos.CENTER_RIGHT);
    getChildren().add(card);
    managedProperty().bind(visibleProperty());
    setVisible(false);
  }

  /** What the engine tells and asks, on its own thread. */
  Preparation preparation() {
    return new Preparation() {
      private final TransferClock clock = new TransferClock(100);

      @Override
      public boolean mayDownload(Offer offer) {
        if (cancelled) {
          return false; // asked once is enough
        }
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Platform.runLater(() -> ask(offer, answer));
        return answer.join();
      }

      @Override
      public void progress(String stage, long done, long total) {
        if (clock.step(stage, done, total)) {
          double seconds = clock.secondsLeft(done, total);
          Platform.runLater(() -> showProgress(stage, done, total, seconds));
        }
      }

      @Override
      public void arrived() {
        Platform.runLater(EnginePane.this::done);
      }

      @Override
      public boolean isCancelled() {
        return cancelled;
      }
    };
  }

  private void ask(Preparation.Offer offer, CompletableFuture<Boolean> answer) {
    if (cancelled) {
      answer.complete(false);
      return;
    }
    question = answer;
    show(
        offer.sentence(),
        Buttons.of(
            "engine-refuse",
            "Not now",
            "Use the window without PyTorch: pictures and models are shown, nothing is attacked",
            this::refuse),
        primary(
            Buttons.of(
                "engine-download",
                "Download",
                "Download PyTorch once and keep it in the cache",
                () -> answer(true))));
  }

  private void refuse() {
    cancelled = true;
    answer(false);
  }

  private void answer(boolean yes) {
    CompletableFuture<Boolean> asked = question;
    question = null;
    if (asked != null) {
      asked.complete(yes);
    }
  }

  private void showProgress(String stage, long done, long total, double seconds) {
    if (cancelled) {
      return;
    }
    boolean fresh = !isVisible() || !card.getChildren().contains(bar);
    if (fresh) {
      show(
          "",
          Buttons.of(
              "engine-cancel",
              "Cancel",
              "Stop the download; what has arrived is kept for another try",
              this::cancel));
      card.getChildren().setAll(title, words, bar, left, buttons);
    }
    words.setText(stage + " …");
    bar.setProgress(total == 0 ? -1 : (double) done / total);
    left.setText(
        String.format(Locale.ROOT, "%.2f of %.2f GB", done / 1e9, total / 1e9)
            + (Double.isFinite(seconds) ? ", " + Durations.words(seconds) + " left" : ""));
  }

  private void cancel() {
    cancelled = true;
    words.setText("Stopping …");
  }

  /** PyTorch is there. */
  void done() {
    setVisible(false);
  }

  /** It is not, for a reason in one sentence. Nobody asks again before the user tries. */
  void failed(String sentence) {
    cancelled = true;
    show(
        sentence,
        Buttons.of(
            "engine-close",
            "Continue without it",
            "Use the window without PyTorch: pictures and models are shown, nothing is attacked",
            this::done),
        primary(Buttons.of("engine-again", "Try again", "Look for PyTorch again", this::tryAgain)));
  }

  /** After a failure, or after a refusal that was thought better of. */
  void tryAgain() {
    setVisible(false);
    cancelled = false;
    again.run();
  }

  /** Nobody is left to answer. */
  void close() {
    refuse();
  }

  private void show(String text, Node... choices) {
    words.setText(text);
    buttons.getChildren().setAll(choices);
    card.getChildren().setAll(title, words, buttons);
    setVisible(true);
  }

  private static Button primary(Button button) {
    button.setDefaultButton(true);
    return button;
  }
}
