package org.pagexplorer.lab.reproduce;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Software;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.files.Sha256;
import org.pagexplorer.lab.measure.Column;
import org.pagexplorer.lab.measure.RobustnessTable;
import org.pagexplorer.lab.model.OpenModel;

/** One model's accuracies in the paper's columns, as {@code pag evaluate} measures them. */
final class AccuracyStep implements Step {
  private final OpenModel model;
  private final TestImages images;
  private final RobustnessTable table;
  private final String device;
  private final int batch;
  private @Nullable Classifier classifier;
  private @Nullable TorchEngine holder;

  AccuracyStep(OpenModel model, TestImages images, int batch, String device) {
    this.model = model;
    this.images = images;
    this.device = device;
    this.batch = batch;
    Dataset labeled = images.of(model).orElseThrow();
    table =
        new RobustnessTable(
            List.of(model.withoutWeights()),
            Column.paper(labeled.shape(), 0),
            labeled,
            labeled.size(),
            batch);
  }

  static String id(OpenModel model) {
    String file = "accuracy-" + shortened(model.sha256());
    if (model.weights().isEmpty()) {
      return file;
    }
    byte[] weights = model.weights().getBytes(StandardCharsets.UTF_8);
    return file + "-" + shortened(Sha256.of(weights));
  }

  private static String shortened(String hash) {
    return hash.substring(0, Math.min(16, hash.length()));
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
    key.addProperty("software", Software.NAME_AND_VERSION);
    key.addProperty("model", model.sha256());
    key.addProperty("weights", model.weights());
    key.addProperty("images", images.sha256());
    key.addProperty("dataset", table.dataset().name());
    key.addProperty("n", table.dataset().size());
    key.addProperty("device", device);
    key.addProperty("batch", batch);
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
    Optional<RobustnessTable.Piece> next = table.next();
    return next.isEmpty() || table.measure(next.get(), on(engine), observer);
  }

  /** The classifier; made again where the window's engine was since opened again. */
  private Classifier on(TorchEngine engine) {
    if (holder != engine) {
      close();
    }
    Classifier f = classifier;
    if (f == null) {
      f = model.classifier(engine, Precision.EXACT);
      classifier = f;
      holder = engine;
    }
    return f;
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
