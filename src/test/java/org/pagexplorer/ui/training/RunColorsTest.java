package org.pagexplorer.ui.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Method;
import org.pagexplorer.lab.figure.Palette;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.lab.runs.RunStatus.State;
import org.pagexplorer.ui.control.LinesChart.Line;

/** A run's curves have its method's color, whichever run was overlaid first. */
class RunColorsTest {
  private static RunStatus run(String name, Method method) {
    return new RunStatus(
        Path.of(name),
        State.RUNNING,
        method.id(),
        3,
        List.of(),
        Optional.empty(),
        List.of(),
        "",
        OptionalInt.empty());
  }

  private static List<Integer> colors(RunStatus... runs) {
    return RunCurves.lines(List.of(runs), report -> 0).stream().map(Line::color).toList();
  }

  @Test
  void aRunHasTheColorOfItsMethod() {
    int vanilla = Palette.ofMethod(Method.VANILLA);
    int mean = Palette.ofMethod(Method.CLASS_MEAN);
    RunStatus one = run("one", Method.VANILLA);
    RunStatus other = run("other", Method.CLASS_MEAN);
    assertEquals(List.of(vanilla, mean), colors(one, other));
    assertEquals(List.of(mean, vanilla), colors(other, one));
    List<Integer> twice = colors(one, run("again", Method.VANILLA), other);
    assertEquals(vanilla, twice.getFirst());
    assertEquals(mean, twice.getLast());
    assertTrue(twice.get(1) != vanilla && twice.get(1) != mean, twice + "");
  }
}
