package org.pagexplorer.lab.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Cancelled;
import org.pagexplorer.lab.measure.Integrity.Finding;
import org.pagexplorer.lab.measure.RobustnessTable.Piece;
import org.pagexplorer.lab.measure.TableTexts.Place;

class RobustnessTableTest extends OnColours {
  private static final AttackObserver CANCELLED = new Cancelled();

  @BeforeEach
  void open() {
    open(Colours.QUANTISED, 30);
  }

  private static RobustnessAttack pgd(Norm norm, double epsilon) {
    return RobustnessAttack.usual(AttackMethod.PGD, new ThreatModel(norm, epsilon), 0);
  }

  private static RobustnessTable table(int wanted, int batch) {
    return new RobustnessTable(
        List.of(Colours.model("plain"), Colours.model("quantised")),
        List.of(Column.CLEAN, Column.of(pgd(Norm.LINF, 0.1))),
        new Colours(60, 0.2),
        wanted,
        batch);
  }

  private void fill(RobustnessTable table) {
    for (Optional<Piece> next = table.next(); next.isPresent(); next = table.next()) {
      Piece piece = next.get();
      assertTrue(table.measure(piece, classifiers.get(piece.model()), AttackObserver.NONE));
    }
  }

  @Test
  void cellsGrowTogether() {
    RobustnessTable table = table(20, 8);
    while (table.next().isPresent()) {
      Piece piece = table.next().orElseThrow();
      table.measure(piece, classifiers.get(piece.model()), AttackObserver.NONE);
      int least = 20;
      int most = 0;
      for (int k = 0; k < 2; k++) {
        for (int j = 0; j < 2; j++) {
          least = Math.min(least, table.cell(k, j).n());
          most = Math.max(most, table.cell(k, j).n());
        }
      }
      assertTrue(most - least <= 8, most + " and " + least);
    }
    assertEquals(20, table.cell(1, 1).n());
    assertEquals(1, table.progress());
    assertEquals(0, table.secondsLeft());
  }

  @Test
  void goingOnWithMoreImagesIsAsMeasuringThemAtOnce() {
    RobustnessTable atOnce = table(45, 9);
    fill(atOnce);
    RobustnessTable later = table(10, 4);
    fill(later);
    later.want(45);
    fill(later);
    for (int k = 0; k < 2; k++) {
      for (int j = 0; j < 2; j++) {
        assertArrayEquals(atOnce.cell(k, j).right(), later.cell(k, j).right());
      }
    }
  }

  /** Through the rounding no gradient flows, so that only Square, without gradients, gets on. */
  @Test
  void everyColumnRunsItsOwnAttack() {
    RobustnessAttack square =
        RobustnessAttack.usual(AttackMethod.SQUARE, new ThreatModel(Norm.LINF, 0.1), 0);
    RobustnessTable table =
        new RobustnessTable(
            List.of(Colours.model("quantised")),
            List.of(Column.of(pgd(Norm.LINF, 0.1)), Column.of(square)),
            new Colours(30, 0.2),
            30,
            30);
    for (Optional<Piece> next = table.next(); next.isPresent(); next = table.next()) {
      assertTrue(table.measure(next.get(), classifiers.get(1), AttackObserver.NONE));
    }
    assertTrue(table.cell(0, 1).correct() + 3 < table.cell(0, 0).correct(), table.cell(0, 1) + "");
  }

  /** Gradients of zero leave all to Square, and that is said. */
  @Test
  void whatSquareBreaksBesidesIsWarnedOf() {
    ThreatModel ball = new ThreatModel(Norm.LINF, 0.15);
    RobustnessAttack usual = RobustnessAttack.usual(AttackMethod.AUTOATTACK, ball, 0);
    RobustnessTable table =
        new RobustnessTable(
            List.of(Colours.model("plain"), Colours.model("quantised")),
            List.of(Column.of(new RobustnessAttack(usual.method(), usual.pgd(), 5, 300))),
            new Colours(30, 0.2),
            30,
            30);
    fill(table);
    int[] standing = table.cell(1, 0).standing();
    assertEquals(table.cell(1, 0).correct(), standing[3]);
    assertTrue(standing[2] - standing[3] > 3, java.util.Arrays.toString(standing));
    assertEquals(
        "Square, which takes no gradients, broke %d more: the gradients may be masked"
            .formatted(standing[2] - standing[3]),
        Survivors.warning(table.columns().getFirst(), table.cell(1, 0)).orElseThrow());
    assertTrue(Survivors.warning(table.columns().getFirst(), table.cell(0, 0)).isEmpty());
  }

  /** The accuracy is known: mean colours of two channels have to meet, each moving by ε. */
  @Test
  void whoSurvivesIsWhoHasContrastEnough() {
    RobustnessTable table = table(60, 25);
    fill(table);
    for (int i = 0; i < 60; i++) {
      float[] pixels = table.dataset().image(i).pixels();
      int label = table.dataset().label(i);
      double own = mean(pixels, label);
      double other = Math.max(mean(pixels, (label + 1) % 3), mean(pixels, (label + 2) % 3));
      assertTrue(table.cell(0, 0).right()[i], "all are classified correctly without an attack");
      if (Math.abs(own - other - 0.2) > 0.004) {
        assertEquals(own - other > 0.2, table.cell(0, 1).right()[i], own + " and " + other);
      }
    }
    int survived = table.cell(0, 1).correct();
    assertTrue(survived > 10 && survived < 50, survived + " of 60");
  }

  private static double mean(float[] pixels, int channel) {
    double sum = 0;
    for (int j = 0; j < 64; j++) {
      sum += pixels[64 * channel + j] / 64;
    }
    return sum;
  }

  @Test
  void aCancelledPieceAddsNothing() {
    RobustnessTable table = table(20, 8);
    assertFalse(table.measure(new Piece(0, 1, 0, 8), classifiers.getFirst(), CANCELLED));
    assertEquals(0, table.cell(0, 1).n());
    assertTrue(Double.isInfinite(table.secondsLeft()));
  }

  @Test
  void flagsStandWhereverTheirNumberStands() {
    RobustnessTable table = table(20, 20);
    fill(table);
    Finding flag = new Finding(IntegrityCheck.ZERO_GRADIENTS, 1, true);
    Finding fine = new Finding(IntegrityCheck.NOISE, 1, false);
    Map<Place, List<Finding>> findings =
        Map.of(new Place(0, 1), List.of(fine), new Place(1, 1), List.of(flag, fine));
    List<String> csv = TableTexts.of(table, findings).csv().lines().toList();
    assertEquals("# zero gradients: " + IntegrityCheck.ZERO_GRADIENTS.meaning(), csv.get(1));
    assertEquals("# " + TableTexts.COUNTED, csv.getFirst());
    assertTrue(csv.get(3).startsWith("plain,") && csv.get(3).endsWith(",none"), csv.get(3));
    assertTrue(csv.get(4).endsWith(",zero gradients"), csv.get(4));
    assertEquals(
        csv.get(2).chars().filter(c -> c == ',').count(),
        csv.get(4).chars().filter(c -> c == ',').count() + 5,
        "each of the attack's five heads has a comma of its own, in quotes");
    String latex = TableTexts.compact(table, findings).latex();
    assertTrue(latex.contains("quantised & ") && latex.contains("$^\\dagger$ \\\\"), latex);
    assertTrue(latex.contains("95 % interval, n = 20"), latex);
    assertEquals(1, latex.lines().filter(line -> line.startsWith("plain & ")).count());
    assertFalse(latex.lines().filter(l -> l.startsWith("plain")).findFirst().get().contains("†"));
  }

  @Test
  void theCurveFallsFromCleanToZero() {
    Colours data = new Colours(30, 0.2);
    RobustnessCurve curve = new RobustnessCurve(pgd(Norm.LINF, 0.1), data, 30, 8);
    while (!curve.isDone()) {
      assertTrue(curve.step(classifiers.getFirst(), AttackObserver.NONE));
    }
    List<RobustnessCurve.Point> points = curve.points();
    assertEquals(new RobustnessCurve.Point(0, 30, 30), points.getFirst());
    assertEquals(0, points.getLast().survived());
    for (int i = 1; i < points.size(); i++) {
      assertTrue(points.get(i).epsilon() > points.get(i - 1).epsilon());
      assertTrue(points.get(i).survived() <= points.get(i - 1).survived());
      // Contrasts are 0.1 to 0.35, and both colours move: nobody falls before 0.04.
      assertEquals(30, points.get(i).epsilon() < 0.04 ? points.get(i).survived() : 30);
    }
    assertTrue(points.stream().anyMatch(p -> p.epsilon() == 0.1), "the attack's own radius");
    assertTrue(points.getLast().epsilon() < 0.3, "it ends where nothing is left");
  }

  @Test
  void aCancelledStepOfACurveIsDoneAgain() {
    RobustnessCurve curve = new RobustnessCurve(pgd(Norm.LINF, 0.1), new Colours(10, 0.2), 10, 10);
    curve.step(classifiers.getFirst(), AttackObserver.NONE);
    assertFalse(curve.step(classifiers.getFirst(), CANCELLED));
    List<Integer> sizes = new ArrayList<>(List.of(curve.points().size()));
    curve.step(classifiers.getFirst(), AttackObserver.NONE);
    sizes.add(curve.points().size());
    assertEquals(List.of(1, 2), sizes);
    assertEquals(10, curve.points().get(1).n());
  }

  @Test
  void thePapersColumnsHaveThePapersRadii() {
    List<Column> cifar = Column.paper(InputShape.CIFAR, 0);
    assertEquals(
        List.of("clean", "L∞ PGD-20, ε = 0.031", "L2 PGD-20, ε = 0.5"),
        cifar.stream().map(Column::longTitle).toList());
    assertEquals("L2 PGD-20, ε = 1.5", Column.paper(InputShape.STL, 0).getLast().longTitle());
  }
}
