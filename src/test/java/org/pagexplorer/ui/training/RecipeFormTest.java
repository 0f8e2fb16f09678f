package org.pagexplorer.ui.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.domain.Method;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.runs.RunQueue;
import org.pagexplorer.ui.support.AnsweringDialogs;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** What a recipe fills in does not depend on what was chosen before it. */
@FxTest
class RecipeFormTest {
  @TempDir Path folder;

  private final EngineLane lane = new EngineLane("cpu");

  @Start
  void start(Stage stage) {
    stage.setTitle("nothing is shown: the form's fields are enough");
  }

  @AfterEach
  void closeLane() {
    lane.close();
  }

  private RunForm form() {
    TrainingViewModel model =
        new TrainingViewModel(lane, new RunQueue(folder), said -> {}, run -> {}, run -> {});
    return new RunForm(model, new AnsweringDialogs());
  }

  private static Node field(RunForm form, String id) {
    Node found = ((ScrollPane) form.getCenter()).getContent().lookup("#" + id);
    if (found == null) {
      throw new AssertionError("no " + id);
    }
    return found;
  }

  @SuppressWarnings("unchecked")
  private static <T> ComboBox<T> box(RunForm form, String id) {
    return (ComboBox<T>) field(form, id);
  }

  private static String small(RunForm form) {
    return RecipeFormTest.<String>box(form, "run-recipe").getItems().getFirst();
  }

  /** What every method would be trained with; the chosen method stays. */
  private static List<List<String>> state(RunForm form) {
    ComboBox<Method> method = box(form, "run-method");
    Method chosen = method.getValue();
    List<List<String>> all = new ArrayList<>();
    for (Method one : Method.values()) {
      method.setValue(one);
      all.add(form.arguments());
    }
    method.setValue(chosen);
    return all;
  }

  @Test
  void everyRecipeAfterEveryOtherIsAsItIsAlone(FxRobot robot) {
    robot.interact(
        () -> {
          List<String> recipes =
              List.copyOf(RecipeFormTest.<String>box(form(), "run-recipe").getItems());
          assertTrue(recipes.size() > 10, recipes + "");
          Map<String, List<List<String>>> alone = new HashMap<>();
          Map<String, List<String>> begun = new HashMap<>();
          for (String recipe : recipes) {
            RunForm form = form();
            box(form, "run-recipe").setValue(recipe);
            begun.put(recipe, form.arguments());
            alone.put(recipe, state(form));
          }
          RunForm form = form();
          String small = small(form);
          for (String first : recipes) {
            for (String second : recipes) {
              RecipeFormTest.<String>box(form, "run-recipe").setValue(first);
              RecipeFormTest.<String>box(form, "run-recipe").setValue(second);
              assertEquals(alone.get(second), state(form), second + " after " + first);
              if (!second.equals(small)) { // which goes with every method
                assertEquals(begun.get(second), form.arguments(), second + " after " + first);
              }
            }
          }
        });
  }

  @Test
  void smallAndQuickAfterAnLInfinityRecipeIsItsOwnL2Ball(FxRobot robot) {
    robot.interact(
        () -> {
          RunForm form = form();
          box(form, "run-recipe").setValue("paper/cifar10/teacher-linf");
          assertEquals("0.03137254901960784", ((TextField) field(form, "run-epsilon")).getText());
          box(form, "run-recipe").setValue(small(form));
          List<String> words = form.arguments();
          assertEquals("adversarial", words.get(words.indexOf("--method") + 1));
          assertEquals("l2", words.get(words.indexOf("--norm") + 1));
          assertEquals("0.5", words.get(words.indexOf("--epsilon") + 1));
          assertEquals("3", words.get(words.indexOf("--steps") + 1));
        });
  }

  @Test
  void anotherNormBringsItsOwnRadiusUnlessOneWasTyped(FxRobot robot) {
    robot.interact(
        () -> {
          RunForm form = form();
          box(form, "run-method").setValue(Method.ADVERSARIAL);
          TextField epsilon = (TextField) field(form, "run-epsilon");
          List<String> own = new ArrayList<>();
          for (String norm : List.of("l1", "linf", "l2")) {
            box(form, "run-norm").setValue(norm);
            own.add(epsilon.getText());
          }
          assertEquals(List.of("12", "0.031", "0.5"), own);
          epsilon.setText("7");
          box(form, "run-norm").setValue("l1");
          assertEquals("7", epsilon.getText());
        });
  }

  @Test
  void aRememberedRadiusIsKeptWhateverItsNorm(FxRobot robot) {
    robot.interact(
        () -> {
          RunForm form = form();
          box(form, "run-method").setValue(Method.ADVERSARIAL);
          box(form, "run-norm").setValue("l1");
          ((TextField) field(form, "run-epsilon")).setText("0.5"); // L2's own
          RunForm next = form();
          next.part().take(form.part().give());
          List<String> words = next.arguments();
          assertEquals("l1", words.get(words.indexOf("--norm") + 1));
          assertEquals("0.5", words.get(words.indexOf("--epsilon") + 1));
        });
  }

  @Test
  void whichGradientIsAlignedIsChosenAndARecipePutsItBack(FxRobot robot) {
    robot.interact(
        () -> {
          RunForm form = form();
          box(form, "run-align").setValue("log-probability");
          box(form, "run-statistics").setValue("batch");
          List<String> words = form.arguments();
          assertEquals("log-probability", words.get(words.indexOf("--align") + 1));
          assertEquals("batch", words.get(words.indexOf("--statistics") + 1));
          box(form, "run-recipe").setValue("paper/cifar10/class-mean");
          words = form.arguments();
          assertEquals("logit", words.get(words.indexOf("--align") + 1));
          assertEquals("running", words.get(words.indexOf("--statistics") + 1));
          box(form, "run-method").setValue(Method.VANILLA);
          assertEquals(-1, form.arguments().indexOf("--align"));
        });
  }

  @Test
  void theInputSizeAndHowImagesGetItAreArgumentsWhateverTheRecipe(FxRobot robot) {
    robot.interact(
        () -> {
          RunForm form = form();
          assertEquals(-1, form.arguments().indexOf("--input-size"), "the images' own");
          assertEquals(-1, form.arguments().indexOf("--fit"));
          ((TextField) field(form, "run-input-size")).setText("64");
          box(form, "run-fit").setValue(Fit.SQUASH);
          box(form, "run-recipe").setValue("paper/cifar10/class-mean");
          List<String> words = form.arguments();
          assertEquals("64", words.get(words.indexOf("--input-size") + 1));
          assertEquals("squash", words.get(words.indexOf("--fit") + 1));
        });
  }

  @Test
  void whatOnlyTheUserKnowsStays(FxRobot robot) {
    robot.interact(
        () -> {
          RunForm form = form();
          ((TextField) field(form, "run-seed")).setText("7");
          ((TextField) field(form, "run-limit")).setText("500");
          box(form, "run-recipe").setValue("paper/stl10/class-mean");
          List<String> words = form.arguments();
          assertEquals("7", words.get(words.indexOf("--seed") + 1));
          assertEquals("500", words.get(words.indexOf("--limit") + 1));
          assertEquals("0.2", words.get(words.indexOf("--lambda") + 1));
        });
  }
}
