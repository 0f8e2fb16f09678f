package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Cards;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.ModelCard.Measurement;
import org.pagexplorer.ui.settings.RecentFiles;
import org.pagexplorer.ui.support.AnsweringDialogs;
import org.pagexplorer.ui.support.FxTest;
import org.pagexplorer.ui.support.ModelShelf;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class ModelPaneTest {
  private final ModelShelf shelf = new ModelShelf();

  @Start
  void start(Stage stage) {
    stage.setScene(
        new Scene(
            new ModelPane(
                shelf, new AnsweringDialogs(), new RecentFiles(), words -> {}, files -> {}),
            300,
            500));
    stage.show();
  }

  private static ModelCard card(Measurement... measured) {
    return Cards.of(
        "m", Architecture.resNet18(2, InputShape.CIFAR, 2), List.of("a", "b"), measured);
  }

  @Test
  void everyMeasurementHasTheNameOfItsAttack(FxRobot robot) {
    Measurement clean = new Measurement("clean", "CIFAR-10", 0.9, 10);
    Measurement linf = new Measurement("L∞ PGD-20, ε = 0.031", "CIFAR-10", 0.4, 10);
    Measurement l2 = new Measurement("L2 PGD-20, ε = 0.5", "CIFAR-10", 0.3, 10);
    Measurement suite = new Measurement("L2 Suite, ε = 0.5", "CIFAR-10", 0.2, 10);
    robot.interact(
        () ->
            shelf
                .models()
                .setAll(
                    new ModelFile(Path.of("1"), card(clean, linf, l2)),
                    new ModelFile(Path.of("2"), card(clean, l2, linf)),
                    new ModelFile(Path.of("3"), card(suite, linf))));
    waitFor("the cells", () -> shown(robot).size() == 3);
    assertEquals(
        Set.of(
            "clean 90.0 %\nL∞ PGD-20 40.0 %",
            "clean 90.0 %\nL2 PGD-20 30.0 %", "L2 Suite 20.0 %\nL∞ PGD-20 40.0 %"),
        shown(robot));
  }

  /** And all of it can be seen. */
  private static Set<String> shown(FxRobot robot) {
    return robot.lookup(".model-lines").queryAll().stream()
        .map(
            lines ->
                lines.lookupAll(".label").stream()
                    .map(line -> (Label) line)
                    .filter(line -> line.getText().contains("%") && line.getHeight() > 5)
                    .sorted(Comparator.comparing(line -> line.localToScene(0, 0).getY()))
                    .map(Label::getText)
                    .collect(Collectors.joining("\n")))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.toSet());
  }
}
