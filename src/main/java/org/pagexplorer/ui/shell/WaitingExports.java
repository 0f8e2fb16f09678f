package org.pagexplorer.ui.shell;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.util.Duration;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Exhibit;
import org.pagexplorer.ui.support.ExportChoice.Pending;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Requests;

/** Exports of what is not finished yet: each is saved when it is. On the FX thread. */
final class WaitingExports {
  private static final Duration LOOK_EVERY = Duration.millis(200);

  private final Notice notice;
  private final Set<Waiting> all = new HashSet<>();
  private final Timeline clock =
      new Timeline(new KeyFrame(LOOK_EVERY, event -> Set.copyOf(all).forEach(Waiting::look)));

  WaitingExports(Notice notice) {
    this.notice = notice;
    clock.setCycleCount(Animation.INDEFINITE);
  }

  /** Saves it once it is there; the list of what runs has it meanwhile. */
  void add(Pending pending, Path file, String format, int scale) {
    Waiting waiting = new Waiting(pending, file, format, scale);
    all.add(waiting);
    waiting.start();
    clock.play();
    notice.say(
        file.getFileName() + " will be saved when the pictures are finished; Running lists it.");
  }

  /** Those that wait. */
  Stream<Activity> activities() {
    return all.stream().map(Waiting::activity);
  }

  /** Nobody waits anymore. */
  void close() {
    Set.copyOf(all).forEach(Waiting::stop);
  }

  private final class Waiting {
    private final Pending pending;
    private final Path file;
    private final String format;
    private final int scale;
    private final Requests requests = new Requests();
    private final CompletableFuture<Exhibit> there = new CompletableFuture<>();

    Waiting(Pending pending, Path file, String format, int scale) {
      this.pending = pending;
      this.file = file;
      this.format = format;
      this.scale = scale;
    }

    void start() {
      BackgroundTask.after(there)
          .within(requests.latest())
          .listed(this::activity)
          .onDone(made -> made.save(file, format, scale, notice))
          .onFailed(notice::report)
          .start();
    }

    private Activity activity() {
      return new Activity(
          this,
          "Export of " + file.getFileName(),
          "waits: " + pending.words(),
          -1,
          Double.NaN,
          this::stop);
    }

    void look() {
      Optional<Exhibit> made = pending.whole();
      String lost = made.isPresent() ? "" : pending.lost();
      if (made.isPresent()) {
        end();
        there.complete(made.get());
      } else if (!lost.isEmpty()) {
        end();
        there.completeExceptionally(
            new UserException(lost + " " + file.getFileName() + " was not saved."));
      }
    }

    void stop() {
      requests.cancel();
      end();
      there.cancel(false);
    }

    private void end() {
      all.remove(this);
      if (all.isEmpty()) {
        clock.stop();
      }
    }
  }
}
