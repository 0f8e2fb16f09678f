package org.pagexplorer.lab.reproduce;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.attack.TargetGrid;
import org.pagexplorer.lab.figure.Drawing;
import org.pagexplorer.lab.figure.FigureMaker;
import org.pagexplorer.lab.figure.FigureSpecification.Toy;
import org.pagexplorer.lab.toy.SeedStudy;
import org.pagexplorer.lab.toy.ToySetup;

/**
 * Figure 3 and section 5.1: the toy's networks, a seed at a time, then the picture of the first.
 */
final class ToyStep extends FigureStep {
  private static final Gson GSON = new Gson();

  /** Two networks of 2 → 32 → 2 for 100 epochs, in passes of a small residual network. */
  private static final double COST = 1500;

  private final ToySetup setup;
  private final Toy specification;
  private final int seeds;
  private final int threads;
  private final List<SeedStudy.Result> results = new ArrayList<>();
  private volatile int trained;
  private volatile double ofNext; // the seed under way, in [0, 1]
  private volatile boolean drawn;

  /**
   * @param seeds how many, from the specification's own
   * @param threads PyTorch's of whatever comes after it
   */
  ToyStep(ToySetup setup, int seeds, int threads, Parts parts) {
    Toy figure = Toy.of(setup);
    super(parts, figure);
    this.setup = setup;
    specification = figure;
    this.seeds = seeds;
    this.threads = threads;
  }

  @Override
  public String title() {
    return "Figure 3, seed " + Math.min(seeds, trained + 1) + " of " + seeds;
  }

  @Override
  public JsonObject key() {
    JsonObject key = super.key();
    key.addProperty("seeds", seeds);
    return key;
  }

  @Override
  public double cost() {
    return COST * (seeds + 1);
  }

  @Override
  public double done() {
    return (trained + ofNext + (drawn ? 1.0 : 0)) / (seeds + 1);
  }

  @Override
  public boolean isDone() {
    return drawn;
  }

  @Override
  public boolean step(TorchEngine engine, AttackObserver observer) {
    return trained < seeds ? train(observer) : draw(observer);
  }

  private boolean draw(AttackObserver observer) {
    try (TorchEngine cpu = TorchEngine.open("cpu")) {
      Optional<Drawing> made =
          FigureMaker.make(
              specification,
              cpu,
              new TargetGrid.Observer() {
                @Override
                public boolean isCancelled() {
                  return observer.isCancelled();
                }
              });
      made.ifPresent(files::write);
      drawn = made.isPresent();
    } finally {
      TorchEngine.useThreads(threads); // the figure's were one
    }
    return drawn;
  }

  private boolean train(AttackObserver observer) {
    Optional<List<SeedStudy.Result>> found =
        new SeedStudy(setup, List.of(setup.seed() + trained), 1)
            .run(
                new SeedStudy.Observer() {
                  @Override
                  public boolean isCancelled() {
                    return observer.isCancelled();
                  }

                  @Override
                  public void progress(double done) {
                    ofNext = done;
                  }
                });
    ofNext = 0;
    found.ifPresent(
        networks -> {
          results.addAll(networks);
          trained = results.size() / networks.size();
        });
    return found.isPresent();
  }

  @Override
  public JsonObject result() {
    JsonObject result = super.result();
    JsonArray networks = new JsonArray();
    results.forEach(network -> networks.add(GSON.toJsonTree(network)));
    result.add("networks", networks);
    return result;
  }
}
