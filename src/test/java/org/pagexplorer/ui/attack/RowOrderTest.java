package org.pagexplorer.ui.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows by their keys, of which two may be alike. */
class RowOrderTest {
  private static final List<String> ROWS = List.of("#0", "#1", "#2", "#1");

  private static List<String> shown(RowOrder order, List<String> rows) {
    return order.of(rows, row -> row);
  }

  @Test
  void rowsStandWhereTheyWereMoved() {
    RowOrder order = RowOrder.NONE.moved(ROWS, 3, 0);
    assertEquals(List.of("#1", "#0", "#1", "#2"), shown(order, ROWS));
    assertEquals(ROWS, shown(RowOrder.NONE, ROWS));
  }

  @Test
  void ofTwoThatAreAlikeOneIsTakenOut() {
    RowOrder order = RowOrder.NONE.without(ROWS, 1);
    assertEquals(List.of("#0", "#2", "#1"), shown(order, ROWS));
    RowOrder none = order.without(shown(order, ROWS), 2);
    assertEquals(List.of("#0", "#2"), shown(none, ROWS));
    assertEquals(List.of("#1", "#1"), none.removed());
  }

  @Test
  void whatComesLaterStandsWhereItCameToTheRowsThatAreKnown() {
    RowOrder order = RowOrder.NONE.moved(List.of("#0", "#1"), 0, 1).without(List.of("#1", "#0"), 1);
    assertEquals(
        List.of("own", "#1", "#5", "#6"), shown(order, List.of("own", "#0", "#1", "#5", "#6")));
  }

  @Test
  void whatIsGoneLeavesNoGap() {
    RowOrder order = RowOrder.NONE.moved(List.of("own", "#0", "#1"), 0, 2);
    assertEquals(List.of("#0", "#1"), shown(order, List.of("#0", "#1")));
  }
}
