package org.pagexplorer.ui.explore;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.StartImage;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.domain.WrittenNumber;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.lab.figure.Palette;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.TileWords;
import org.pagexplorer.ui.attack.Trajectory;
import org.pagexplorer.ui.attack.Trajectory.Step;
import org.pagexplorer.ui.control.CrispPicture;
import org.pagexplorer.ui.control.CurveChart;
import org.pagexplorer.ui.control.ExhibitMenu;
import org.pagexplorer.ui.control.ProbabilityBars;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Pictures;
import org.pagexplorer.ui.support.Theme;

/** Everything about the selected tile. */
final class Inspector extends VBox {
  private static final double SIDE = 120;
  private static final String NO_TILE = "Select a finished tile first.";

  /** Larger, and the curves below would be out of sight. */
  private static final double LARGEST_SIDE = 480;

  private static final double BETWEEN = 12;

  /** The bars of more take longer than a step: they come with the result. */
  private static final int FEW_CLASSES = 20;

  /** Shares above which an integrity flag is raised. */
  private static final double ZERO_GRADIENT_WARNING = 0.05;

  private static final long CHART_INTERVAL_NANOS = 250_000_000L;

  private final ExploreViewModel model;
  private final Label title = new Label();
  private final CrispPicture original = new CrispPicture("original", SIDE);
  private final CrispPicture result = new CrispPicture("result", SIDE);
  private final CrispPicture perturbation = new CrispPicture("perturbation δ", SIDE);
  private final CrispPicture gradient = new CrispPicture("input-gradient", SIDE);
  private final ProbabilityBars bars = new ProbabilityBars();
  private final CurveChart confidence =
      new CurveChart(
          "confidence", 1, "The probability of the goal's class over the attack's steps");
  private final CurveChart loss =
      new CurveChart("loss", Double.NaN, "The loss over the steps, once the tile is done");
  private final List<CurveChart> curves = List.of(confidence, loss);
  private final Label numbers = new Label();
  private final Label flags = new Label();
  private int shownTile = -1;
  private @Nullable GridAttack shownAttack;
  private @Nullable Step shownStep;
  private boolean shownFinal;
  private long chartsDrawn;

  Inspector(ExploreViewModel model, ObjectProperty<Theme> theme) {
    super(10);
    this.model = model;
    getStyleClass().add("inspector");
    title.setId("inspector-title");
    title.getStyleClass().add("inspector-title");
    title.setWrapText(true);
    GridPane pictures = new GridPane(BETWEEN, 8);
    pictures.setAlignment(Pos.CENTER);
    pictures.addRow(0, original, result);
    pictures.addRow(1, perturbation, gradient);
    numbers.setId("inspector-numbers");
    numbers.getStyleClass().add("numbers");
    numbers.setWrapText(true);
    flags.setId("inspector-flags");
    flags.getStyleClass().add("flag");
    flags.setWrapText(true);
    for (Label whole : List.of(title, numbers, flags)) {
      whole.setMinHeight(Region.USE_PREF_SIZE); // what wraps would end in dots
    }
    flags.managedProperty().bind(flags.textProperty().isNotEmpty());
    confidence.setId("inspector-confidence");
    loss.setId("inspector-loss");
    curves.forEach(curve -> curve.setPrefHeight(120));
    getChildren().addAll(title, pictures, numbers, flags, bars, confidence, loss);
    setMinWidth(0); // lest its pictures keep it as wide as they have grown
    widthProperty().addListener((property, old, now) -> grow());
    theme.addListener((property, old, now) -> dress(now));
    dress(theme.get());
    model.selectedTileProperty().addListener((property, old, now) -> update());
    model.busyProperty().addListener((property, old, now) -> update());
  }

  /** Lets its curves be copied and saved. */
  void offer(FileDialogs dialogs) {
    confidence.offer(ofConfidence(), dialogs);
    loss.offer(ofLoss(), dialogs);
    ExhibitMenu.of(bars, ofProbabilities(), dialogs);
  }

  /** Its curves, each as far as there is one. */
  List<ExportChoice> exports() {
    return List.of(ofConfidence(), ofLoss(), ofProbabilities());
  }

  private ExportChoice ofConfidence() {
    return confidence.choice("Confidence over the steps", NO_TILE);
  }

  private ExportChoice ofLoss() {
    return loss.choice("Loss over the steps", NO_TILE);
  }

  private ExportChoice ofProbabilities() {
    return ExportChoice.of("Probabilities", "probabilities", bars::exhibit, NO_TILE);
  }

  private List<CrispPicture> pictures() {
    return List.of(original, result, perturbation, gradient);
  }

  /** Two pictures and what is between them are as wide as there is room. */
  private void grow() {
    double room = getWidth() - snappedLeftInset() - snappedRightInset() - BETWEEN;
    double side = Math.clamp(Math.floor(room / 2), SIDE, LARGEST_SIDE);
    pictures().forEach(picture -> picture.setSide(side));
  }

  private void dress(Theme theme) {
    curves.forEach(curve -> curve.dress(theme));
  }

  /** Brings everything up to the attack's and the scrubber's state. */
  void update() {
    int tile = model.selectedTileProperty().get();
    Optional<GridAttack> attack = model.attack().filter(r -> tile >= 0 && tile < r.tiles().size());
    if (attack.isEmpty()) {
      if (tile >= 0 && tile == shownTile && shownAttack != null && model.isStarting()) {
        clearMade();
        numbers.setText("starting …");
      } else {
        empty();
      }
      return;
    }
    GridAttack now = attack.get();
    if (tile != shownTile || now != shownAttack) {
      clear();
      shownTile = tile;
      shownAttack = now;
      showTitle(now, now.tiles().get(tile));
    }
    Trajectory trajectory = now.trajectory(tile);
    showCurves(now, trajectory);
    Step step = trajectory.at(model.scrubbedStepProperty().get());
    if (step == null) {
      showNoStep(now, now.tiles().get(tile));
    } else if (step != shownStep || trajectory.result() == null) {
      showStep(now, tile, trajectory, step);
    }
    shownStep = step;
  }

  /** The attack has not come so far. */
  private void showNoStep(GridAttack attack, Tile tile) {
    original.show(tile.image(), nameOf(attack, tile));
    result.clear();
    perturbation.clear();
    bars.clear();
    curves.forEach(curve -> curve.mark(Double.NaN));
    numbers.setText(state());
  }

  private void showStep(GridAttack attack, int index, Trajectory trajectory, Step step) {
    Tile tile = attack.tiles().get(index);
    AttackedImage attacked = trajectory.result();
    boolean end = attacked != null && step.number() == attack.specification().steps();
    int iterate = attacked != null && end ? attacked.keptStep() : step.number();
    String words = TileWords.step(attack, trajectory, step);
    original.show(tile.image(), nameOf(attack, tile));
    result.show(step.pixels(), tile.image().shape(), words);
    showPerturbation(
        tile.image(), attacked != null && end ? attacked.result().pixels() : values(step.pixels()));
    boolean onCurves = end || attacked == null || trajectory.holdsResult();
    curves.forEach(curve -> curve.mark(onCurves ? iterate : Double.NaN));
    if (attacked == null) {
      showNumbersSoFar(tile, attack, trajectory, step, words);
    } else {
      showNumbers(attacked, attack, step, words);
    }
  }

  /** Of a step of an attack that is not done: what the result will tell is missing. */
  private void showNumbersSoFar(
      Tile tile, GridAttack attack, Trajectory trajectory, Step step, String words) {
    Step first = trajectory.at(0);
    if (first != null && attack.classes().size() <= FEW_CLASSES) {
      bars.show(
          "probabilities, step 0 → " + words,
          attack.classes(),
          first.probabilities(),
          step.probabilities(),
          tile.goal().classIndex());
    }
    numbers.setText(state() + "\n" + numbers(attack, step, words));
  }

  private static String numbers(GridAttack attack, Step step, String words) {
    return String.format(
        Locale.ROOT,
        "%s: classified as %s\n%s",
        words,
        attack.classes().get(step.predicted()),
        TileWords.norms(attack, step));
  }

  /** Of a tile that is not done. */
  private String state() {
    return model.busyProperty().get() ? "attacking …" : "stopped";
  }

  private void empty() {
    title.setText(model.waitingFor());
    if (shownAttack != null) {
      clear();
    }
    shownTile = -1;
    shownAttack = null;
  }

  private void clear() {
    original.clear();
    clearMade();
  }

  /** What an attack made of the tile. */
  private void clearMade() {
    List.of(result, perturbation, gradient).forEach(CrispPicture::clear);
    bars.clear();
    numbers.setText("");
    flags.setText("");
    for (CurveChart curve : curves) {
      curve.show(new float[0], 1, 0);
      curve.mark(Double.NaN);
    }
    shownStep = null;
    shownFinal = false;
    chartsDrawn = System.nanoTime() - CHART_INTERVAL_NANOS;
  }

  private void showTitle(GridAttack attack, Tile tile) {
    OriginalImage image = attack.images().get(tile.row());
    String name = tile.goal().title(attack.classes());
    title.setText(image.origin() + (tile.goal().targeted() ? "  →  " : "  away from  ") + name);
  }

  /**
   * @param now the iterate's values: exact at the attack's end, before that those of its picture of
   *     8 bits, since only pictures of steps are kept
   */
  private void showPerturbation(Image of, float[] now) {
    float[] delta = now.clone();
    for (int i = 0; i < delta.length; i++) {
      delta[i] -= of.pixels()[i];
    }
    double scale = 0.5 / Math.max(1e-6, Pictures.largest(delta));
    perturbation.show(
        Pictures.aroundGrey(of.shape(), delta, scale),
        String.format(Locale.ROOT, "gray + δ × %.3g", scale));
  }

  private static float[] values(byte[] pixels) {
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (pixels[i] & 255) / 255f;
    }
    return values;
  }

  /** Its class, or what else it is: gray, noise, a file. */
  private String nameOf(GridAttack attack, Tile tile) {
    OriginalImage row = attack.images().get(tile.row());
    return model.rows().startOf(row).map(StartImage::words).orElse(row.caption());
  }

  private void showCurves(GridAttack attack, Trajectory trajectory) {
    AttackedImage attacked = trajectory.result();
    if (attacked != null) {
      if (!shownFinal) {
        shownFinal = true;
        shownStep = null; // there is more to say of it
        int steps = attack.specification().steps();
        confidence.show(attacked.confidenceByStep(), steps, color(attack));
        loss.show(attacked.lossByStep(), steps, color(attack));
        showFlags(attacked);
        showGradient(attack, shownTile);
      }
      return;
    }
    // Charts cost tens of milliseconds: while the attack runs, a few times a second is enough.
    long now = System.nanoTime();
    if (now - chartsDrawn >= CHART_INTERVAL_NANOS) {
      chartsDrawn = now;
      confidence.show(trajectory.confidences(), attack.specification().steps(), color(attack));
    }
  }

  /** The one that the model has in charts of several, too. */
  private static int color(GridAttack attack) {
    return Palette.ofModels(List.of(attack.model().card().method())).getFirst();
  }

  private void showNumbers(AttackedImage attacked, GridAttack attack, Step step, String words) {
    bars.show(
        "probabilities, original → " + words,
        attack.classes(),
        attacked.probabilitiesBefore(),
        step.probabilities(),
        attacked.goal().classIndex());
    numbers.setText(
        String.format(
            Locale.ROOT,
            "%s: classified as %s  →  %s\n%s   ε %s%s\n" + "projected back in %.0f %% of all steps",
            words,
            attack.classes().get(attacked.predictedBefore()),
            attack.classes().get(step.predicted()),
            TileWords.norms(attack, step),
            WrittenNumber.fourDigits(attack.specification().threat().epsilon()),
            levels(attack.specification().threat()),
            100 * attacked.projectionShare()));
  }

  private static String levels(ThreatModel threat) {
    return threat.norm() == Norm.LINF ? " (" + WrittenNumber.levels(threat.epsilon()) + ")" : "";
  }

  private void showFlags(AttackedImage attacked) {
    if (attacked.zeroGradientShare() > ZERO_GRADIENT_WARNING) {
      flags.setText(TileWords.ofZeroGradients(attacked.goal(), attacked.zeroGradientShare()));
    } else {
      flags.setText("");
    }
  }

  private void showGradient(GridAttack attack, int index) {
    Tile tile = attack.tiles().get(index);
    Step first = attack.trajectory(index).at(0);
    int own = tile.goal().classIndex();
    int classIndex = own == Goal.NO_CLASS && first != null ? first.predicted() : Math.max(0, own);
    model.gradient(
        attack,
        new Tile(tile.row(), tile.image(), Goal.reach(classIndex)),
        found -> {
          if (shownAttack == attack && shownTile == index) {
            double scale = 0.5 / Math.max(1e-12, Pictures.largest(found.pixels()));
            gradient.show(
                Pictures.aroundGrey(found.shape(), found.pixels(), scale),
                String.format(
                    Locale.ROOT, "∇ₓ f(x)_%s × %.2g", attack.classes().get(classIndex), scale));
          }
        });
  }
}
