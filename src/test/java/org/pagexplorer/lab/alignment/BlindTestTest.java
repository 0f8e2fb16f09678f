package org.pagexplorer.lab.alignment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Cancelled;
import org.pagexplorer.lab.alignment.BlindTest.Answer;
import org.pagexplorer.lab.alignment.BlindTest.Score;
import org.pagexplorer.lab.measure.Colours;
import org.pagexplorer.lab.measure.OnColours;
import org.pagexplorer.lab.model.OpenModel;

class BlindTestTest extends OnColours {
  private static final AttackSpecification STRONG =
      AttackSpecification.pictures(new ThreatModel(Norm.L2, 4), 10);

  private final Dataset data = new Colours(60, 0.2);

  @BeforeEach
  void open() {
    open("torch.neg(x)", 30);
  }

  private BlindTest test(long seed) {
    return BlindTest.of(classifiers, data, 12, STRONG, seed, AttackObserver.NONE).orElseThrow();
  }

  /** Somebody who names the brightest channel. */
  private static int seen(Image image) {
    double[] sums = new double[3];
    for (int j = 0; j < image.pixels().length; j++) {
      sums[j / 64] += image.pixels()[j];
    }
    return sums[0] > sums[1] && sums[0] > sums[2] ? 0 : sums[1] > sums[2] ? 1 : 2;
  }

  @Test
  void whoSeesAsTheModelDoesIsAlwaysRightAboutItAndNeverAboutItsOpposite() {
    BlindTest test = test(5);
    assertEquals(24, test.size());
    List<Integer> order = new ArrayList<>();
    while (!test.isDone()) {
      Answer answer = test.answer(seen(test.picture()));
      order.add(answer.model());
      assertEquals(answer.model() == 0, answer.isRight());
    }
    assertEquals(new Score(12, 12), test.score(0));
    assertEquals(new Score(0, 12), test.score(1));
    assertNotEquals(order.stream().sorted().toList(), order, "the order tells nothing");
  }

  @Test
  void ofAnImageModelsGetDifferentTargetsAndTheSeedFixesThem() {
    List<Answer> first = new ArrayList<>();
    BlindTest test = test(6);
    int[][] targets = new int[2][3];
    while (!test.isDone()) {
      Answer answer = test.answer(0);
      first.add(answer);
      targets[answer.model()][answer.target()]++;
    }
    // Of three classes an image has two targets: who has not the one has the other, so that
    // together each image's label is the only class that is left out.
    assertEquals(
        List.of(8, 8, 8),
        IntStream.range(0, 3).mapToObj(c -> targets[0][c] + targets[1][c]).toList());
    BlindTest again = test(6);
    for (Answer answer : first) {
      assertEquals(answer, again.answer(0));
    }
  }

  @Test
  void aCancelledTestIsNone() {
    AttackObserver cancelled = new Cancelled();
    assertEquals(Optional.empty(), BlindTest.of(classifiers, data, 3, STRONG, 1, cancelled));
  }

  @Test
  void answersAreKeptAndADamagedLineCountsNothing() throws IOException {
    Path file = folder.resolve("deep").resolve("log.jsonl");
    BlindTestLog log = new BlindTestLog(file);
    assertEquals(new Score(0, 0), log.score("a".repeat(64)));
    BlindTest test = test(7);
    List<OpenModel> opened = List.of(model('a'), model('b'));
    while (!test.isDone()) {
      Answer answer = test.answer(seen(test.picture()));
      log.add(test, opened.get(answer.model()), answer);
    }
    Files.writeString(file, "{\"sha256\":\"aaa", StandardOpenOption.APPEND);
    BlindTestLog later = new BlindTestLog(file);
    assertEquals(new Score(12, 12), later.score("a".repeat(64)));
    assertEquals(new Score(0, 12), later.score("b".repeat(64)));
    assertTrue(Files.readAllLines(file).getFirst().contains("\"epsilon\":4.0"));
  }

  @Test
  void aLineThatCannotBeReadIsLeftOutAndNoOther() throws IOException {
    Path file = folder.resolve("log.jsonl");
    String sha = "a".repeat(64);
    String right = "{\"sha256\":\"" + sha + "\",\"target\":\"red\",\"answer\":\"red\"}";
    List<String> damaged =
        List.of(
            "",
            "null",
            "3",
            "[]",
            "{}",
            "{\"sha256\":{}}",
            "{\"sha256\":null}",
            "{\"sha256\":[\"" + sha + "\"]}",
            "{\"sha256\":\"" + sha + "\"}",
            "{\"sha256\":\"" + sha + "\",\"target\":null,\"answer\":null}",
            "{\"sha256\":\"" + sha + "\",\"target\":{},\"answer\":{}}",
            "[".repeat(100_000),
            right.substring(0, 70));
    try (OutputStream out = Files.newOutputStream(file)) {
      for (String line : damaged) {
        out.write((line + "\n" + right + "\n").getBytes(StandardCharsets.UTF_8));
      }
      // No UTF-8: both end in an "é" of Latin-1's, or in an "è".
      out.write(
          (right.replace("red\"}", "r\u00e9\"}") + "\n").getBytes(StandardCharsets.ISO_8859_1));
      out.write((right + "\n").getBytes(StandardCharsets.UTF_8));
    }
    int good = damaged.size() + 1;
    assertEquals(new Score(good, good), new BlindTestLog(file).score(sha));
  }

  @Test
  void halfALineDoesNotTakeTheNextAnswerWithIt() throws IOException {
    Path file = folder.resolve("log.jsonl");
    Files.writeString(file, "{\"sha256\":\"aaa");
    BlindTest test = test(8);
    Answer answer = test.answer(seen(test.picture()));
    BlindTestLog log = new BlindTestLog(file);
    log.add(test, model('c'), answer);
    assertEquals(1, log.score("c".repeat(64)).n());
    log.add(test, model('c'), answer);
    assertEquals(3, Files.readAllLines(file).size(), "and no empty lines between the others");
  }

  private static OpenModel model(char digest) {
    return new OpenModel(
        Path.of("x"),
        String.valueOf(digest).repeat(64),
        Colours.model("m").card(),
        Optional.empty());
  }
}
