package org.pagexplorer.ui.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Bidi;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.Scene;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Pane;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.ui.support.FxTest;
import org.pagexplorer.ui.support.Theme;
import org.pagexplorer.ui.support.Tips;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class LineBreaksTest {
  private static final String HEBREW = "שם ארוך של תיקייה עם תמונות";

  private final Pane pane = new Pane();
  private Label label;

  @Start
  void start(Stage stage) {
    label = new Label();
    label.setWrapText(true);
    label.setManaged(false);
    pane.getChildren().add(label);
    Scene scene = new Scene(pane, 900, 400);
    Theme.LIGHT.applyTo(scene);
    stage.setScene(scene);
    stage.show();
  }

  /** As in a layout that gives it this width and all the height it asks for. */
  private double layOut(double width) {
    double height = label.prefHeight(width);
    label.resize(width, height);
    label.layout();
    return height;
  }

  private Text text() {
    List<Text> seen =
        label.getChildrenUnmodifiable().stream()
            .filter(each -> each instanceof Text && each.isVisible())
            .map(each -> (Text) each)
            .toList();
    assertEquals(1, seen.size());
    return seen.getFirst();
  }

  private static String letters(String text) {
    return text.replaceAll("[\\s\u200e\u200f]", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HEBREW,
        "There is no folder " + HEBREW + "; choose another one, or leave the field empty.",
        "مجلد الصور الجديد",
        "The folder nai\u0308ve-e\u0301te\u0301 is as macOS writes it, not one of pictures",
        "abc \u202e ü ∇ 漢字 wrapped words go on and on",
        "ऐसे ही पाठ को बहुत छोटी पंक्तियों में तोड़ना",
        "🐱🐶 a cat and a dog 👩‍🔬 and the one who studies them",
        "תמונותתמונותתמונותתמונותתמונותתמונותתמונותתמונות"
      })
  void atEveryWidthEachLineHasItsOwnWordsAndRoom(String words, FxRobot robot) {
    robot.interact(
        () -> {
          label.setText(words);
          for (int width = 12; width < 600; width += width < 120 ? 5 : 20) {
            double height = layOut(width);
            Text shown = text();
            assertEquals(letters(words), letters(shown.getText()));
            assertEquals(height, shown.getLayoutBounds().getHeight(), 1, "at " + width);
            for (String line : shown.getText().split("\n")) {
              boolean fits = Ellipsis.width(line, label.getFont()) <= width + 1;
              assertTrue(fits || line.codePointCount(0, line.length()) <= 5, line + " " + width);
            }
          }
        });
  }

  /** Of texts of which it can. */
  @Test
  void linesEndWhereJavaFxEndsThem(FxRobot robot) {
    String words = "There is no folder naïve été à Zürich; choose another one, or leave it empty.";
    Text text = new Text(words);
    Text broken = new Text();
    robot.interact(
        () -> {
          for (int width = 80; width < 700; width += 3) {
            text.setWrappingWidth(width);
            broken.setText(String.join("\n", LineBreaks.of(words, text.getFont(), width)));
            double height = text.getLayoutBounds().getHeight();
            assertEquals(height, broken.getLayoutBounds().getHeight(), "at " + width);
          }
        });
  }

  @Test
  void whatHasNoRoomIsLeftOutAndSoItSays(FxRobot robot) {
    robot.interact(
        () -> {
          label.setText(HEBREW);
          label.resize(70, layOut(70) / 2);
          label.layout();
          assertTrue(text().getText().endsWith("…"), text().getText());
          assertTrue(text().getLayoutBounds().getHeight() <= label.getHeight() + 1);
          assertTrue(text().getLayoutBounds().getWidth() <= 71);
        });
  }

  @Test
  void eachLineRunsFromLeftToRight() {
    String words = "There is no folder " + HEBREW + "xyz: choose one that holds a dataset.";
    for (String text : List.of(words, HEBREW + " and more in English, 12, תמונות")) {
      List<String> lines = LineBreaks.of(text, Font.getDefault(), 120);
      assertTrue(lines.size() > 2);
      for (String line : lines) {
        Bidi own = new Bidi(line, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
        assertTrue(own.baseIsLeftToRight(), line);
      }
    }
  }

  /** From left to right as the levels order them; ABC stand for letters from right to left. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          כלב #12 → airplane             | CBA #12 → airplane
          airplane → #12 כלב             | airplane → #12 CBA
          p(כלב) = 16.3 %                | p(CBA) = 16.3 %
          0 · כלב %                      | 0 · CBA %
          כלב, בכל, cat                  | CBA, BAC, cat
          a כלב בכל b                    | a BAC CBA b
          run "כלב [50%]: a/b" is there. | run "CBA [50%]: a/b" is there.
          """)
  void namesFromRightToLeftLeaveTheSentenceAsItIs(String sentence, String seen) {
    String marked = Directions.leftToRight(sentence);
    Bidi bidi = new Bidi(marked, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
    byte[] levels = new byte[marked.length()];
    Object[] characters = new Object[marked.length()];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) bidi.getLevelAt(i);
      characters[i] = marked.charAt(i);
    }
    Bidi.reorderVisually(levels, 0, characters, 0, characters.length);
    String shown = Stream.of(characters).map(String::valueOf).collect(Collectors.joining());
    String readable =
        shown.replace("\u200e", "").replace('כ', 'A').replace('ל', 'B').replace('ב', 'C');
    assertEquals(seen, readable);
  }

  @Test
  void whatIsCutGoesOnWithTheNextLine(FxRobot robot) {
    robot.interact(
        () -> {
          label.setText("e\u0301\nlonger than that");
          label.resize(180, label.prefHeight(180) / 2);
          label.layout();
          assertEquals("e\u0301 longer than that…", text().getText());
        });
  }

  /** It would take minutes if each line measured all that is left of the word. */
  @Test
  void aWordOfManyLinesIsMeasuredOnceForEach(FxRobot robot) {
    robot.interact(
        () -> {
          label.setText("א".repeat(4_000));
          assertTimeout(Duration.ofSeconds(60), () -> label.prefHeight(360));
          assertTimeout(Duration.ofSeconds(60), () -> layOut(100));
        });
  }

  @Test
  void aNameInOneLineIsCutByAnEllipsis(FxRobot robot) {
    robot.interact(
        () -> {
          label.setWrapText(false);
          label.setText(HEBREW);
          label.resize(80, layOut(80));
          label.layout();
          assertTrue(text().getText().endsWith("…"), text().getText());
          assertTrue(text().getLayoutBounds().getWidth() <= 81);
        });
  }

  @Test
  void linesOfItsOwnStay() {
    assertEquals(
        List.of("one", "", "two words"), LineBreaks.of("one\n\ntwo words", Font.getDefault(), 500));
  }

  @Test
  void tooltipsAndDialogsBreakTheirLinesAlike(FxRobot robot) {
    Stage owner = (Stage) pane.getScene().getWindow();
    robot.interact(
        () -> {
          Tooltip tip = Tips.of(HEBREW.repeat(8));
          tip.show(owner, 10, 10);
          Alert alert = new Alert(Alert.AlertType.CONFIRMATION, HEBREW.repeat(8), ButtonType.OK);
          alert.setHeaderText(HEBREW.repeat(8));
          alert.initOwner(owner);
          alert.show();
        });
    robot.interact(
        () -> {
          List<Label> labels =
              Window.getWindows().stream()
                  .filter(window -> window != owner)
                  .flatMap(window -> window.getScene().getRoot().lookupAll("*").stream())
                  .filter(node -> node instanceof Label one && one.isWrapText())
                  .map(node -> (Label) node)
                  .toList();
          assertEquals(3, labels.size());
          for (Label each : labels) {
            assertInstanceOf(WrappingLabelSkin.class, each.getSkin());
            assertTrue(each.getHeight() > 2 * each.getFont().getSize(), each.toString());
          }
          Window.getWindows().stream().filter(w -> w != owner).toList().forEach(Window::hide);
        });
  }

  @Test
  void anAreaBreaksLinesOnlyOfWhatJavaFxCan(FxRobot robot) {
    robot.interact(
        () -> {
          TextArea area = new TextArea("plain");
          LineBreaks.whereSafe(area);
          assertTrue(area.isWrapText());
          area.setText("plain, and " + HEBREW);
          assertFalse(area.isWrapText());
        });
  }
}
