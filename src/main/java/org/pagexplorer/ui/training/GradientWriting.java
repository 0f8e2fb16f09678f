package org.pagexplorer.ui.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.pagexplorer.cli.GradientsCheck.Checked;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.run.GradientWriter;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Request;
import org.pagexplorer.ui.support.Requests;

/**
 * Files of gradients that are being written, each by an engine of its own, so that the window does
 * not wait for them. On the FX thread.
 */
final class GradientWriting {
  private final Notice notice;
  private final List<Work> all = new ArrayList<>();

  GradientWriting(Notice notice) {
    this.notice = notice;
  }

  /**
   * Begins to write; the window's list of what runs has it until it ends.
   *
   * @param written told of the file once it is there
   */
  void begin(Checked checked, Consumer<Path> written) {
    Work work = new Work(checked);
    all.add(work);
    work.start(written);
  }

  /** Stops everything; files that were there before stay as they were. */
  void close() {
    List.copyOf(all).forEach(Work::stop);
    try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
      all.forEach(work -> together.execute(work.lane::close));
    }
  }

  private final class Work implements GradientWriter.Observer {
    private final Checked checked;
    private final EngineLane lane;
    private final Requests requests = new Requests();
    private final Request request = requests.latest();
    private final AtomicInteger done = new AtomicInteger();
    private volatile long began;

    Work(Checked checked) {
      this.checked = checked;
      lane = new EngineLane(checked.device(), "gradients", checked.threads());
    }

    void start(Consumer<Path> written) {
      BackgroundTask.on(lane, l -> checked.write(l.engine(), this))
          .within(request)
          .listed(this::activity)
          .onDone(
              whole -> {
                notice.done("Wrote %s: %s numbers.".formatted(checked.file(), checked.sides()));
                written.accept(checked.file());
              })
          .onFailed(notice::report)
          .andFinally(this::end)
          .start();
    }

    private void end() {
      all.remove(this);
      BackgroundTask.of(Executors.callable(lane::close)).start();
    }

    void stop() {
      requests.cancel();
    }

    @Override
    public void prepared() {
      began = System.nanoTime();
    }

    @Override
    public void images(int more) {
      done.addAndGet(more);
    }

    @Override
    public boolean isCancelled() {
      return request.isCancelled();
    }

    private Activity activity() {
      String name = "Gradients of " + checked.realization().method().title();
      int images = checked.asked().size();
      int now = done.get();
      double seconds = (System.nanoTime() - began) / 1e9;
      return new Activity(
          this,
          name + " into " + checked.file().getFileName(),
          began == 0 ? "preparing" : "%,d of %,d images".formatted(now, images),
          (double) now / images,
          now == 0 ? Double.NaN : seconds * (images - now) / now,
          this::stop);
    }
  }
}
