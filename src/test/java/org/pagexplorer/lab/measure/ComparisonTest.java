package org.pagexplorer.lab.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.lab.measure.TableTexts.Place;

/** A comparison that goes on with more images, its curves and sanity checks too. */
class ComparisonTest extends OnColours {
  private static final Place ATTACKED = new Place(0, 1);

  @BeforeEach
  void open() {
    open(Colours.PLAIN, 10);
  }

  private static Comparison comparison(int images) {
    RobustnessAttack attack =
        RobustnessAttack.usual(AttackMethod.PGD, new ThreatModel(Norm.LINF, 0.1), 0);
    RobustnessTable table =
        new RobustnessTable(
            List.of(Colours.model("plain"), Colours.model("other")),
            List.of(Column.CLEAN, Column.of(attack)),
            new Colours(60, 0.2),
            images,
            20);
    return new Comparison(table, images, true, 20);
  }

  private void finish(Comparison comparison) {
    while (!comparison.isDone()) {
      assertTrue(comparison.step(classifiers::get, AttackObserver.NONE));
    }
  }

  private static int checked(Comparison comparison) {
    return comparison.findings().get(ATTACKED).stream()
        .filter(finding -> finding.check() == IntegrityCheck.FEW_IMAGES)
        .mapToInt(finding -> (int) finding.survived())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void goingOnWithMoreImagesIsAsMeasuringThemAtOnce() {
    Comparison atOnce = comparison(45);
    finish(atOnce);
    Comparison later = comparison(25);
    finish(later);
    assertEquals(25, later.curves().get(ATTACKED).points().getFirst().n());
    assertEquals(25, checked(later));
    later.want(45, 45);
    assertFalse(later.isDone());
    assertEquals(null, later.findings().get(ATTACKED), "they were of fewer images");
    finish(later);
    assertEquals(atOnce.findings(), later.findings());
    for (Place place : atOnce.curves().keySet()) {
      assertEquals(atOnce.curves().get(place).points(), later.curves().get(place).points());
      assertEquals(45, later.curves().get(place).points().getLast().n());
    }
    assertEquals(45, checked(later));
  }

  /** Wanted in the midst of a curve and of a check's round: both end what they began. */
  @Test
  void moreImagesMayBeWantedAtAnyTime() {
    Comparison atOnce = comparison(45);
    finish(atOnce);
    Comparison few = comparison(10);
    int all = 0;
    for (; !few.isDone(); all++) {
      assertTrue(few.step(classifiers::get, AttackObserver.NONE));
    }
    for (int steps : new int[] {2, all / 2, all - 3}) { // the last ones are a check's
      Comparison later = comparison(10);
      for (int i = 0; i < steps; i++) {
        assertTrue(later.step(classifiers::get, AttackObserver.NONE));
      }
      later.want(45, 45);
      finish(later);
      assertEquals(45, checked(later));
      assertEquals(atOnce.findings(), later.findings(), "after " + steps + " of " + all);
      assertEquals(atOnce.curves().get(ATTACKED).points(), later.curves().get(ATTACKED).points());
    }
  }

  @Test
  void fewerImagesTakeNothingBack() {
    Comparison comparison = comparison(20);
    finish(comparison);
    comparison.want(10, 10);
    assertTrue(comparison.isDone());
    assertEquals(20, checked(comparison));
    assertEquals(20, comparison.table().wanted());
  }
}
