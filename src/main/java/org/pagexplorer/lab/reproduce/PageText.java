package org.pagexplorer.lab.reproduce;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Software;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.figure.FigureText;
import org.pagexplorer.lab.measure.PaperTables;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.lab.reproduce.Page.Block;
import org.pagexplorer.lab.reproduce.Page.Code;
import org.pagexplorer.lab.reproduce.Page.Heading;
import org.pagexplorer.lab.reproduce.Page.Items;
import org.pagexplorer.lab.reproduce.Page.Numbers;
import org.pagexplorer.lab.reproduce.Page.Picture;
import org.pagexplorer.lab.reproduce.Page.Text;
import org.pagexplorer.lab.toy.SeedStudy;
import org.pagexplorer.lab.toy.ToySetup;

/** Finished steps in words: what the page and the PDF say. */
final class PageText {
  private static final Gson GSON = new Gson();
  private static final String PAPER =
      "\"Do Perceptually Aligned Gradients Imply Adversarial Robustness?\" (Ganz, Kawar, and Elad,"
          + " ICML 2023)";

  private final ReproductionPlan plan;
  private final Parts parts;
  private final Map<String, JsonObject> results;
  private final List<String> remarks;
  private final PaperPictures pictures;
  private final AccuracyTables tables;
  private final List<Block> blocks = new ArrayList<>();

  /**
   * @param results of the steps by their ids
   * @param remarks what was left out, a sentence each
   * @param pictures what Figures 1, 4, and 5 show
   */
  PageText(
      ReproductionPlan plan,
      Parts parts,
      Map<String, JsonObject> results,
      List<String> remarks,
      PaperPictures pictures) {
    this.plan = plan;
    this.parts = parts;
    this.results = results;
    this.remarks = remarks;
    this.pictures = pictures;
    tables = new AccuracyTables(plan.models(), results);
  }

  Page page() {
    introduction();
    heading("Table 1: CIFAR-10");
    blocks.addAll(tables.table("table-1"));
    heading("Table 2: STL-10");
    blocks.addAll(tables.table("table-2"));
    heading("Table 4: other seeds");
    blocks.addAll(tables.seeds());
    List<Block> others = tables.others();
    if (!others.isEmpty()) {
      heading("Other models");
      blocks.addAll(others);
    }
    figures();
    models();
    repeat();
    return new Page("The paper's tables and figures, reproduced", blocks);
  }

  private void heading(String text) {
    blocks.add(new Heading(text));
  }

  private void text(String text) {
    blocks.add(new Text(text));
  }

  private void introduction() {
    text(
        "Tables 1, 2, and 4 and Figures 1, 3, 4, and 5 of %s, made again by %s on %s from %s: measured numbers beside published ones, and every picture with its specification."
            .formatted(
                PAPER,
                Software.NAME_AND_VERSION,
                LocalDate.now(),
                plan.models().size() == 1 ? "one model" : plan.models().size() + " models"));
    for (TestImages images : plan.images()) {
      text(
          String.format(
              Locale.ROOT,
              "Accuracies are counted on %,d of %,d images of %s, balanced over classes, in"
                  + " float32; any misclassified iterate counts an image as broken. The paper"
                  + " counts all test images.",
              images.dataset().size(),
              images.available(),
              images.dataset().name()));
    }
    text(
        "In Tables 1 and 2 and Figure 5, accuracies measured here have their intervals; ▲ marks one"
            + " above the paper's number, ▼ one below it, ≈ one whose interval overlaps the"
            + " paper's. The paper gives no intervals: for this comparison its own is Wilson's of"
            + " as many images as its test set has.");
    if (!remarks.isEmpty()) {
      blocks.add(new Items(remarks));
    }
  }

  private void figures() {
    heading("Figure 1: a vanilla and a robust model");
    picture(
        1,
        "Each image moved toward every class ("
            + pictures.attack(1)
            + "): in the paper, the vanilla"
            + " model reaches the class with little more than noise, the robust one by painting it."
            + " The bar below a picture is the model's confidence in the class, green where it"
            + " predicts it.");
    heading("Figure 3: decision boundaries in two dimensions");
    picture(
        3,
        "Decision boundaries of the vanilla training scheme (left) and of aligned gradients with"
            + " the nearest-neighbor realization (right), seed 1; in the paper, the second boundary"
            + " keeps a larger distance from the points.");
    toyNumbers();
    heading("Figure 4: what each training paints");
    picture(
        4,
        "The same images toward every class on each model ("
            + pictures.attack(4)
            + "). Whether the class can be seen is for"
            + " people to judge: the blind test of Compare asks them.");
    heading("Figure 5: λ");
    picture(
        5,
        "Class Mean over λ ("
            + pictures.attack(5)
            + "), with the accuracies on the models' cards.");
    blocks.addAll(tables.ablation());
    if (new Roles(plan.models()).fitting(PaperTables.of("figure-5")).ablation().size() == 1) {
      text(
          "Of one λ there is nothing to compare: pag reproduce --train trains the paper's four,"
              + " 0.01, 0.1, 0.4, and 1.");
    }
  }

  private void picture(int figure, String caption) {
    String missing = pictures.missing().get(figure);
    if (missing != null) {
      text(missing);
      return;
    }
    Path file = parts.file(FigureFiles.picture(figure));
    blocks.add(
        new Picture("Figure %d. %s".formatted(figure, caption), file, FigureText.beside(file)));
  }

  private void toyNumbers() {
    JsonObject result = results.get(FigureFiles.id(3));
    if (result == null) {
      return;
    }
    List<SeedStudy.Result> networks = new ArrayList<>();
    for (JsonElement network : result.getAsJsonArray("networks")) {
      networks.add(GSON.fromJson(network, SeedStudy.Result.class));
    }
    PaperTables.Table table = PaperTables.of("figure-3");
    List<List<String>> rows = new ArrayList<>();
    List<ToySetup.Scheme> schemes = plan.toy().schemes();
    for (int i = 0; i < schemes.size(); i++) {
      int scheme = i;
      List<SeedStudy.Result> own = networks.stream().filter(n -> n.scheme() == scheme).toList();
      PaperTables.Row paper = table.row(schemes.get(i).method().id()).orElseThrow();
      rows.add(
          List.of(
              schemes.get(i).title(),
              spread(own.stream().mapToDouble(SeedStudy.Result::clean).toArray()),
              one(paper.values().get(0)),
              spread(own.stream().mapToDouble(SeedStudy.Result::attacked).toArray()),
              one(paper.values().get(1)),
              spread(own.stream().mapToDouble(SeedStudy.Result::robust).toArray())));
    }
    blocks.add(
        new Numbers(
            "Section 5.1: %s, mean and standard deviation, in %%; the paper trained with one. Margin > ε is the true robust accuracy, which no attack can undercut."
                .formatted(seeds(networks.size() / Math.max(1, schemes.size()))),
            List.of(
                "training",
                "clean, here",
                "paper",
                "L2 PGD-10, ε = 15, here",
                "paper",
                "margin > ε"),
            rows));
    text(
        "The paper gives neither λ nor the neighbors' sample for this experiment; both were chosen"
            + " on other seeds.");
  }

  private static String seeds(int count) {
    return count == 1 ? "one seed" : count + " seeds";
  }

  private static String one(double percent) {
    return String.format(Locale.ROOT, "%.1f", percent);
  }

  private static String spread(double[] shares) {
    SeedStudy.Spread spread = SeedStudy.Spread.of(shares);
    return String.format(Locale.ROOT, "%.1f ± %.1f", 100 * spread.mean(), 100 * spread.deviation());
  }

  private void models() {
    heading("The models");
    List<List<String>> rows = new ArrayList<>();
    for (OpenModel model : plan.models()) {
      ModelCard card = model.card();
      rows.add(
          List.of(
              card.name(),
              card.architecture().family().title() + ", width " + card.architecture().width(),
              card.dataset(),
              card.training().getOrDefault("epochs", "–"),
              card.training().getOrDefault("lambda", "–"),
              String.valueOf(card.seed()),
              model.sha256().substring(0, Math.min(12, model.sha256().length()))));
    }
    blocks.add(
        new Numbers(
            "As their cards say.",
            List.of("model", "network", "trained on", "epochs", "λ", "seed", "SHA-256"),
            rows));
  }

  private void repeat() {
    heading("How to repeat it");
    text("This page; steps that were finished are kept in its folder and not repeated:");
    blocks.add(new Code(plan.command()));
    text("One of its figures, from the specification below the picture:");
    int figure = pictures.specifications().containsKey(4) ? 4 : 3;
    blocks.add(
        new Code("pag figure --from " + FigureFiles.picture(figure) + ".json --out again.png"));
    text("The models, as their cards say, without the folders of the machines that trained them:");
    blocks.add(
        new Code(String.join("\n\n", plan.models().stream().map(PageText::training).toList())));
    List<String> facts = new ArrayList<>();
    for (TestImages images : plan.images()) {
      facts.add(
          "Images: %s, %s; SHA-256 of those that were counted: %s"
              .formatted(
                  images.dataset().name(),
                  images.place().map(Path::toString).orElse("the samples that ship"),
                  images.sha256()));
    }
    plan.models().forEach(model -> facts.add(model.name() + ": SHA-256 " + model.sha256()));
    facts.add(
        "%s, Java %s, PyTorch %s, %s %s, %d processors, device %s"
            .formatted(
                Software.NAME_AND_VERSION,
                Runtime.version().feature(),
                TorchEngine.version(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                plan.device()));
    facts.add(time());
    blocks.add(new Items(facts));
  }

  private static String training(OpenModel model) {
    String command = model.card().command();
    return "# %s\n%s"
        .formatted(
            model.name(),
            command.isEmpty() ? "# its card has no command" : withoutFolders(command));
  }

  /** With {@code …/data} for {@code /home/somebody/data}. */
  static String withoutFolders(String command) {
    return command.replaceAll("(?<![^ '=])/(?:[^/ ']+/)+", "…/");
  }

  private String time() {
    double seconds =
        plan.models().stream()
            .map(model -> results.get(AccuracyStep.id(model)))
            .filter(java.util.Objects::nonNull)
            .mapToDouble(result -> Measured.of(result).seconds())
            .sum();
    return "Counting accuracies took %s".formatted(org.pagexplorer.lab.Durations.words(seconds));
  }
}
