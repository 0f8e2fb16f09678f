package org.pagexplorer.lab.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.lab.reproduce.ReproduceModels.model;
import static org.pagexplorer.lab.reproduce.ReproduceModels.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.dataset.UsualClasses;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Software;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.model.OpenModel;

/** What a reproduction does with which models, images, and devices. */
class ReproductionTest {
  private static final List<String> CIFAR = UsualClasses.CIFAR10.names();

  @TempDir Path folder;

  private final TestImages images =
      TestImages.of(ReproduceModels.grays(InputShape.CIFAR, CIFAR, 20), Optional.empty(), 10);

  private static OpenModel small(String method, String sha256) {
    return model(method, InputShape.CIFAR, CIFAR, sha256);
  }

  private PaperPictures pictures(OpenModel... models) {
    return PaperPictures.of(plan(List.of(models), images, "cpu", folder.resolve("a.html")));
  }

  @Test
  void anAccuracyIsOfItsWeightsBatchAndSoftware() {
    OpenModel model = small("vanilla", "a");
    OpenModel other =
        new OpenModel(
            model.file(), "a", model.card(), model.checkpoint(), List.of(), "ema.weights");
    var key = new AccuracyStep(model, images, 10, "cpu").key();
    assertNotEquals(key, new AccuracyStep(other, images, 10, "cpu").key());
    assertNotEquals(key, new AccuracyStep(model, images, 20, "cpu").key());
    assertEquals(Software.NAME_AND_VERSION, key.get("software").getAsString());
    assertNotEquals(AccuracyStep.id(model), AccuracyStep.id(other), "each has a file of its own");
  }

  @Test
  void copiesOfAModelAreOne() {
    OpenModel model = small("vanilla", "a");
    OpenModel copy = new OpenModel(Path.of("copy"), "a", model.card(), model.checkpoint());
    OpenModel other =
        new OpenModel(model.file(), "a", model.card(), model.checkpoint(), List.of(), "ema");
    assertEquals(
        List.of(model, other),
        plan(List.of(model, copy, other), images, "cpu", folder.resolve("a.html")).models());
  }

  @Test
  void anAccuracyGoesOnWhereTheEngineWasOpenedAgain() {
    try (AccuracyStep step = new AccuracyStep(small("vanilla", "a"), images, 10, "cpu")) {
      try (TorchEngine first = TorchEngine.open("cpu")) {
        assertTrue(step.step(first, AttackObserver.NONE));
      }
      try (TorchEngine second = TorchEngine.open("cpu")) {
        while (!step.isDone()) {
          assertTrue(step.step(second, AttackObserver.NONE));
        }
      }
      assertEquals(10, Measured.of(step.result()).clean().n());
    }
  }

  /** It is the longest piece, and the first one where the rest is known. */
  @Test
  void aSeedOfThePlaygroundMovesProgressAndTimeLeftBeforeItIsDone() {
    ReproductionPlan plan =
        plan(List.of(small("vanilla", "a")), images, "cpu", folder.resolve("a.html"));
    try (TorchEngine engine = TorchEngine.open("cpu");
        Reproduction first = new Reproduction(plan)) {
      while (first.stage().startsWith("accuracies")) {
        assertTrue(first.step(engine, AttackObserver.NONE));
      }
      try (Reproduction second = new Reproduction(plan)) {
        assertEquals("Figure 3, seed 1 of 1", second.stage());
        AttackObserver untilItMoves =
            new AttackObserver() {
              @Override
              public boolean isCancelled() {
                return second.progress() > 0 && second.secondsLeft() > 0;
              }
            };
        assertFalse(second.step(engine, untilItMoves), "it moved before the seed's end");
      }
    }
  }

  @Test
  void anotherDeviceThanThePlansIsSaidInOneSentence() {
    ReproductionPlan plan =
        plan(List.of(small("vanilla", "a")), images, "cuda:0", folder.resolve("a.html"));
    try (Reproduction reproduction = new Reproduction(plan);
        TorchEngine engine = TorchEngine.open("cpu")) {
      assertEquals(
          "The device was changed from cuda:0 to cpu while the page was being made: start it"
              + " again.",
          assertThrows(UserException.class, () -> reproduction.step(engine, AttackObserver.NONE))
              .getMessage());
    }
  }

  @Test
  void figure1NeedsBothAndSaysWhatIsMissing() {
    assertEquals(
        "Figure 1 needs a vanilla and an adversarially trained model; no adversarially trained one"
            + " was given.",
        pictures(small("vanilla", "a")).missing().get(1));
    assertEquals(
        "Figure 1 needs a vanilla and an adversarially trained model; no vanilla one was given.",
        pictures(small("adversarial", "a")).missing().get(1));
    OpenModel large = model("adversarial", InputShape.STL, UsualClasses.STL10.names(), "b");
    assertEquals(
        "Figure 1 needs a vanilla and an adversarially trained model; those given differ in their"
            + " images' size or classes.",
        pictures(small("vanilla", "a"), large).missing().get(1));
    PaperPictures both = pictures(large, small("vanilla", "a"), small("adversarial", "c"));
    assertEquals(2, both.specifications().get(1).models().size());
    assertEquals("L2, ε = 10, 50 steps", both.attack(1));
  }

  @Test
  void figure5IsOfCifarAlone() {
    OpenModel large = model("class-mean", InputShape.STL, UsualClasses.STL10.names(), "a");
    assertEquals(
        List.of("b"),
        pictures(large, small("class-mean", "b")).specifications().get(5).models().stream()
            .map(model -> model.sha256())
            .toList());
    assertEquals(
        "Figure 5 needs Class Mean models of CIFAR-10; none was given.",
        pictures(large).missing().get(5));
  }

  @Test
  void aFigureWithoutImagesSaysSoAndNotThatModelsAreMissing() {
    OpenModel large = model("class-mean", InputShape.STL, UsualClasses.STL10.names(), "a");
    PaperPictures figures = pictures(large);
    assertEquals(
        "Figure 4 needs images of 3×96×96 with the models' classes; there are none here.",
        figures.missing().get(4));
    assertEquals(Set.of(), figures.specifications().keySet());
  }
}
