package org.pagexplorer.lab.reproduce;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.figure.FigureSpecification.Pictures;
import org.pagexplorer.lab.model.OpenModel;

/**
 * The paper's Tables 1, 2, and 4 and Figures 1, 3, 4, and 5 of some models, as a page and a PDF: a
 * piece at a time; what was finished before, of the same, is not done again. Safe for one thread
 * that steps and others that look.
 */
public final class Reproduction implements AutoCloseable {
  private final ReproductionPlan plan;
  private final Parts parts;
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, JsonObject> results = new LinkedHashMap<>();
  private final List<String> remarks = new ArrayList<>();
  private final PaperPictures pictures;
  private int at;
  private double costDone;
  private double seconds;
  private long began; // the piece under way, if any
  private boolean written;

  /**
   * Looks what has been finished before; makes the folder of finished steps.
   *
   * @throws UserException if it cannot be written, or no model takes such images
   */
  public Reproduction(ReproductionPlan plan) {
    this.plan = plan;
    parts = Parts.in(plan.parts());
    accuracies();
    pictures = PaperPictures.of(plan);
    picture(1);
    steps.add(new ToyStep(plan.toy(), plan.seeds(), plan.threads(), parts));
    picture(4);
    picture(5);
    steps.removeIf(this::isKnown);
  }

  private void accuracies() {
    boolean any = false;
    for (OpenModel model : plan.models()) {
      Optional<TestImages> images =
          plan.images().stream().filter(some -> some.of(model).isPresent()).findFirst();
      if (images.isPresent()) {
        steps.add(new AccuracyStep(model, images.get(), plan.batch(), plan.device()));
        any = true;
      } else {
        remarks.add(
            "%s takes images of %s, of which there are none here with its classes: its accuracy is not measured."
                .formatted(model.name(), model.card().architecture().input()));
      }
    }
    if (!any) {
      throw new UserException(
          "None of the models takes images of the dataset's size with its classes: choose another"
              + " dataset.");
    }
  }

  private void picture(int figure) {
    Pictures specification = pictures.specifications().get(figure);
    if (specification != null) {
      steps.add(new PicturesStep(specification, parts));
    }
  }

  private boolean isKnown(Step step) {
    Optional<JsonObject> before = parts.read(step.id(), step.key());
    boolean whole = before.isPresent() && FigureFiles.isUnchanged(parts, step.id(), before.get());
    if (whole) {
      results.put(step.id(), before.get());
    }
    return whole;
  }

  public synchronized boolean isDone() {
    return written;
  }

  /** What is being done, in words. */
  public synchronized String stage() {
    return at < steps.size() ? steps.get(at).title() : written ? "done" : "writing the page";
  }

  /** How far it is, in [0, 1], by the work that was left when it began. */
  public synchronized double progress() {
    double all = steps.stream().mapToDouble(Step::cost).sum();
    return written || all == 0 ? 1 : Math.min(1, spent() / all);
  }

  private double spent() {
    return at < steps.size() ? costDone + steps.get(at).cost() * steps.get(at).done() : costDone;
  }

  /** How long the rest will take; infinite before the first piece. */
  public synchronized double secondsLeft() {
    double all = steps.stream().mapToDouble(Step::cost).sum();
    double spent = spent();
    return written
        ? 0
        : spent == 0 ? Double.POSITIVE_INFINITY : secondsSpent() * (all - spent) / spent;
  }

  private double secondsSpent() {
    return seconds + (began == 0 ? 0 : (System.nanoTime() - began) / 1e9);
  }

  /**
   * Does the next piece; the last one writes the page and the PDF.
   *
   * @return false if the observer cancelled; what was finished stays
   * @throws UserException if the engine is another device's than the plan says
   */
  public boolean step(TorchEngine engine, AttackObserver observer) {
    if (!engine.device().equals(plan.device())) {
      throw new UserException(
          "The device was changed from %s to %s while the page was being made: start it again."
              .formatted(plan.device(), engine.device()));
    }
    if (at >= steps.size()) {
      write();
      return true;
    }
    Step now = steps.get(at);
    begin();
    boolean moved = false;
    try {
      moved = now.step(engine, observer);
    } finally {
      end();
    }
    synchronized (this) {
      if (moved && now.isDone()) {
        JsonObject result = now.result();
        parts.write(now.id(), now.key(), result);
        results.put(now.id(), result);
        costDone += now.cost();
        now.close();
        at++;
      }
    }
    return moved;
  }

  private synchronized void begin() {
    began = System.nanoTime();
  }

  private synchronized void end() {
    seconds = secondsSpent();
    began = 0;
  }

  private void write() {
    Page page = new PageText(plan, parts, results, remarks, pictures).page();
    HtmlPage.write(page, plan.page());
    PdfPages.write(page, plan.pdf());
    synchronized (this) {
      written = true;
    }
  }

  /** The page and the PDF. */
  public List<Path> files() {
    return List.of(plan.page(), plan.pdf());
  }

  @Override
  public void close() {
    steps.forEach(Step::close);
  }
}
