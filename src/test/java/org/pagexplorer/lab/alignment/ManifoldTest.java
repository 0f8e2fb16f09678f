package org.pagexplorer.lab.alignment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.ForwardingDataset;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Cancelled;
import org.pagexplorer.lab.alignment.LocalSubspaces.Steps;
import org.pagexplorer.lab.measure.Colours;
import org.pagexplorer.lab.measure.OnColours;

/** Even colors: images that differ in their channels' means alone, which is all the models see. */
class ManifoldTest extends OnColours {
  private static final int CHANNEL = 64;

  /** Names by the difference of a channel's upper and lower half, in which no image differs. */
  private static final String HALVES =
      "torch.sub(torch.slice(x, 2, 0, 4), torch.slice(x, 2, 4, 8))";

  private final Dataset even = new EvenColors(new Colours(40, 0.2));

  @BeforeEach
  void open() {
    open(HALVES, 30);
  }

  /** Every channel has one value. */
  private record EvenColors(Dataset whole) implements ForwardingDataset {
    @Override
    public byte[] bytes(int index) {
      byte[] bytes = whole.bytes(index);
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] = bytes[j / CHANNEL * CHANNEL];
      }
      return bytes;
    }
  }

  private List<Image> images() {
    return List.of(even.image(3), even.image(4), even.image(5));
  }

  @Test
  void stepsHaveOneLengthAndLieInTheSpanAndOrthogonalToIt() {
    try (LocalSubspaces local = new LocalSubspaces(engine, even, 1)) {
      List<Steps> steps = local.of(images(), 0, AttackObserver.NONE).orElseThrow();
      double epsilon = Presets.manifoldEpsilon(Colours.SHAPE);
      for (Steps taken : steps) {
        assertEquals(epsilon, norm(taken.on()), 1e-5);
        assertEquals(epsilon, norm(taken.off()), 1e-5);
        for (int channel = 0; channel < 3; channel++) {
          double sum = 0;
          for (int j = channel * CHANNEL; j < (channel + 1) * CHANNEL; j++) {
            assertEquals(taken.on()[channel * CHANNEL], taken.on()[j], 1e-5, "one value a channel");
            sum += taken.off()[j];
          }
          assertEquals(0, sum, 1e-4, "nothing of a channel's mean");
        }
      }
      assertEquals(Optional.empty(), local.of(images(), 0, new Cancelled()));
      assertArrayEquals(
          steps.get(1).on(),
          local.of(images().subList(1, 2), 1, AttackObserver.NONE).orElseThrow().getFirst().on());
    }
  }

  private static double norm(float[] step) {
    double squares = 0;
    for (float value : step) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  @Test
  void aModelOfTheMeansIsMovedOnTheManifoldOnlyAndOneOfTheHalvesOffItOnly() {
    try (LocalSubspaces local = new LocalSubspaces(engine, even, 1)) {
      List<Steps> steps = local.of(images(), 0, AttackObserver.NONE).orElseThrow();
      List<ManifoldMeasures> means = ManifoldMeasures.of(classifiers.getFirst(), images(), steps);
      List<ManifoldMeasures> halves = ManifoldMeasures.of(classifiers.get(1), images(), steps);
      for (int i = 0; i < 3; i++) {
        assertEquals(byHand(images().get(i), steps.get(i).on()), means.get(i).on(), 1e-4);
        assertEquals(0, means.get(i).off(), 1e-4);
        assertEquals(0, halves.get(i).on(), 1e-4);
        assertTrue(halves.get(i).off() > 0.01, "off " + halves.get(i).off());
      }
    }
  }

  /** The logits are 30 times the channels' means. */
  private static double byHand(Image image, float[] step) {
    double[] before = new double[3];
    double[] after = new double[3];
    double allBefore = 0;
    double allAfter = 0;
    for (int c = 0; c < 3; c++) {
      double mean = image.pixels()[c * CHANNEL];
      before[c] = Math.exp(30 * mean);
      after[c] = Math.exp(30 * (mean + step[c * CHANNEL]));
      allBefore += before[c];
      allAfter += after[c];
    }
    double distance = 0;
    for (int c = 0; c < 3; c++) {
      distance += Math.abs(before[c] / allBefore - after[c] / allAfter);
    }
    return distance;
  }

  @Test
  void withoutAnotherImageThereIsNoStepOnTheManifold() {
    Dataset alone = Datasets.limit(even, 1, 1);
    List<Image> image = List.of(alone.image(0));
    try (LocalSubspaces local = new LocalSubspaces(engine, alone, 1)) {
      List<Steps> steps = local.of(image, 0, AttackObserver.NONE).orElseThrow();
      assertEquals(0, norm(steps.getFirst().on()));
      ManifoldMeasures found = ManifoldMeasures.of(classifiers.getFirst(), image, steps).getFirst();
      assertTrue(Double.isNaN(found.on()));
      assertTrue(found.off() >= 0);
      assertEquals(0, Mean.NONE.with(found.on()).n(), "it counts nothing");
    }
  }
}
