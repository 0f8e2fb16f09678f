package org.pagexplorer.lab.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.MadeUp;
import org.pagexplorer.dataset.Samples;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Cards;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.StartImage;
import org.pagexplorer.domain.UserException;

class StartImagesTest {
  private static final InputShape SHAPE = new InputShape(3, 40, 50);

  private static OriginalImage make(String text) {
    return StartImages.of(
        StartImage.parse(text),
        SHAPE,
        () -> {
          throw new AssertionError("no dataset is needed");
        });
  }

  @Test
  void grayIsHalfAndNoiseIsAsItIsCalled() {
    for (float value : make("gray").image().pixels()) {
      assertEquals(0.5f, value);
    }
    double[] uniform = moments(make("noise:4").image().pixels());
    assertEquals(0.5, uniform[0], 0.02);
    assertEquals(Math.sqrt(1 / 12.0), uniform[1], 0.01);
    double[] normal = moments(make("gaussian-noise:4").image().pixels());
    assertEquals(0.5, normal[0], 0.02);
    assertEquals(0.245, normal[1], 0.01); // a little less than ¼, since it is clipped
    assertEquals(make("noise:4"), make("noise:4"));
    assertNotEquals(make("noise:4").image(), make("noise:5").image());
  }

  private static double[] moments(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      assertTrue(value >= 0 && value <= 1);
      sum += value;
      squares += value * value;
    }
    double mean = sum / values.length;
    return new double[] {mean, Math.sqrt(squares / values.length - mean * mean)};
  }

  @Test
  void aClassIsThatOfTheDatasetAndItsOriginSaysHowItIsMade() {
    Dataset samples = Samples.open(Path.of("assets"));
    OriginalImage mean =
        StartImages.of(StartImage.parse("class-mean:CAT"), samples.shape(), () -> samples);
    assertEquals("class-mean:cat (of 12 images of CIFAR-10 samples)", mean.origin());
    assertEquals("mean of cat", mean.caption());
    double sum = 0;
    for (int i = 0; i < samples.size(); i++) {
      if (samples.classes().get(samples.label(i)).equals("cat")) {
        sum += samples.image(i).pixels()[1234] / 12;
      }
    }
    assertEquals(sum, mean.image().pixels()[1234], 1e-6);
    UserException unknown =
        assertThrows(
            UserException.class,
            () ->
                StartImages.of(
                    StartImage.parse("class-gaussian:elk"), samples.shape(), () -> samples));
    assertTrue(unknown.getMessage().startsWith("There is no class \"elk\""));
  }

  /** Two classes of one name, an image each. */
  @Test
  void ofClassesOfOneNameEachIsItself() {
    Dataset cranes =
        MadeUp.images(
            "cranes",
            List.of("crane", "crane"),
            new InputShape(1, 1, 1),
            2,
            index -> new byte[] {(byte) (51 * index)});
    OriginalImage second =
        StartImages.of(StartImage.parse("class-mean:1"), cranes.shape(), () -> cranes);
    assertEquals("class-mean:1:crane (of 1 image of cranes)", second.origin());
    assertEquals(0.2f, second.image().pixels()[0], 1e-6f);
    String text = second.origin().substring(0, second.origin().indexOf(" ("));
    OriginalImage again = StartImages.of(StartImage.parse(text), cranes.shape(), () -> cranes);
    assertEquals(second, again);
  }

  @Test
  void betweenClassesOfOneNameEachIsItself() {
    List<String> classes = List.of("crane", "dog", "crane");
    List<Goal> goals = List.of(Goal.reach(2), Goal.between(2, 1, 0.5), Goal.between(2, 0, 0.25));
    Aim aim = Aim.of(goals.subList(0, 2), classes).orElseThrow();
    ModelCard card = Cards.of("cranes", Architecture.resNet18(1, InputShape.CIFAR, 3), classes);
    assertEquals(goals.subList(0, 2), aim.goals(card));
    aim = Aim.of(goals.subList(2, 3), classes).orElseThrow();
    assertEquals(goals.subList(2, 3), aim.goals(card));
    var json = new org.pagexplorer.lab.JsonFields(AimText.json(aim));
    assertEquals(goals.subList(2, 3), AimText.parse(json).orElseThrow().goals(card));
  }

  @ParameterizedTest
  @CsvSource({
    "gray, gray",
    "noise, noise:0",
    "gaussian-noise:12, gaussian-noise:12",
    "class-mean:cat, class-mean:cat",
    "class-mean:a:3, class-mean:a:3",
    "class-gaussian:cat, class-gaussian:cat:0",
    "class-gaussian:a b:c:7, class-gaussian:a b:c:7",
  })
  void whatIsWrittenIsReadAgain(String text, String whole) {
    StartImage start = StartImage.parse(text);
    assertEquals(whole, start.text());
    assertEquals(start, StartImage.parse(start.text()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "grey", "gray:1", "noise:x", "noise:-1", "class-mean", "class-gaussian:", ":"})
  void whatIsNoStartImageIsRefused(String text) {
    UserException refused = assertThrows(UserException.class, () -> StartImage.parse(text));
    assertTrue(refused.getMessage().contains("class-gaussian:CLASS"), refused.getMessage());
  }

  @Test
  void aimsAreReadAsTheyAreWritten() {
    for (Aim aim :
        List.of(
            Aim.Between.strip("cat", "dog", 5),
            new Aim.Features(
                List.of(
                    org.pagexplorer.domain.LayerUnit.parse("conv1:3"),
                    org.pagexplorer.domain.LayerUnit.parse("conv1:3:2:1"))),
            new Aim.AwayFromAll())) {
      var json = new org.pagexplorer.lab.JsonFields(AimText.json(aim));
      assertEquals(aim, AimText.parse(json).orElseThrow());
    }
    assertEquals(
        List.of("cat", "25 % dog", "50 % dog", "75 % dog", "dog"),
        Aim.Between.strip("cat", "dog", 5).columns());
  }
}
