package org.pagexplorer.ui.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.importing.ForeignModel;
import org.pagexplorer.checkpoint.pytorch.TorchSave;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.MadeUp;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.lab.model.Arrival;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@FxTest
class ImportQuestionsTest {
  private static final Architecture NETWORK = Architecture.resNet18(2, InputShape.CIFAR, 10);

  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private final EngineLane lane = new EngineLane("cpu");

  @Start
  void start(Stage stage) {}

  @AfterEach
  void close() {
    release.countDown();
    lane.close();
  }

  /** Images that cannot be read. */
  private static Dataset damaged() {
    return MadeUp.images(
        "damaged",
        IntStream.range(0, 10).mapToObj(String::valueOf).toList(),
        InputShape.CIFAR,
        10,
        index -> {
          throw new UserException("Image " + index + " cannot be read.");
        });
  }

  private static Normalization normalization(double mean) {
    return new Normalization(List.of(mean, mean, mean), List.of(0.2, 0.2, 0.2));
  }

  /** The lane may be busy for long, and what was typed is thought better of meanwhile. */
  @Test
  void whatWasTypedBeforeIsNeitherCheckedNorTold(FxRobot robot) throws IOException {
    Path file = folder.resolve("own.pt");
    Files.write(file, TorchSave.zip(Initialization.of(NETWORK, 7)));
    Arrival arrival = new Arrival.Weights(ForeignModel.read(file));
    ImportQuestions questions = new ImportQuestions(lane, () -> Optional.of(damaged()), said::add);
    var _ = lane.submit(l -> release.await(1, TimeUnit.MINUTES));
    robot.interact(
        () -> {
          questions.addTyped(arrival, normalization(0.4));
          questions.addTyped(arrival, normalization(0.5));
        });
    release.countDown();
    waitFor("the check", () -> questions.readings().getFirst().hasFailed());
    var idle = lane.submit(l -> true);
    assertTrue(idle.join());
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(1, said.size(), said.toString());
    assertEquals(normalization(0.5), questions.readings().getFirst().candidate().normalization());
  }
}
