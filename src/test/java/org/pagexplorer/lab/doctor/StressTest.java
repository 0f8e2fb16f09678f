package org.pagexplorer.lab.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Convolution;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;

@DisabledOnOs(OS.WINDOWS)
class StressTest {
  private static final StressSetting SETTING = new StressSetting("AVX2", 1);
  private static final Stress.Options OPTIONS =
      new Stress.Options(Duration.ofMinutes(1), 10, Duration.ofSeconds(2));

  /** A shell that says what a child would, and does what the case's word says. */
  private static Stress.Report shell(String onCase, String... cases) {
    String script = "while read -r word; do echo \"begin $word\"; " + onCase + "; echo done; done";
    return new Stress(
            List.of(SETTING), List.of(4), OPTIONS, setting -> List.of("/bin/sh", "-c", script))
        .run(SETTING, List.of(cases));
  }

  @Test
  void aChildThatKillsItselfIsReportedWithItsCaseAndPrimitiveAndTheOthersAreTried() {
    Stress.Report report =
        shell(
            "if [ \"$word\" = bad ]; then"
                + " [ -z \"$ONEDNN_VERBOSE\" ] ||"
                + " echo 'onednn_verbose,v1,primitive,exec,cpu,convolution,jit:avx2,backward';"
                + " kill -SEGV $$; fi",
            "good",
            "bad",
            "better",
            "best");
    assertEquals(
        List.of(
            new Stress.Death(
                SETTING,
                "bad",
                "SIGSEGV",
                true,
                Optional.of("onednn_verbose,v1,primitive,exec,cpu,convolution,jit:avx2,backward"),
                Optional.empty())),
        report.deaths());
    assertEquals(4, report.tried());
    // All four, bad alone with its primitive's name, the two after it.
    assertEquals(3, report.processes());
  }

  @Test
  void aDeathOfWhatCameBeforeIsSeenAgainWithIt() {
    Stress.Report report =
        shell(
            "[ -z \"$ONEDNN_VERBOSE\" ] ||"
                + " echo \"onednn_verbose,v1,primitive,exec,cpu,reorder,$word\";"
                + " if [ \"$word\" = second ] && [ -n \"$before\" ]; then kill -ABRT $$; fi;"
                + " before=$word",
            "first",
            "second");
    Stress.Death death = report.deaths().getFirst();
    assertEquals("SIGABRT", death.how());
    assertEquals("second", death.line());
    assertFalse(death.again());
    assertEquals(
        Optional.of("onednn_verbose,v1,primitive,exec,cpu,reorder,second"), death.primitive());
  }

  @Test
  void aChildThatHangsIsEnded() {
    Stress.Report report = shell("[ \"$word\" != bad ] || exec sleep 600", "bad", "good");
    assertEquals("did not end", report.deaths().getFirst().how());
    assertEquals(2, report.tried());
    assertTrue(report.took().compareTo(Duration.ofSeconds(30)) < 0);
  }

  @Test
  void whereNoChildCanBeginItIsSaidOnce() {
    Stress stress =
        new Stress(
            List.of(SETTING),
            List.of(4),
            OPTIONS,
            setting -> List.of("/bin/sh", "-c", "echo There is no PyTorch here.; exit 1"));
    UserException e =
        assertThrows(UserException.class, () -> stress.run(SETTING, List.of("some", "case")));
    assertTrue(e.getMessage().contains("There is no PyTorch here."), e.getMessage());
  }

  @Test
  void nothingIsStartedWhenTheTimeIsOver() {
    Stress.Report report =
        new Stress(
                List.of(SETTING),
                List.of(4),
                new Stress.Options(Duration.ZERO, 10, Duration.ofSeconds(1)),
                setting -> List.of("/bin/false"))
            .run(4, text -> {});
    assertEquals(0, report.processes());
    assertEquals(0, report.tried());
    assertTrue(report.all() > 100, report.toString());
  }

  /** The real child, whose memory is checked, on the convolution that once damaged the heap. */
  @Test
  void convolutionsAndStepsOfASmallNetworkPass() {
    List<String> cases =
        List.of(
            "convolution 2 4x8x8 to 8 kernel 1 stride 2 around train channels-last",
            "convolution 2 3x8x8 to 4 kernel 3 stride 2 at_the_end eval channels-first",
            "convolution 2 4x8x8 to 4 kernel 3 stride 1 around exact channels-last",
            "convolution 2 4x8x8 to 4 kernel 3 stride 1 around fast channels-last");
    Stress.Report report =
        new Stress(
                "cpu",
                List.of(SETTING),
                List.of(4),
                new Stress.Options(Duration.ofMinutes(2), 10, Duration.ofMinutes(1)))
            .run(SETTING, cases);
    assertEquals(List.of(), report.deaths());
    assertEquals(4, report.tried());
    assertEquals(1, report.processes());
  }

  @Test
  void everyCaseIsReadAsItWasWritten() {
    for (StressCase stressCase : StressCase.all(8, 4)) {
      assertEquals(stressCase, StressCase.parse(stressCase.line()));
    }
  }

  @Test
  void shapesAreThoseOfTheNetwork() {
    var shapes = ConvolutionShapes.of(new Architecture(Family.RESNET18, 4, InputShape.CIFAR, 10));
    assertEquals(11, shapes.size());
    assertTrue(
        shapes.contains(
            new ConvolutionShapes.Of(
                new ConvolutionShapes.Plane(8, 16), new Convolution("", 16, 1, 2))));
    assertTrue(
        ConvolutionShapes.of(new Architecture(Family.TORCHVISION_RESNET18, 4, InputShape.CIFAR, 10))
            .contains(
                new ConvolutionShapes.Of(
                    new ConvolutionShapes.Plane(4, 8), new Convolution("", 4, 3, 1))));
  }
}
