package org.pagexplorer.ui.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.ui.attack.TilePictures;
import org.pagexplorer.ui.attack.Trajectory.Step;
import org.pagexplorer.ui.control.GridScroll;
import org.pagexplorer.ui.control.TileContent;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.control.TileState;
import org.pagexplorer.ui.support.Pictures.Picture;
import org.pagexplorer.ui.support.Theme;

/**
 * {@code pag bench --window}: how long one waits for the window ({@link StartBench}), and then how
 * a grid of a thousand columns scrolls: a window of 1366 × 768 is opened, and what it shows is
 * another part of the grid in every frame.
 */
public final class WindowBench {
  private static final int ROWS = 50;
  private static final int COLUMNS = 1000;
  private static final InputShape SHAPE = new InputShape(3, 224, 224);
  private static final double SECONDS = 4;
  private static final int STARTS = 5;

  /** Pictures that stand for all of the grid's: only the shown ones are in memory in any case. */
  private static final int PICTURES = 32;

  private final List<String> lines = new ArrayList<>();
  private final CompletableFuture<List<String>> done = new CompletableFuture<>();
  private final GridScroll scroll;
  private final Stage stage = new Stage();

  /** How one scrolls: where the grid is after a share of the time. */
  private enum Way {
    ALONG("wheel, along the columns"),
    DOWN("wheel, along the rows"),
    DRAGGED("scroll bar dragged, everything new in each frame");

    private final String words;

    Way(String words) {
      this.words = words;
    }
  }

  private WindowBench() {
    TileGrid grid = new TileGrid(new Thousand(), tile -> {});
    scroll = new GridScroll(grid);
    Scene scene = new Scene(scroll, 1366, 768);
    Theme.LIGHT.applyTo(scene);
    stage.setScene(scene);
    stage.setTitle("PAG Explorer: bench");
    stage.show();
  }

  /** Opens the window, scrolls, and says what was measured; not on the FX thread. */
  public static List<String> run() {
    List<String> lines = new ArrayList<>(StartBench.run(STARTS));
    lines.add("Scrolling a grid of %,d columns".formatted(COLUMNS));
    lines.addAll(scroll());
    return lines;
  }

  private static List<String> scroll() {
    CompletableFuture<WindowBench> begun = new CompletableFuture<>();
    Platform.startup(
        () -> {
          Platform.setImplicitExit(false);
          WindowBench bench = new WindowBench();
          begun.complete(bench);
          bench.measure(List.of(Way.values()));
        });
    List<String> lines = begun.thenCompose(bench -> bench.done).join();
    Platform.exit();
    return lines;
  }

  /** One way after the other. */
  private void measure(List<Way> ways) {
    if (ways.isEmpty()) {
      System.gc();
      Runtime java = Runtime.getRuntime();
      long held = (java.totalMemory() - java.freeMemory()) >> 20;
      lines.add(text("  %d MiB of Java's memory are in use at the end", held));
      stage.hide();
      done.complete(lines);
      return;
    }
    new Frames(ways.getFirst(), () -> measure(ways.subList(1, ways.size()))).start();
  }

  /** Scrolls for some seconds, and takes note of when frames come. */
  private final class Frames extends AnimationTimer {
    private final Way way;
    private final Runnable then;
    private final List<Double> gaps = new ArrayList<>();
    private long began;
    private long last;
    private long processor;

    Frames(Way way, Runnable then) {
      this.way = way;
      this.then = then;
    }

    @Override
    public void handle(long ignored) {
      long now = System.nanoTime();
      if (began == 0) {
        began = now;
        processor = processorNanos();
      } else {
        gaps.add((now - last) / 1e6);
      }
      last = now;
      double part = (now - began) / 1e9 / SECONDS;
      if (part >= 1) {
        stop();
        report();
        then.run();
      } else {
        move(part);
      }
    }

    private void move(double part) {
      switch (way) {
        // 40 pixels a frame are what a wheel does.
        case ALONG -> scroll.setHvalue(gaps.size() * 40.0 / (COLUMNS * 70.0));
        case DOWN -> scroll.setVvalue(gaps.size() * 20.0 / (ROWS * 80.0) % 1);
        case DRAGGED -> {
          scroll.setHvalue(part);
          scroll.setVvalue(gaps.size() % 7 / 6.0);
        }
      }
    }

    private void report() {
      Collections.sort(gaps);
      double work = (processorNanos() - processor) / 1e6 / gaps.size();
      double seconds = gaps.stream().mapToDouble(gap -> gap).sum() / 1000;
      lines.add(
          text(
              "  %-50s %5.1f frames/s, 99 %% within %.0f ms, %.1f ms of processor time each",
              way.words, gaps.size() / seconds, gaps.get(gaps.size() * 99 / 100), work));
    }
  }

  /** Of all threads: what a frame costs, however busy the machine is. */
  private static long processorNanos() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Fifty rows of a thousand tiles, each attacked already. */
  private static final class Thousand implements TileContent {
    private final TilePictures pictures = new TilePictures();
    private final List<String> heads =
        IntStream.range(0, COLUMNS).mapToObj(c -> "class number " + c).toList();
    private final List<Step> steps =
        IntStream.range(0, PICTURES).mapToObj(Thousand::noise).toList();
    private final List<OriginalImage> originals =
        IntStream.range(0, ROWS)
            .mapToObj(r -> new Image(SHAPE, new float[SHAPE.size()]))
            .map(image -> new OriginalImage("", "", image, OptionalInt.empty(), ""))
            .toList();

    private static Step noise(int seed) {
      byte[] pixels = new byte[SHAPE.size()];
      SplittableRandom random = new SplittableRandom(seed);
      random.nextBytes(pixels);
      return new Step(1, pixels, 0.5f, seed, new float[0], 0, 0, 0);
    }

    @Override
    public int rows() {
      return ROWS;
    }

    @Override
    public List<String> heads() {
      return heads;
    }

    @Override
    public int leastSide() {
      return 64;
    }

    @Override
    public Picture original(int row, int pixels) {
      return pictures.original(originals.get(row), pixels);
    }

    @Override
    public TileState tile(int row, int column, int pixels) {
      int place = row * COLUMNS + column;
      return pictures.tile(place, SHAPE, Goal.reach(0), steps.get(place * 7 % PICTURES), pixels);
    }
  }
}
