package org.pagexplorer.lab.measure;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.measure.Integrity.Finding;
import org.pagexplorer.lab.measure.TableTexts.Place;
import org.pagexplorer.lab.model.OpenModel;

/**
 * What is odd about the models' outputs, a robustness table, then the integrity of its numbers,
 * then their curves: one step at a time. Safe for one thread that steps and others that look.
 */
public final class Comparison implements Divisible {
  /** Images that a sanity check needs at the most. */
  public static final int MOST_CHECKED = 200;

  /** Images whose outputs are looked at before anything is attacked. */
  private static final int LOOKED_AT = 16;

  private final RobustnessTable table;
  private final Map<Integer, List<OutputWarning>> warnings = new ConcurrentHashMap<>();
  private final Map<Place, Integrity> checks = new LinkedHashMap<>();
  private final Map<Place, RobustnessCurve> curves = new LinkedHashMap<>();
  private final Map<Place, List<Finding>> findings = new ConcurrentHashMap<>();
  private volatile List<PublishedEntry> published = List.of();

  /**
   * @param checked images for the integrity of each number; 0 leaves it out
   * @param curve whether to draw accuracy over ε
   * @param batch images of a step of the curve
   */
  public Comparison(RobustnessTable table, int checked, boolean curve, int batch) {
    this.table = table;
    for (int k = 0; k < table.models().size(); k++) {
      for (int j = 0; j < table.columns().size(); j++) {
        Optional<RobustnessAttack> attack = table.columns().get(j).attack();
        if (attack.isEmpty()) {
          continue;
        }
        Place place = new Place(k, j);
        if (checked > 0) {
          checks.put(
              place,
              new Integrity(
                  attack.get().pgd(), table.dataset(), checked, table.models().size() - 1));
        }
        if (curve && attack.get().threat().epsilon() > 0) {
          curves.put(
              place, new RobustnessCurve(attack.get(), table.dataset(), table.wanted(), batch));
        }
      }
    }
  }

  /**
   * Goes on with more images, the curves too; fewer take nothing back. What was found of fewer
   * images is dropped until it is found of all.
   *
   * @param images of the table and the curves
   * @param checked of each sanity check, where there are any
   */
  public synchronized void want(int images, int checked) {
    table.want(Math.max(images, table.wanted()));
    curves.values().forEach(curve -> curve.want(images));
    checks.forEach(
        (place, check) -> {
          check.want(checked);
          if (!check.isDone()) {
            findings.remove(place);
          }
        });
  }

  @Override
  public void wantAtLeast(int images) {
    want(images, Math.min(MOST_CHECKED, images));
  }

  @Override
  public void only(int from, int to) {
    table.only(from, to);
  }

  /** Of the table alone. */
  @Override
  public List<JsonObject> measured() {
    return table.measured().stream().map(MeasuredPiece::json).toList();
  }

  @Override
  public void add(JsonObject piece) {
    table.add(MeasuredPiece.of(piece));
  }

  @Override
  public List<OpenModel> models() {
    return table.models();
  }

  @Override
  public int available() {
    return table.dataset().size();
  }

  @Override
  public int wanted() {
    return table.wanted();
  }

  @Override
  public int batch() {
    return table.batch();
  }

  /** Of what {@link #stage} says: first of the table, which takes longest. */
  @Override
  public double progress() {
    if (unseen().isPresent() || table.next().isPresent()) {
      return table.progress();
    }
    return openCheck().map(this::checked).orElseGet(this::drawn);
  }

  private double checked(Place open) {
    return (findings.size() + shareOf(open)) / checks.size();
  }

  /** Of the curves, whole ones. */
  private double drawn() {
    long done = curves.values().stream().filter(RobustnessCurve::isDone).count();
    return curves.isEmpty() ? 1 : (double) done / curves.size();
  }

  @Override
  public double secondsLeft() {
    return table.secondsLeft();
  }

  @Override
  public ResultTable results(boolean compact) {
    ResultTable found =
        compact ? TableTexts.compact(table, findings) : TableTexts.of(table, findings);
    ResultTable noted = found.withNotes(warningNotes());
    List<PublishedEntry> beside = published;
    return beside.isEmpty()
        ? noted
        : compact
            ? PublishedTexts.compact(noted, table, beside)
            : PublishedTexts.whole(noted, table, beside);
  }

  /** Shows other people's numbers below those that are measured here, instead of those before. */
  public void beside(List<PublishedEntry> entries) {
    published = List.copyOf(entries);
  }

  /** Other people's numbers, those that may be compared first. */
  public List<PublishedEntry> published() {
    return PublishedTexts.sorted(published, table);
  }

  private List<String> warningNotes() {
    List<String> notes = new ArrayList<>();
    for (int k = 0; k < table.models().size(); k++) {
      for (OutputWarning warning : warnings(k)) {
        String model = table.models().get(k).name();
        notes.add("%s: %s: %s".formatted(model, warning.title(), warning.meaning()));
      }
    }
    return notes;
  }

  /** What is odd about a model's outputs, once they were looked at. */
  public List<OutputWarning> warnings(int model) {
    return warnings.getOrDefault(model, List.of());
  }

  public RobustnessTable table() {
    return table;
  }

  /** What was found of the numbers that have been checked. */
  public Map<Place, List<Finding>> findings() {
    return findings;
  }

  /** The curves, as far as they are. */
  public Map<Place, RobustnessCurve> curves() {
    return curves;
  }

  @Override
  public boolean isDone() {
    return unseen().isEmpty()
        && table.next().isEmpty()
        && openCheck().isEmpty()
        && openCurve().isEmpty();
  }

  /** A model whose outputs have not been looked at. */
  private Optional<Integer> unseen() {
    return IntStream.range(0, table.models().size())
        .boxed()
        .filter(model -> !warnings.containsKey(model))
        .findFirst();
  }

  private Optional<Place> openCheck() {
    return checks.keySet().stream().filter(place -> !findings.containsKey(place)).findFirst();
  }

  private Optional<Place> openCurve() {
    return curves.entrySet().stream()
        .filter(entry -> !entry.getValue().isDone())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  @Override
  public String stage() {
    if (unseen().isPresent() || table.next().isPresent()) {
      return "measuring";
    }
    Optional<Place> check = openCheck();
    if (check.isPresent()) {
      return "sanity checks (gradient masking), %.0f %%".formatted(100 * checked(check.get()));
    }
    Optional<Place> curve = openCurve();
    return curve.isPresent()
        ? "curve of %s, %s"
            .formatted(
                table.models().get(curve.get().model()).name(),
                table.columns().get(curve.get().column()).title())
        : "done";
  }

  private double shareOf(Place place) {
    Integrity check = checks.get(place);
    return check == null ? 0 : check.progress();
  }

  @Override
  public boolean step(
      TorchEngine engine, Function<Integer, Classifier> classifiers, AttackObserver observer) {
    return step(classifiers, observer);
  }

  /** As {@link Study#step}; it has no use for the engine. */
  public boolean step(Function<Integer, Classifier> classifiers, AttackObserver observer) {
    Optional<Integer> unseen = unseen();
    if (unseen.isPresent()) {
      int images = Math.min(LOOKED_AT, Math.min(table.batch(), table.dataset().size()));
      List<Image> some = Images.of(table.dataset(), 0, images).images();
      warnings.put(unseen.get(), OutputWarning.of(classifiers.apply(unseen.get()), some));
      return true;
    }
    Optional<RobustnessTable.Piece> piece = table.next();
    if (piece.isPresent()) {
      return table.measure(piece.get(), classifiers.apply(piece.get().model()), observer);
    }
    Optional<Place> check = openCheck();
    if (check.isPresent()) {
      return check(check.get(), classifiers, observer);
    }
    Optional<Place> open = openCurve();
    RobustnessCurve curve = open.isPresent() ? curves.get(open.get()) : null;
    return curve == null || curve.step(classifiers.apply(open.orElseThrow().model()), observer);
  }

  private boolean check(
      Place place, Function<Integer, Classifier> classifiers, AttackObserver observer) {
    Integrity check = java.util.Objects.requireNonNull(checks.get(place));
    List<Classifier> others = new ArrayList<>();
    for (int k = 0; k < table.models().size(); k++) {
      if (k != place.model()) {
        others.add(classifiers.apply(k));
      }
    }
    boolean moved = check.step(classifiers.apply(place.model()), others, observer);
    synchronized (this) {
      if (check.isDone()) {
        findings.put(place, check.findings());
      }
    }
    return moved;
  }
}
