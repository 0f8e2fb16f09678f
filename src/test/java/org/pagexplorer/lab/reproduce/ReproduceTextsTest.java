package org.pagexplorer.lab.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.lab.reproduce.ReproduceModels.card;
import static org.pagexplorer.lab.reproduce.ReproduceModels.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Wilson;
import org.pagexplorer.lab.measure.PaperTables;
import org.pagexplorer.lab.reproduce.Measured.Count;
import org.pagexplorer.run.Recipe;

/** What a reproduction says of numbers and models, without computing any. */
class ReproduceTextsTest {
  @TempDir Path folder;

  private static final PaperTables.Table TABLE_1 = PaperTables.of("table-1");

  private static final Map<String, String> PAPER = ReproduceModels.PAPER;

  @Test
  void aTrainingAsThePapersHasNoDifferences() {
    Recipe recipe = Recipe.named("paper/cifar10/class-mean");
    assertEquals(
        List.of(),
        Differences.of(card("class-mean", 64, 1, PAPER, "CIFAR-10"), recipe, "CIFAR-10"));
  }

  @Test
  void whatACardDoesNotSayIsUnknown() {
    Map<String, String> training = new HashMap<>(PAPER);
    List.of("epochs", "lambda", "images", "crop-padding", "horizontal-flip", "targets-per-step")
        .forEach(training::remove);
    assertEquals(
        List.of(
            "unknown dataset",
            "unknown number of training images",
            "unknown number of epochs",
            "unknown λ",
            "unknown crop padding",
            "unknown horizontal flips",
            "unknown number of target classes per step"),
        Differences.of(
            card("class-mean", 64, 1, training, ""),
            Recipe.named("paper/cifar10/class-mean"),
            "CIFAR-10"));
  }

  @Test
  void onlyOnCifarWasTheTeacherAnotherNetwork() {
    Map<String, String> training = new HashMap<>(PAPER);
    training.put("teacher", "Robust L2");
    ModelCard card = card("rigd", 64, 1, training, "CIFAR-10");
    Recipe recipe = Recipe.named("paper/cifar10/rigd-l2");
    assertEquals(
        List.of("the teacher is Robust L2 instead of a ResNet-50"),
        Differences.of(card, recipe, "CIFAR-10"));
    assertFalse(Differences.of(card, recipe, "STL-10").toString().contains("teacher"));
  }

  @Test
  void commandsOfCardsHaveNoFoldersOfTheMachinesThatTrainedThem() {
    assertEquals(
        "pag train --dataset …/cifar --teacher=…/m.safetensors --epsilon 8/255 --out a/b --x '…/c'",
        PageText.withoutFolders(
            "pag train --dataset /work/data/cifar --teacher=/w/m.safetensors --epsilon 8/255 --out"
                + " a/b --x '/d/c'"));
  }

  @Test
  void whatDiffersIsSaidInWords() {
    Map<String, String> training = new HashMap<>(PAPER);
    training.putAll(
        Map.of(
            "epochs",
            "12",
            "lambda",
            "0.2",
            "targets-per-step",
            "1",
            "schedule",
            "one-cycle",
            "crop-padding",
            "0",
            "images",
            "1000"));
    training.putAll(
        Map.of("horizontal-flip", "0", "align", "log-probability", "statistics", "batch"));
    assertEquals(
        List.of(
            "width 16 instead of 64",
            "trained on CIFAR-10 (JPEG) instead of CIFAR-10",
            "1000 training images instead of 50000",
            "12 epochs instead of 100",
            "λ = 0.2 instead of 0.4",
            "schedule one-cycle instead of a constant learning rate",
            "not cropped",
            "flipped with probability 0 instead of 0.5",
            "1 of 10 target classes per step instead of all",
            "gradients of the log-probability instead of the logit",
            "batch norms' statistics of the batch (the recipe: running)"),
        Differences.of(
            card("class-mean", 16, 1, training, "CIFAR-10 (JPEG)"),
            Recipe.named("paper/cifar10/class-mean"),
            "CIFAR-10"));
  }

  @Test
  void aNumberAgreesWhereTheIntervalsOverlap() {
    Wilson paper = Wilson.of(5000, 10_000);
    assertEquals(Verdict.AGREES, Verdict.of(Wilson.of(52, 100), paper));
    assertEquals(Verdict.LOWER, Verdict.of(Wilson.of(30, 100), paper));
    assertEquals(Verdict.HIGHER, Verdict.of(Wilson.of(70, 100), paper));
  }

  private static Measured measured(int clean, int linf, int l2) {
    return new Measured(
        List.of(new Count(clean, 100), new Count(linf, 100), new Count(l2, 100)),
        List.of("clean", "L∞ PGD-20, ε = 0.031", "L2 PGD-20, ε = 0.5"),
        "CIFAR-10",
        1);
  }

  @Test
  void thePapersClaimsHoldFailOrStayUndecidedByTheIntervals() {
    Claims claims =
        new Claims(
            Map.of(
                "vanilla", measured(90, 5, 10),
                "class-mean", measured(60, 8, 50),
                "one-image", measured(95, 30, 20)));
    assertEquals(
        List.of(
            "Every model trained for aligned gradients is more robust than Vanilla in L2 (section"
                + " 5.2): is undecided (1 of 2).",
            "Every model trained for aligned gradients is more robust than Vanilla in L∞ (section"
                + " 5.2): is undecided (1 of 2).",
            "Aligned models are more robust in L2 than in L∞ (section 5.2): is undecided (1 of"
                + " 2)."),
        claims.sentences());
    assertEquals(
        List.of("Aligned gradients cost accuracy without an attack: is undecided (1 of 2)."),
        claims.alsoShown(),
        "section 5.2 does not say it");
    assertEquals(
        "Every model trained for aligned gradients is more robust than Vanilla in L2 (section 5.2):"
            + " does not hold (0 of 1; the opposite for 1).",
        new Claims(Map.of("vanilla", measured(90, 5, 60), "one-image", measured(80, 5, 20)))
            .sentences()
            .getFirst());
    assertEquals(List.of(), new Claims(Map.of()).sentences());
  }

  @Test
  void ofSeveralModelsTheOneWithThePapersLambdaStandsInItsRow() {
    Roles roles =
        new Roles(
            List.of(
                model("class-mean", 1, "lambda", "1"),
                model("class-mean", 1, "lambda", "0.5"),
                model("class-mean", 1, "lambda", "0.01")));
    assertEquals(
        "class-mean10.5",
        roles.of(TABLE_1, TABLE_1.row("class-mean").orElseThrow()).orElseThrow().sha256());
    assertEquals(
        List.of(0.01, 0.5, 1.0),
        roles.ablation().stream().map(m -> Roles.lambda(m.card())).toList());
  }

  @Test
  void seedsAreModelsThatDifferInNothingElse() {
    Roles roles =
        new Roles(
            List.of(
                model("one-image", 1, "epochs", "5"),
                model("one-image", 1, "images-of-classes", "1,2"),
                model("one-image", 2, "images-of-classes", "3,4"),
                model("one-image", 2, "images-of-classes", "5,6"),
                model("class-mean", 3, "epochs", "100")));
    assertEquals(
        List.of(1L, 2L),
        roles.seeds().stream().map(model -> model.card().seed()).toList(),
        "each seed once");
  }

  @Test
  void whatIsMissingIsTrainedTeachersFirst() {
    var all = MissingModels.sweeps(List.of(), TABLE_1);
    assertEquals(List.of("table-1", "table-4", "figure-5"), List.copyOf(all.keySet()));
    assertEquals(
        "paper/cifar10/vanilla,paper/cifar10/one-image,paper/cifar10/class-mean,"
            + "paper/cifar10/nearest-neighbor,paper/cifar10/teacher-linf,paper/cifar10/rigd-linf,"
            + "paper/cifar10/teacher-l2,paper/cifar10/rigd-l2",
        all.get("table-1").get(1));
    assertEquals(
        List.of("--recipe", "paper/cifar10/class-mean", "--lambda", "0.01,0.1,0.4,1"),
        all.get("figure-5"));
    assertEquals(
        List.of("table-2"),
        List.copyOf(MissingModels.sweeps(List.of(), PaperTables.of("table-2")).keySet()));
    var some =
        MissingModels.sweeps(
            List.of(
                model("vanilla", 1, "epochs", "1"),
                model("class-mean", 1, "lambda", "0.4"),
                model("class-mean", 1, "lambda", "1")),
            TABLE_1);
    assertFalse(some.containsKey("figure-5"));
    assertFalse(some.get("table-1").get(1).contains("vanilla"));
    assertFalse(some.get("table-1").get(1).contains("class-mean"));
  }

  @Test
  void aPageLoadsNothingAndObeysNoName() throws IOException {
    Path picture = folder.resolve("figure-4.png");
    ImageFiles.writePng(picture, new java.awt.image.BufferedImage(4, 4, 1));
    Path specification = Files.writeString(folder.resolve("figure-4.png.json"), "{\"a\": \"<b>\"}");
    String html =
        HtmlPage.html(
            new Page(
                "Title & more",
                List.of(
                    new Page.Heading("A <script>alert(1)</script>"),
                    new Page.Text("\u001b[31m \"quoted\""),
                    new Page.Items(List.of("one", "two")),
                    new Page.Code("pag a\npag b"),
                    new Page.Numbers(
                        "A table",
                        List.of("name", "here", "paper"),
                        List.of(List.of("<i>", "1.0 (0.5–1.5) ▲", "0.10"))),
                    new Page.Picture("A picture", picture, specification))));
    assertFalse(html.contains("<script"), html);
    assertFalse(html.contains("<i>"));
    assertFalse(html.contains("\u001b"));
    assertFalse(html.matches("(?s).*(src|href)=\"(?!data:).*"), "it loads something");
    assertTrue(
        html.contains("<td class=\"apart\">1.0 (0.5–1.5) ▲</td><td class=\"paper\">0.10</td>"));
    assertTrue(html.contains("data:image/png;base64,"));
    assertTrue(html.contains("{&quot;a&quot;: &quot;&lt;b&gt;&quot;}"));
    assertTrue(html.contains("pag a\npag b"));
    assertTrue(html.contains("prefers-color-scheme: dark"));
  }

  @Test
  void pdfTextTakesSignsFromOtherFontsAndIsBrokenIntoLines() {
    assertEquals(
        List.of("L", "∞", ", ", "ε", " = 0.5 ", "▼", "?"),
        PdfText.runs("L∞, ε = 0.5 ▼猫", false).stream().map(PdfText.Run::text).toList());
    String hash = "0123456789abcdef".repeat(8);
    List<String> lines = PdfText.lines("a model's SHA-256 " + hash, 200, 9, false);
    assertEquals("a model's SHA-256" + hash, String.join("", lines).replace("  ", " "));
    assertTrue(lines.size() > 2);
    assertTrue(lines.stream().allMatch(line -> PdfText.width(line, 9, false) <= 200));
  }
}
