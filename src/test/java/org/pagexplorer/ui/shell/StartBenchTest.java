package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagexplorer.ui.shell.StartBench.Event;

class StartBenchTest {
  /** A window that is painted after some seconds, and answers each of two moves later still. */
  private static List<Event> round(double painted, double answer) {
    List<Event> events = new ArrayList<>();
    events.add(new Event("shell", painted / 2, painted / 4));
    events.add(new Event("painted", painted, painted / 2));
    events.add(new Event("pictures", painted + 2, painted));
    double at = painted + 3;
    for (int move = 0; move < 2; move++) {
      events.add(new Event("stepped 6", at, 9));
      events.add(new Event("moved", at, 9));
      events.add(new Event("answered", at + answer, 9));
      at += answer + 0.6;
    }
    events.add(new Event("stepped 6", at, 9));
    events.add(new Event("closing", at, 9));
    events.add(new Event("hidden", at + 0.02, 9));
    events.add(new Event("gone", at + 0.25, 9));
    return events;
  }

  @Test
  void theReportHasMediansRangesAndAims() {
    assertEquals(
        List.of(
            "Opening the window, 3 times (median, and range; the aims are for two quiet cores)",
            "  start to painted outlines          750 ms (500 to 1500)",
            "  start to painted window           1500 ms (1000 to 3000), aim 1500; 0.8 s of"
                + " processor time",
            "  start to first pictures           3500 ms (3000 to 5000), aim 4000; 1.5 s of"
                + " processor time",
            "  one step of the grid's attack      100 ms (100 to 100)",
            "  slider to first new picture        120 ms (90 to 200), aim 150",
            "  close to gone from the screen       20 ms (20 to 20), aim 300",
            "  close to end of the process        250 ms (250 to 250)"),
        StartBench.report(List.of(round(3, 0.2), round(1, 0.12), round(1.5, 0.09))));
  }

  @Test
  void aWindowThatEndsEarlySaysWhatItDidNotReach() {
    List<Event> early = List.of(new Event("painted", 1, 1), new Event("gone", 2, 0));

    List<String> lines = StartBench.report(List.of(early));

    assertEquals("  start to first pictures         not reached", lines.get(3));
    assertEquals("  slider to first new picture     not reached", lines.get(5));
  }
}
