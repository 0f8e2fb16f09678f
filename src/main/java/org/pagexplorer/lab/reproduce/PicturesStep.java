package org.pagexplorer.lab.reproduce;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.attack.TargetGrid;
import org.pagexplorer.lab.figure.Drawing;
import org.pagexplorer.lab.figure.FigureMaker;
import org.pagexplorer.lab.figure.FigureSpecification.Pictures;

/** Figure 1, 4, or 5: the pictures of some models. */
final class PicturesStep extends FigureStep {
  private final Pictures specification;
  private final AtomicInteger steps = new AtomicInteger();
  private volatile boolean done;

  PicturesStep(Pictures specification, Parts parts) {
    super(parts, specification);
    this.specification = specification;
  }

  @Override
  public String title() {
    return "Figure " + specification.figure();
  }

  @Override
  public double cost() {
    return (double) pictures() * specification.attack().steps() * specification.models().size();
  }

  private int pictures() {
    return specification.subjects().size() * specification.columns().size();
  }

  @Override
  public double done() {
    double batches = Math.ceil((double) pictures() / specification.batch());
    double all = batches * specification.models().size() * (specification.attack().steps() + 1);
    return done ? 1 : Math.min(1, steps.get() / all);
  }

  @Override
  public boolean isDone() {
    return done;
  }

  @Override
  public boolean step(TorchEngine engine, AttackObserver observer) {
    steps.set(0);
    Optional<Drawing> made =
        FigureMaker.make(
            specification,
            engine,
            new TargetGrid.Observer() {
              @Override
              public boolean isCancelled() {
                return observer.isCancelled();
              }

              @Override
              public void step(int t) {
                steps.incrementAndGet();
              }
            });
    made.ifPresent(files::write);
    done = made.isPresent();
    return done;
  }
}
