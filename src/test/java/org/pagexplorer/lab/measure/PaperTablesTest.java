package org.pagexplorer.lab.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagexplorer.lab.measure.PaperTables.Row;
import org.pagexplorer.lab.measure.PaperTables.Table;

/** The published numbers agree with one another and with what the paper says of them. */
class PaperTablesTest {
  private static Row row(String table, String row) {
    return PaperTables.of(table).row(row).orElseThrow();
  }

  @Test
  void everyTableIsThereWithItsRows() {
    assertEquals(
        List.of("table-1 6", "table-2 6", "table-4 1", "figure-3 2", "figure-5 4"),
        PaperTables.all().stream().map(t -> t.id() + " " + t.rows().size()).toList());
  }

  @Test
  void figureFivesLambdaOfTable3IsTable1sClassMean() {
    assertEquals(row("table-1", "class-mean").values(), row("figure-5", "0.4").values());
  }

  @Test
  void table1sOneImageIsWithinTwoDeviationsOfTable4sMean() {
    Row once = row("table-1", "one-image");
    Row over = row("table-4", "one-image");
    for (int j = 0; j < 3; j++) {
      double distance = Math.abs(once.values().get(j) - over.values().get(j));
      assertTrue(distance > 0 && distance <= 2 * over.deviations().get(j), "column " + j);
    }
  }

  @Test
  void attackedAccuraciesAreBelowCleanOnesAndVanillasAreZero() {
    for (Table table : PaperTables.all()) {
      for (Row row : table.rows()) {
        double clean = row.values().getFirst();
        assertTrue(
            row.values().stream().skip(1).allMatch(attacked -> attacked < clean), row.toString());
      }
    }
    for (String table : List.of("table-1", "table-2")) {
      assertEquals(List.of(0.0, 0.0), row(table, "vanilla").values().subList(1, 3));
      for (Row row : PaperTables.of(table).rows()) {
        List<Double> values = row.values();
        assertTrue(values.get(2) >= values.get(1), "section 5.2: better in L2");
      }
    }
    List<Row> ablation = PaperTables.of("figure-5").rows();
    for (int i = 1; i < ablation.size(); i++) {
      assertTrue(
          ablation.get(i).values().getFirst() < ablation.get(i - 1).values().getFirst(),
          "section D: λ costs accuracy");
    }
  }

  @Test
  void aPublishedNumbersIntervalIsOfTheWholeTestSet() {
    Table table = PaperTables.of("table-1");
    assertEquals(0, table.interval(0).low());
    assertTrue(table.interval(0).high() < 0.0005);
    assertTrue(table.interval(50.62).low() > 0.49 && table.interval(50.62).high() < 0.52);
  }
}
