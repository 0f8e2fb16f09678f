package org.pagexplorer.lab.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.domain.ThreatModel;

/** Rows of other people's numbers below those measured here. */
public class PublishedTextsTest {

  /** An entry on the test's dataset. */
  public static PublishedEntry entry(String id, String epsilon, double robust) {
    return entry(id, Norm.LINF, epsilon, robust);
  }

  public static PublishedEntry entry(String id, Norm norm, String epsilon, double robust) {
    return new PublishedEntry(
        id,
        "A paper",
        "colours",
        norm.title(),
        Optional.of(norm),
        OptionalDouble.of(Double.parseDouble(epsilon)),
        OptionalDouble.of(0.9),
        OptionalDouble.of(robust),
        "ResNet-50",
        false,
        "ICLR 2020",
        "https://example.org",
        "");
  }

  private static Comparison comparison(AttackMethod method) {
    ThreatModel threat = new ThreatModel(Norm.LINF, 0.15);
    List<Column> columns =
        List.of(Column.CLEAN, Column.of(RobustnessAttack.usual(method, threat, 0)));
    Comparison comparison =
        new Comparison(
            new RobustnessTable(List.of(Colours.model("ours")), columns, new Colours(9, 0.3), 9, 9),
            0,
            false,
            9);
    comparison.beside(
        List.of(
            entry("Weak", "0.15", 0.2), entry("Far", "0.3", 0.8), entry("Strong", "0.15", 0.7)));
    return comparison;
  }

  @Test
  void theWholeTableHasTheComparableFirstAndSaysWhyOthersAreNot() {
    ResultTable table = comparison(AttackMethod.AUTOATTACK).results(false);
    int attacked = table.heads().indexOf("L∞ AutoAttack, ε = 0.15");
    assertTrue(attacked > 0, table.heads().toString());
    List<String> strong = table.rows().get(1);
    assertEquals("Strong (published)", strong.getFirst());
    assertEquals("90.00", strong.get(1));
    assertEquals("70.00", strong.get(attacked));
    assertEquals("", strong.get(attacked + 1), "no interval is published");
    List<String> far = table.rows().get(3);
    assertEquals("Far (published)", far.getFirst());
    assertEquals("", far.get(attacked));
    assertEquals(
        "ICLR 2020; AutoAttack, L∞, ε = 0.3: 80.00 %;"
            + " not comparable: ε = 0.3 there, 0.15 here; https://example.org",
        far.getLast());
    assertEquals("measured here", table.rows().getFirst().getLast());
    assertTrue(table.notes().toString().contains("not measured here"));
  }

  @Test
  void thePrintedTableHasTheComparableAlone() {
    ResultTable table = comparison(AttackMethod.AUTOATTACK).results(true);
    assertEquals(
        List.of("ours", "Strong (published)", "Weak (published)"),
        table.rows().stream().map(List::getFirst).toList());
    assertTrue(table.notes().getLast().startsWith("1 published with another"));
  }

  @Test
  void anotherAttackThanTheLeaderboardsIsSaid() {
    assertTrue(
        comparison(AttackMethod.PGD)
            .results(false)
            .notes()
            .toString()
            .contains("another attack than"));
    assertEquals(
        Optional.empty(), PublishedTexts.caution(comparison(AttackMethod.AUTOATTACK).table()));
  }

  @Test
  void withoutPublishedEntriesATableIsAsBefore() {
    Comparison comparison = comparison(AttackMethod.PGD);
    ResultTable with = comparison.results(false);
    comparison.beside(List.of());
    ResultTable without = comparison.results(false);
    assertEquals(1, without.rows().size());
    assertEquals(with.heads().size() - 1, without.heads().size());
  }
}
