package org.pagexplorer.lab.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Wilson;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.lab.reproduce.Measured.Count;
import org.pagexplorer.run.Recipe;

/** What a reproduction says of numbers and models, without computing any. */
class ReproduceTextsTest {
  @TempDir Path folder;

  private static final Map<String, String> PAPER =
      Map.of(
          "epochs",
          "100",
          "batch",
          "64",
          "lr",
          "0.01",
          "schedule",
          "constant",
          "momentum",
          "0.9",
          "weight-decay",
          "1.0E-4",
          "lambda",
          "0.4",
          "targets-per-step",
          "10",
          "images",
          "50000");

  private static ModelCard card(
      String method, int width, long seed, Map<String, String> training, String dataset) {
    List<String> classes = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    return new ModelCard(
        method + " " + seed,
        Architecture.resNet18(width, InputShape.CIFAR, 10),
        classes,
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

  private static OpenModel model(String method, long seed, String field, String value) {
    Map<String, String> training = new HashMap<>(PAPER);
    training.put(field, value);
    ModelCard card = card(method, 2, seed, training, "CIFAR-10");
    return new OpenModel(Path.of(method + seed), method + seed + value, card, Optional.empty());
  }

  @Test
  void aTrainingAsThePapersHasNoDifferences() {
    Recipe recipe = Recipe.named("paper/cifar10/class-mean");
    assertEquals(
        List.of(),
        Differences.of(card("class-mean", 64, 1, PAPER, "CIFAR-10"), recipe, "CIFAR-10"));
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
    assertEquals(
        List.of(
            "width 16 instead of 64",
            "trained on CIFAR-10 (JPEG) instead of CIFAR-10",
            "1000 training images instead of 50000",
            "12 epochs instead of 100",
            "λ = 0.2 instead of 0.4",
            "schedule one-cycle instead of a constant learning rate",
            "not cropped",
            "1 of 10 target classes per step instead of all"),
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
        List.of(new Count(clean, 100), new Count(linf, 100), new Count(l2, 100)), 1);
  }

  @Test
  void thePapersClaimsHoldFailOrStayUndecidedByTheIntervals() {
    List<String> sentences =
        new Claims(
                Map.of(
                    "vanilla", measured(90, 5, 10),
                    "class-mean", measured(60, 8, 50),
                    "one-image", measured(95, 30, 20)))
            .sentences();
    assertEquals(
        List.of(
            "Every model trained for aligned gradients is more robust than Vanilla in L2: is"
                + " undecided (1 of 2).",
            "Every model trained for aligned gradients is more robust than Vanilla in L∞: is"
                + " undecided (1 of 2).",
            "That costs accuracy without an attack: is undecided (1 of 2).",
            "Aligned models are more robust in L2 than in L∞: is undecided (1 of 2)."),
        sentences);
    assertEquals(
        "Every model trained for aligned gradients is more robust than Vanilla in L2: does not hold"
            + " (0 of 1; the opposite for 1).",
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
    var table = org.pagexplorer.lab.measure.PaperTables.of("table-1");
    assertEquals(
        "class-mean10.5",
        roles.of(table, table.row("class-mean").orElseThrow()).orElseThrow().sha256());
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
                model("class-mean", 3, "epochs", "100")));
    assertEquals(2, roles.seeds().size());
  }

  @Test
  void whatIsMissingIsTrainedTeachersFirst() {
    var all = MissingModels.sweeps(List.of(), true);
    assertEquals(List.of("table-1", "table-4", "figure-5"), List.copyOf(all.keySet()));
    assertEquals(
        "paper/cifar10/vanilla,paper/cifar10/one-image,paper/cifar10/class-mean,"
            + "paper/cifar10/nearest-neighbor,paper/cifar10/teacher-linf,paper/cifar10/rigd-linf,"
            + "paper/cifar10/teacher-l2,paper/cifar10/rigd-l2",
        all.get("table-1").get(1));
    assertEquals(
        List.of("--recipe", "paper/cifar10/class-mean", "--lambda", "0.01,0.1,0.4,1"),
        all.get("figure-5"));
    assertEquals(List.of("table-2"), List.copyOf(MissingModels.sweeps(List.of(), false).keySet()));
    var some =
        MissingModels.sweeps(
            List.of(
                model("vanilla", 1, "epochs", "1"),
                model("class-mean", 1, "lambda", "0.4"),
                model("class-mean", 1, "lambda", "1")),
            true);
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
