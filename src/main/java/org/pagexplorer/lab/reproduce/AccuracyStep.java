package org.pagexplorer.lab.reproduce;

import com.google.gson.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.measure.Column;
import org.pagexplorer.lab.measure.RobustnessTable;
import org.pagexplorer.lab.model.OpenModel;

/** One model's accuracies in the paper's columns, as {@code pag evaluate} measures them. */
final class AccuracyStep implements Step {
  private final OpenModel model;
  private final TestImages images;
  private final RobustnessTable table;
  private final String device;
  private @Nullable Classifier classifier;

  AccuracyStep(OpenModel model, TestImages images, int batch, String device) {
    this.model = model;
    this.images = images;
    this.device = device;
    Dataset labeled = images.of(model).orElseThrow();
    table =
        new RobustnessTable(
            java.util.List.of(model.withoutWeights()),
            Column.paper(labeled.shape(), 0),
            labeled,
            labeled.size(),
            batch);
  }

  static String id(OpenModel model) {
    return "accuracy-" + model.sha256().substring(0, Math.min(16, model.sha256().length()));
  }

  @Override
  public String id() {
    return id(model);
  }

  @Override
  public String title() {
    return "accuracies of " + model.name();
  }

  @Override
  public JsonObject key() {
    JsonObject key = new JsonObject();
    key.addProperty("model", model.sha256());
    key.addProperty("images", images.sha256());
    key.addProperty("n", table.dataset().size());
    key.addProperty("device", device);
    key.addProperty("columns", table.columns().toString());
    return key;
  }

  @Override
  public double cost() {
    // PGD stops at an image's first misclassified iterate; about half of them are.
    return table.dataset().size() * 20.0;
  }

  @Override
  public double done() {
    return table.progress();
  }

  @Override
  public boolean isDone() {
    return table.next().isEmpty();
  }

  @Override
  public boolean step(TorchEngine engine, AttackObserver observer) {
    Classifier f = classifier;
    if (f == null) {
      f = model.classifier(engine, Precision.EXACT);
      classifier = f;
    }
    Optional<RobustnessTable.Piece> next = table.next();
    return next.isEmpty() || table.measure(next.get(), f, observer);
  }

  @Override
  public JsonObject result() {
    return Measured.json(table);
  }

  @Override
  public void close() {
    if (classifier != null) {
      classifier.close();
      classifier = null;
    }
  }
}
