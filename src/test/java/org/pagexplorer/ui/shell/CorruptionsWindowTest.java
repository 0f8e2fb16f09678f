package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.ComboBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.dataset.WrittenCorruptions;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.lab.measure.Cell;
import org.pagexplorer.ui.compare.MeasureViewModel;
import org.pagexplorer.ui.compare.SteppedWork.State;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** CIFAR-10-C in the window: each corruption and severity is a part, which Measure measures. */
class CorruptionsWindowTest extends WindowFixture {
  private static final int EACH = 10;

  @Start
  void start(Stage stage) {
    open(stage, 2);
  }

  @Test
  void aSeverityIsChosenAndMeasured(FxRobot robot) throws IOException {
    waitForAttack();
    Path place = WrittenCorruptions.in(folder, EACH, List.of("fog"));
    robot.interact(() -> explore.rows().openDataset(place));
    @SuppressWarnings("unchecked")
    ComboBox<String> part = robot.lookup("#image-split").queryAs(ComboBox.class);
    List<String> parts = List.of("fog", "fog-1", "fog-2", "fog-3", "fog-4", "fog-5");
    waitFor("the parts", PATIENCE, () -> part.getItems().equals(parts));
    robot.interact(() -> part.setValue("fog-3"));
    waitFor(
        "fog-3",
        PATIENCE,
        () ->
            explore.rows().shownFrom().filter(shown -> shown.name().contains("fog-3")).isPresent());
    MeasureViewModel measure = window.measure();
    robot.interact(() -> window.screenProperty().set(MainWindow.Screen.COMPARE));
    robot.clickOn("#compare-measure");
    robot.interact(
        () -> {
          measure.integrityProperty().set(false);
          measure.curveProperty().set(false);
          measure.imagesProperty().set(EACH);
          measure.start();
        });
    waitFor("the end", PATIENCE, () -> measure.stateProperty().get() == State.DONE);
    Dataset third = Datasets.open(place, Split.of("fog-3"));
    for (int model = 0; model < 2; model++) {
      Cell clean = measure.study().orElseThrow().table().cell(model, 0);
      assertEquals(EACH, clean.n());
      assertEquals(rightOf(model, third), clean.accuracy() * EACH, 1e-9);
    }
    assertTrue(measure.study().orElseThrow().table().dataset().name().contains("fog-3"));
  }

  private long rightOf(int model, Dataset images) {
    Path file = window.measure().study().orElseThrow().table().models().get(model).file();
    int[] predicted =
        lane.submit(
                l ->
                    l.classifier(file, Precision.EXACT)
                        .predictions(Datasets.images(images, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)))
            .join();
    long right = 0;
    for (int i = 0; i < EACH; i++) {
      right += predicted[i] == images.label(i) ? 1 : 0;
    }
    return right;
  }
}
