package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.Damage;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.Safetensors;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.dataset.toy.PointFile;
import org.pagexplorer.dataset.toy.PointShape;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.files.ThreadCost;
import org.pagexplorer.lab.attack.TargetGrid;
import org.pagexplorer.lab.figure.FigureMaker;
import org.pagexplorer.lab.figure.FigureSpecification;
import org.pagexplorer.lab.figure.FigureText;

/**
 * Figures' specifications, cards, points and pictures, damaged at random: each is used or refused
 * in one sentence, soon and at little cost. Longer by hand: {@code -Dpag.fuzz=100000}.
 */
class DamagedFilesTest {
  private static final int ROUNDS = Integer.getInteger("pag.fuzz", 200);
  private static final long FREE_BYTES = 256 << 20;
  private static final long PATIENCE_NANOSECONDS = 5_000_000_000L;

  @TempDir static Path folder;
  private static Path model;
  private static TorchEngine engine;

  /** Uses a file; anything thrown but a {@link UserException} is a fault. */
  @FunctionalInterface
  private interface Use {
    void of(Path file) throws IOException;
  }

  @BeforeAll
  static void open() {
    model = Pag.model(folder.resolve("model.safetensors"), 1);
    engine = TorchEngine.open("cpu");
    TorchEngine.useThreads(1);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static int refused;

  /** All rounds of one kind; some must be used and some refused, or the damage proves nothing. */
  private static void fuzz(String name, Mutant mutant, Use use) throws IOException {
    refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = mutant.of(new SplittableRandom(round));
      survives(Files.write(folder.resolve(name), bytes), name + " " + round, use);
    }
    assertTrue(refused > ROUNDS / 10 && refused < ROUNDS, refused + " refused");
  }

  @FunctionalInterface
  private interface Mutant {
    byte[] of(SplittableRandom random);
  }

  private static void survives(Path file, String which, Use use) {
    ThreadCost before = ThreadCost.now();
    try {
      use.of(file);
    } catch (UserException e) {
      refused++;
      String sentence = String.valueOf(e.getMessage());
      assertEquals(1, sentence.lines().count(), which + ": " + sentence);
      assertFalse(sentence.chars().anyMatch(Character::isISOControl), which + ": " + sentence);
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(which, e);
    }
    ThreadCost cost = before.since();
    assertTrue(cost.nanoseconds() < PATIENCE_NANOSECONDS, which + " takes long");
    assertTrue(cost.bytes() < FREE_BYTES, which + " costs " + cost);
  }

  private static byte[] json(String good, SplittableRandom random) {
    return random.nextInt(5) == 0
        ? Damage.bytes(good.getBytes(StandardCharsets.UTF_8), random)
        : Damage.json(good, random).getBytes(StandardCharsets.UTF_8);
  }

  /** Everything but the attack itself, which the observer cancels at its first step. */
  private static void makeUntilTheAttack(Path file) {
    FigureSpecification figure = FigureText.read(file);
    if (figure instanceof FigureSpecification.Pictures pictures
        && pictures.device().equals("cpu")) {
      FigureMaker.make(
          pictures,
          engine,
          new TargetGrid.Observer() {
            @Override
            public boolean isCancelled() {
              return true;
            }
          });
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void specificationsOfPictures(boolean targeted) throws IOException {
    Path data = Pag.dataset(folder.resolve("data"), 12);
    Path out = folder.resolve("seed.png");
    Pag made =
        Pag.line(
            "figure 4 --out {} --models {} --dataset {} --index 0,1 --steps 1 --threads 1",
            out,
            model,
            data);
    assertEquals(0, made.code(), made.err());
    String text =
        Files.readString(FigureText.beside(out))
            .replaceFirst("\"float32\": \".*?\"", "\"png\": \"" + png() + "\"");
    String good =
        targeted
            ? text
            : text.replace("\"targeted\": true", "\"targeted\": false")
                .replaceAll("(?s)\"columns\": \\[.*?\\]", "\"columns\": [\"untargeted\"]");
    makeUntilTheAttack(Files.writeString(folder.resolve("good.json"), good));
    fuzz("pictures.json", random -> json(good, random), DamagedFilesTest::makeUntilTheAttack);
  }

  private static String png() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  @Test
  void specificationsOfTheToy() throws IOException {
    String setup = "pag-toy:?points=moons&seed=3&hidden=4&epochs=1&batch=500";
    String good =
        "{\"figure\":3,\"setup\":\"%s\",\"region\":[-10,-10,20,20],\"steps\":1}".formatted(setup);
    FigureText.read(Files.writeString(folder.resolve("good.json"), good));
    fuzz(
        "toy.json",
        random ->
            random.nextInt(2) == 0
                ? json(good, random)
                : good.replace(
                        setup,
                        new String(
                                Damage.bytes(setup.getBytes(StandardCharsets.UTF_8), random),
                                StandardCharsets.UTF_8)
                            .replaceAll("[\"\\\\\\p{Cntrl}]", "_"))
                    .getBytes(StandardCharsets.UTF_8),
        FigureText::read);
  }

  @Test
  void cards() throws IOException {
    Path models = Files.createDirectories(folder.resolve("models"));
    SequencedMap<String, Tensor> tensors = CheckpointFiles.read(model).tensors();
    Map<String, String> metadata = Safetensors.readHeader(model).metadata();
    fuzz(
        "models/card.safetensors",
        random -> withCard(damaged(metadata, random), tensors),
        file -> {
          assertEquals("", broken(Pag.run("models", "--models", models)));
          assertEquals("", broken(Pag.run("inspect", file)));
          assertEquals("", broken(Pag.run("models", "--models", models, "--json")));
          CheckpointFiles.readCard(file);
        });
  }

  /** What a command printed that was to fail never; empty if all was well. */
  private static String broken(Pag pag) {
    boolean plain =
        (pag.out() + pag.err()).chars().allMatch(c -> c == '\n' || !Character.isISOControl(c));
    return pag.err().contains("failed unexpectedly") || !plain ? pag.out() + pag.err() : "";
  }

  private static Map<String, String> damaged(Map<String, String> card, SplittableRandom random) {
    Map<String, String> damaged = new LinkedHashMap<>(card);
    List<String> keys = List.copyOf(card.keySet());
    String key = keys.get(random.nextInt(keys.size()));
    String value = card.getOrDefault(key, "");
    if (random.nextInt(6) == 0) {
      damaged.remove(key);
    } else if (value.startsWith("[") || value.startsWith("{")) {
      damaged.put(key, Damage.json(value, random));
    } else {
      byte[] bytes = Damage.bytes(value.getBytes(StandardCharsets.UTF_8), random);
      damaged.put(key, new String(bytes, StandardCharsets.UTF_8));
    }
    return damaged;
  }

  private static byte[] withCard(Map<String, String> card, SequencedMap<String, Tensor> tensors) {
    try {
      Path file = folder.resolve("written.safetensors");
      Safetensors.write(file, card, tensors, Dtype.F16);
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void points() throws IOException {
    String text = PointFile.csv(PointShape.MOONS.draw(20, new SplittableRandom(1)));
    fuzz(
        "points.csv",
        random -> Damage.bytes(text.getBytes(StandardCharsets.UTF_8), random),
        PointFile::read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
  void pictures(String format) throws IOException {
    BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 1200; i++) {
      picture.setRGB(i % 40, i / 40, 0x30201 * i);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(picture, format, bytes));
    fuzz(
        "picture." + format,
        random -> Damage.bytes(bytes.toByteArray(), random),
        file -> ImageFiles.fit(file, InputShape.CIFAR));
  }
}
