package org.pagexplorer.lab.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.lab.model.OpenModel;

/**
 * Accuracies on corrupted images, as of CIFAR-10-C (Hendrycks and Dietterich 2019): for each model,
 * each corruption at five severities, and their means.
 */
public final class Corruptions {
  public static final int SEVERITIES = 5;

  /** CIFAR-10-C's four for validation, which its mean leaves out. */
  private static final Set<String> EXTRA =
      Set.of("speckle_noise", "gaussian_blur", "spatter", "saturate");

  private final List<OpenModel> models;
  private final List<String> names;
  private final double[][][] accuracies;
  private int images;

  /**
   * @param names of the corruptions, as {@link #among} tells
   */
  public Corruptions(List<OpenModel> models, List<String> names) {
    this.models = List.copyOf(models);
    this.names = List.copyOf(names);
    accuracies = new double[models.size()][names.size()][SEVERITIES];
  }

  /** The corruptions among a dataset's parts: those that have a part for each severity. */
  public static List<String> among(List<String> parts) {
    return parts.stream()
        .filter(name -> IntStream.range(0, SEVERITIES).allMatch(s -> parts.contains(part(name, s))))
        .toList();
  }

  /**
   * The part that holds a corruption's images.
   *
   * @param severity from 0
   */
  public static String part(String name, int severity) {
    return name + "-" + (severity + 1);
  }

  public List<String> names() {
    return names;
  }

  /**
   * Counts, for all models, the images of a corruption.
   *
   * @param severity from 0
   * @param classifiers the models, in float32
   * @param batch images at once
   */
  public void measure(
      int corruption, int severity, Dataset corrupted, List<Classifier> classifiers, int batch) {
    RobustnessTable table =
        new RobustnessTable(models, List.of(Column.CLEAN), corrupted, corrupted.size(), batch);
    for (Optional<RobustnessTable.Piece> next = table.next();
        next.isPresent();
        next = table.next()) {
      table.measure(next.get(), classifiers.get(next.get().model()), AttackObserver.NONE);
    }
    for (int k = 0; k < models.size(); k++) {
      accuracies[k][corruption][severity] = table.cell(k, 0).accuracy();
    }
    images = corrupted.size();
  }

  /** In [0, 1], a value a severity. */
  public double[] accuracies(int model, int corruption) {
    return accuracies[model][corruption].clone();
  }

  /** Over the severities, in [0, 1]. */
  public double mean(int model, int corruption) {
    return Arrays.stream(accuracies[model][corruption]).average().orElse(Double.NaN);
  }

  /** Whether a corruption counts in the mean: CIFAR-10-C's four extra ones do not. */
  public boolean counts(int corruption) {
    return !EXTRA.contains(names.get(corruption)) || EXTRA.containsAll(names);
  }

  /** Over the corruptions that count, in [0, 1]. */
  public double mean(int model) {
    return counted().mapToDouble(corruption -> mean(model, corruption)).average().orElse(0);
  }

  /** Over the corruptions that count, at one severity. */
  private double meanAt(int model, int severity) {
    return counted().mapToDouble(c -> accuracies[model][c][severity]).average().orElse(0);
  }

  private IntStream counted() {
    return IntStream.range(0, names.size()).filter(this::counts);
  }

  /** Images of each corruption and severity. */
  public int images() {
    return images;
  }

  /** A row a model and corruption, then the model's means; accuracies in %. */
  public ResultTable table() {
    List<String> heads = new ArrayList<>(List.of("model", "corruption"));
    IntStream.rangeClosed(1, SEVERITIES).forEach(severity -> heads.add("severity " + severity));
    heads.add("mean");
    List<List<String>> rows = new ArrayList<>();
    for (int k = 0; k < models.size(); k++) {
      int model = k;
      for (int c = 0; c < names.size(); c++) {
        rows.add(row(model, names.get(c), accuracies[k][c], mean(k, c)));
      }
      double[] means = IntStream.range(0, SEVERITIES).mapToDouble(s -> meanAt(model, s)).toArray();
      rows.add(row(model, "mean", means, mean(model)));
    }
    return new ResultTable(heads, rows, notes());
  }

  private List<String> row(int model, String name, double[] each, double mean) {
    List<String> row = new ArrayList<>(List.of(models.get(model).name(), name));
    Arrays.stream(each).mapToObj(TableTexts::percent).forEach(row::add);
    row.add(TableTexts.percent(mean));
    return row;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add("Accuracy in %, on " + images + " images of each corruption and severity");
    List<String> extra =
        IntStream.range(0, names.size()).filter(c -> !counts(c)).mapToObj(names::get).toList();
    if (!extra.isEmpty()) {
      notes.add(
          "The mean is over the %d corruptions of the benchmark, without its extra ones: %s"
              .formatted(counted().count(), String.join(", ", extra)));
    }
    return notes;
  }
}
