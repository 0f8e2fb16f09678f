package org.pagexplorer.lab.reproduce;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.MadeUp;
import org.pagexplorer.dataset.UsualClasses;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.lab.toy.ToySetup;

/** Small models and images of the paper's kinds. */
final class ReproduceModels {
  private ReproduceModels() {}

  /** The training of section C.2, as a card tells it. */
  static final Map<String, String> PAPER =
      Map.ofEntries(
          Map.entry("epochs", "100"),
          Map.entry("batch", "64"),
          Map.entry("lr", "0.01"),
          Map.entry("schedule", "constant"),
          Map.entry("momentum", "0.9"),
          Map.entry("weight-decay", "1.0E-4"),
          Map.entry("crop-padding", "4"),
          Map.entry("horizontal-flip", "0.5"),
          Map.entry("lambda", "0.4"),
          Map.entry("targets-per-step", "10"),
          Map.entry("images", "50000"));

  static ModelCard card(
      String method, int width, long seed, Map<String, String> training, String dataset) {
    return new ModelCard(
        method + " " + seed,
        Architecture.resNet18(width, InputShape.CIFAR, 10),
        UsualClasses.CIFAR10.names(),
        Normalization.CIFAR10,
        method,
        training,
        seed,
        dataset,
        "",
        "",
        "",
        List.of());
  }

  /** Without weights, one field of its training another. */
  static OpenModel model(String method, long seed, String field, String value) {
    Map<String, String> training = new HashMap<>(PAPER);
    training.put(field, value);
    ModelCard card = card(method, 2, seed, training, "CIFAR-10");
    return new OpenModel(Path.of(method + seed), method + seed + value, card, Optional.empty());
  }

  /** An untrained network of four hidden units. */
  static OpenModel model(String method, InputShape shape, List<String> classes, String sha256) {
    Architecture architecture = Architecture.mlp(4, shape, classes.size());
    ModelCard card =
        new ModelCard(
            method + " " + sha256.charAt(0),
            architecture,
            classes,
            Normalization.CIFAR10,
            method,
            PAPER,
            1,
            "nothing",
            "",
            "",
            "",
            List.of());
    Checkpoint checkpoint = new Checkpoint(card, Initialization.of(architecture, 1));
    return new OpenModel(Path.of(sha256), sha256, card, Optional.of(checkpoint));
  }

  static ReproductionPlan plan(
      List<OpenModel> models, TestImages images, String device, Path page) {
    return new ReproductionPlan(
        models, List.of(images), ToySetup.paper().withSeed(1), 1, 10, device, 1, page, "pag");
  }

  /** So many images of one gray each, their labels in turn. */
  static Dataset grays(InputShape shape, List<String> classes, int size) {
    return MadeUp.images(
        "grays",
        classes,
        shape,
        size,
        index -> {
          byte[] bytes = new byte[shape.size()];
          java.util.Arrays.fill(bytes, (byte) (25 * (index % classes.size())));
          return bytes;
        });
  }
}
