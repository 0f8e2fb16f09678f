package org.pagexplorer.ui.attack;

import java.util.List;
import java.util.Locale;
import org.pagexplorer.lab.Durations;
import org.pagexplorer.ui.support.Activity;

/** How far an attack on a grid is, and how long the rest takes at its pace so far. */
public final class GridProgress {
  private final int tiles;
  private final int fitting;
  private final int steps;
  private int done;
  private int current;
  private int step;
  private long spent;
  private long began;

  /**
   * @param fitting how many of the tiles are made, where not all fit in memory
   */
  GridProgress(int tiles, int fitting, int steps) {
    this.tiles = tiles;
    this.fitting = Math.min(tiles, fitting);
    this.steps = Math.max(1, steps);
  }

  synchronized void begin(int batch) {
    current = batch;
    step = 0;
    began = System.nanoTime();
  }

  synchronized void step(int t) {
    step = Math.min(t, steps);
  }

  /** The batch has ended, and so many of its tiles are done. */
  synchronized void end(int attacked) {
    spent += System.nanoTime() - began;
    done += attacked;
    current = 0;
    step = 0;
  }

  /** In seconds of computing; infinite before the first step. */
  synchronized double secondsLeft() {
    return secondsLeft(pace());
  }

  /**
   * @param pace in seconds a tile
   */
  private synchronized double secondsLeft(double pace) {
    double left = fitting - part();
    return left <= 0 ? 0 : pace * left;
  }

  /** In seconds a tile; infinite before the first step. */
  private synchronized double pace() {
    double seconds = (spent + (current > 0 ? System.nanoTime() - began : 0)) / 1e9;
    return part() == 0 ? Double.POSITIVE_INFINITY : seconds / part();
  }

  /** Of attacks that take turns; one that has not begun is as slow as the others are on average. */
  static double secondsLeft(List<GridProgress> all) {
    double usual =
        all.stream()
            .mapToDouble(GridProgress::pace)
            .filter(Double::isFinite)
            .average()
            .orElse(Double.POSITIVE_INFINITY);
    return all.stream()
        .mapToDouble(one -> one.secondsLeft(Double.isFinite(one.pace()) ? one.pace() : usual))
        .sum();
  }

  private synchronized int done() {
    return Math.min(done, fitting);
  }

  /** What attacks that take turns have done together, for people. */
  static String words(List<GridProgress> all) {
    int tiles = all.stream().mapToInt(one -> one.tiles).sum();
    int done = all.stream().mapToInt(GridProgress::done).sum();
    int fitting = all.stream().mapToInt(one -> one.fitting).sum();
    String memory = fitting < tiles ? " (%,d fit in memory)".formatted(fitting) : "";
    double left = secondsLeft(all);
    String time = Double.isInfinite(left) ? "" : ", " + Durations.words(left) + " left";
    return "attacking: %,d of %,d pictures%s%s".formatted(done, tiles, memory, time);
  }

  /** In [0, 1]. */
  private static double share(List<GridProgress> all) {
    double done = all.stream().mapToDouble(GridProgress::part).sum();
    int fitting = all.stream().mapToInt(one -> one.fitting).sum();
    return fitting == 0 ? 0 : Math.min(1, done / fitting);
  }

  /** Tiles that are done, with the share of those under way. */
  private synchronized double part() {
    return done + (double) current * step / steps;
  }

  /**
   * How attacks that take turns stand together.
   *
   * @param name what they are, for people
   * @param stop ends them
   */
  public static Activity activity(String name, List<GridAttack> attacks, Runnable stop) {
    List<GridProgress> all = attacks.stream().map(GridAttack::progress).toList();
    double left = secondsLeft(all);
    int tiles = all.stream().mapToInt(one -> one.tiles).sum();
    int done = all.stream().mapToInt(GridProgress::done).sum();
    String words = String.format(Locale.ROOT, "%,d of %,d pictures", done, tiles);
    return new Activity(name, name, words, share(all), left, stop);
  }

  /** The same of the attacks themselves; empty of none. */
  public static String of(List<GridAttack> attacks) {
    return attacks.isEmpty() ? "" : words(attacks.stream().map(GridAttack::progress).toList());
  }
}
