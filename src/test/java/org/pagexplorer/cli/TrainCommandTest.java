package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.dataset.Augmentation;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Schedule;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.run.TrainingPlan;
import picocli.CommandLine;

/** What the options of {@code pag train} make of a training. */
class TrainCommandTest {
  @TempDir private Path folder;

  private Pag train(String... more) {
    return trainAs("vanilla", more);
  }

  private Pag trainAs(String method, String... more) {
    List<Object> words =
        new ArrayList<>(List.of("train", "--method", method, "--architecture", "mlp"));
    words.addAll(List.of("--dataset", Pag.dataset(folder.resolve("images"), 40)));
    words.addAll(List.of("--width", 4, "--epochs", 1, "--batch", 20, "--test-images", 10));
    words.addAll(List.of("--threads", 1, "--out", folder.resolve("model.safetensors")));
    words.add("--force");
    words.addAll(List.of(more));
    return Pag.run(words.toArray());
  }

  private Map<String, String> training() {
    return CheckpointFiles.readCard(folder.resolve("model.safetensors")).training();
  }

  @Test
  void theCardSaysHowImagesWereMoved() {
    assertEquals(0, train().code());
    assertEquals("4", training().get("crop-padding"));
    assertEquals("0.5", training().get("horizontal-flip"));
    assertEquals(0, train("--crop-padding", "2", "--horizontal-flip", "0").code());
    assertEquals("2", training().get("crop-padding"));
    assertEquals("0.0", training().get("horizontal-flip"));
  }

  /** Every option beside its default, and each has to arrive. */
  @Test
  void everyOptionReachesThePlan() {
    TrainOptions options = new TrainOptions();
    String line =
        "--method adversarial --architecture mlp --width 7 --epochs 9 --batch 11 --lr 0.3"
            + " --schedule step --momentum 0.7 --weight-decay 0.02 --crop-padding 3"
            + " --horizontal-flip 0.25 --lambda 0.6 --targets-per-step 2 --align log-probability"
            + " --statistics batch --norm linf"
            + " --epsilon 0.07 --steps 5 --mixed-precision --seed 13 --dataset "
            + Pag.dataset(folder.resolve("images"), 40);
    new CommandLine(options).parseArgs(line.split(" ", -1));
    assertEquals(
        new TrainingPlan(
            Method.ADVERSARIAL,
            Optional.empty(),
            Family.MLP,
            7,
            9,
            11,
            0.3,
            Schedule.STEP,
            0.7,
            0.02,
            new Augmentation.Policy(3, 0.25),
            0.6,
            2,
            new Alignment(Alignment.Gradient.LOG_PROBABILITY, Alignment.Statistics.BATCH),
            new ThreatModel(Norm.LINF, 0.07),
            5,
            true,
            13,
            Optional.empty()),
        options.plan(options.train(_ -> {})));
  }

  /** Of 32×32 images. */
  @ParameterizedTest
  @CsvSource({"l1, 12", "l2, 0.5", "linf, 0.031"})
  void anAdversaryOfAnotherNormHasAnotherRadius(String norm, double radius) {
    TrainOptions options = new TrainOptions();
    Path images = Pag.dataset(folder.resolve("images"), 40);
    new CommandLine(options)
        .parseArgs("--method", "adversarial", "--norm", norm, "--dataset", images.toString());
    TrainingPlan plan = options.plan(options.train(_ -> {}));
    assertEquals(new ThreatModel(Norm.of(norm), radius), plan.threat());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "one-image | --one-image 3,1,2,0,4,5,6,7,8,9 | OneImage[images=[3, 1, 2, 0, 4, 5, 6, 7, 8,"
            + " 9]]",
        "nearest-neighbor | --neighbors 7 --seed 3 | NearestNeighbor[sample=7, seed=3]",
        "cluster-mean | --clusters 3 --seed 3 | ClusterMean[clusters=3, seed=3]",
      })
  void theRealizationsOptionsReachIt(String method, String line, String expected) {
    TrainOptions options = new TrainOptions();
    String all =
        "--method " + method + " " + line + " --dataset " + Pag.dataset(folder.resolve("i"), 40);
    new CommandLine(options).parseArgs(all.split(" ", -1));
    assertEquals(
        expected, options.plan(options.train(_ -> {})).realization().orElseThrow().toString());
  }

  @Test
  void adversarialTrainingAlignsWithARealizationWhereAsked() {
    String[] both = {"--realization", "class-mean", "--lambda", "0.3", "--steps", "1"};
    assertEquals(0, trainAs("adversarial", both).code());
    assertEquals("class-mean", training().get("realization"));
    assertEquals("0.3", training().get("lambda"));
    Pag alone = trainAs("adversarial", "--lambda", "0.3", "--steps", "1");
    assertTrue(alone.err().startsWith("--lambda is not used here"), alone.err());
    assertEquals(0, alone.code());
    assertEquals(0, trainAs("gradient-norm").code());
    assertEquals("0.0235", training().get("gradient-norm-weight"));
    String other = trainAs("class-mean", "--realization", "one-image").err();
    assertTrue(other.startsWith("--realization is for --method adversarial"), other);
    String none = trainAs("adversarial", "--realization", "vanilla").err();
    assertTrue(none.startsWith("vanilla has no gradients to align with"), none);
  }

  @Test
  void movesThatShowNothingOrCannotBeDrawnAreRefusedInASentence() {
    assertEquals(0, train("--crop-padding", "31").code());
    for (String[] wrong :
        new String[][] {
          {"--crop-padding", "32"}, {"--crop-padding", "-1"}, {"--horizontal-flip", "1.5"},
        }) {
      Pag pag = train(wrong);
      assertTrue(pag.code() != 0, String.join(" ", wrong));
      assertTrue(pag.err().lines().count() <= 2, pag.err());
      assertTrue(
          pag.err().matches("(?s)(The crop padding|--crop-padding|--horizontal-flip).*"),
          pag.err());
    }
  }

  @Test
  void aRadiusIsAFractionAndARunBegunWithOneIsResumed() {
    Path run = folder.resolve("run");
    Path images = Pag.dataset(folder.resolve("images"), 40);
    Object[] words =
        Pag.words(
            "train --method adversarial --architecture mlp --dataset {} --width 4 --epochs 1"
                + " --batch 20 --test-images 10 --threads 1 --norm linf --epsilon 8/255 --steps 1"
                + " --run-dir {}",
            images,
            run);
    assertEquals(0, Pag.run(words).code());
    Path model = run.resolve("model.safetensors");
    assertEquals(
        String.valueOf(8 / 255.0), CheckpointFiles.readCard(model).training().get("epsilon"));
    Pag again = Pag.run("train", "--run-dir", run);
    assertEquals(0, again.code(), again.err());
    assertTrue(
        Pag.run("train", "--method", "vanilla", "--dataset", images, "--out", model)
            .err()
            .contains("already exists; choose another --out, or replace it with --force."));
  }

  @Test
  void theWindowsFormIsCheckedAsTheCommandLineIs() {
    String images = Pag.dataset(folder.resolve("images"), 40).toString();
    List<String> words = List.of("--method", "adversarial", "--norm", "linf", "--dataset", images);
    assertEquals(
        8 / 255.0, TrainCheck.check(with(words, "--epsilon", "8/255")).plan().threat().epsilon());
    for (String[] wrong :
        new String[][] {
          {"--epsilon", "8", "Then write 8/255 or 8px."},
          {"--epsilon", "8/0", "'8/0' is not a number: write it as"},
          {"--threads", "-1", "threads must be at least 0, not -1."},
          {"--epochs", "0", "epochs must be at least 1, not 0."},
        }) {
      String sentence =
          assertThrows(UserException.class, () -> TrainCheck.check(with(words, wrong[0], wrong[1])))
              .getMessage();
      assertTrue(sentence.contains(wrong[2]), sentence);
    }
  }

  private static List<String> with(List<String> words, String option, String value) {
    List<String> more = new ArrayList<>(words);
    more.addAll(List.of(option, value));
    return more;
  }

  @Test
  void imagesOfSeveralSizesAreTrainedOnInOne() throws IOException {
    Path pictures = folder.resolve("pictures");
    for (String split : List.of("train", "val")) {
      for (int i = 0; i < 4; i++) {
        Path file = pictures.resolve(split + "/c" + i % 2 + "/" + i + ".png");
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(20 + 4 * i, 18, BufferedImage.TYPE_INT_RGB);
        image.setRGB(i, i, 0xff8000);
        ImageIO.write(image, "png", file.toFile());
      }
    }
    Path out = folder.resolve("sized.safetensors");
    List<Object> words =
        List.of("train", "--method", "vanilla", "--dataset", pictures, "--epochs", 1, "--width", 1);
    Pag sized = Pag.run(line(words, "--input-size", 16, "--crop-padding", 1, "--out", out));
    assertEquals(0, sized.code(), sized.err());
    assertTrue(sized.err().contains("the first such one was center-cropped from"), sized.err());
    ModelCard card = CheckpointFiles.readCard(out);
    assertEquals(new InputShape(3, 16, 16), card.architecture().input());
    assertEquals("pictures (val) (resized)", card.measurements().getFirst().dataset());
    Path first = folder.resolve("first.safetensors");
    Pag asFirst = Pag.run(line(words, "--fit", "Squash", "--out", first));
    assertEquals(0, asFirst.code(), asFirst.err());
    assertEquals(18, CheckpointFiles.readCard(first).architecture().input().height());
  }

  private static Object[] line(List<Object> words, Object... more) {
    return Stream.concat(words.stream(), Stream.of(more)).toArray();
  }
}
