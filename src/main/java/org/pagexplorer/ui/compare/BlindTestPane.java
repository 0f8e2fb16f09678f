package org.pagexplorer.ui.compare;

import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Spinner;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.lab.alignment.BlindTest;
import org.pagexplorer.lab.alignment.BlindTest.Score;
import org.pagexplorer.lab.measure.TableTexts;
import org.pagexplorer.ui.compare.BlindTestViewModel.Result;
import org.pagexplorer.ui.control.CrispPicture;
import org.pagexplorer.ui.control.Labels;
import org.pagexplorer.ui.control.NumberFields;
import org.pagexplorer.ui.support.Tips;

/** One picture at a time, of a model that is not named, and a button a class. */
final class BlindTestPane extends VBox {
  private static final int SIDE = 320;
  private static final int BUTTONS_A_ROW = 5;
  private static final double NARROWEST_NAME = 90;

  private final BlindTestViewModel model;
  private final CrispPicture picture = new CrispPicture("", SIDE);
  private final GridPane classes = new GridPane(8, 8);
  private final Label words = new Label();
  private final ProgressBar progress = new ProgressBar(0);
  private final VBox content = new VBox(14);
  private List<String> named = List.of();
  private final Button start = new Button("Begin", new FontIcon("mdi2p-play"));

  BlindTestPane(BlindTestViewModel model) {
    super(12);
    this.model = model;
    getStyleClass().add("measure-pane");
    start.setId("blind-start");
    Tips.on(start, "Make the pictures and start, or stop making them");
    start.setOnAction(
        event -> {
          if (model.preparingProperty().get()) {
            model.stop();
          } else {
            model.start(System.nanoTime());
          }
        });
    words.setId("blind-words");
    classes.setAlignment(Pos.CENTER);
    content.setAlignment(Pos.TOP_CENTER);
    content.setId("blind-content");
    VBox.setVgrow(content, Priority.ALWAYS);
    getChildren().addAll(controls(), content);
    addEventHandler(KeyEvent.KEY_TYPED, this::typed);
    model.revisionProperty().addListener((property, old, now) -> update());
    update();
  }

  private Node controls() {
    Spinner<Integer> pictures = NumberFields.spinner(1, 500, model.picturesProperty().get(), 5);
    pictures.setId("blind-pictures");
    pictures.setPrefWidth(90);
    Tips.on(pictures, "How many pictures you are asked about, per selected model");
    pictures
        .valueProperty()
        .addListener((property, old, now) -> model.picturesProperty().set(now == null ? old : now));
    model
        .picturesProperty()
        .addListener((property, old, now) -> pictures.getValueFactory().setValue(now.intValue()));
    progress.setPrefWidth(140);
    words.setMinWidth(Region.USE_PREF_SIZE);
    FlowPane row = new FlowPane(10, 8);
    row.getChildren().addAll(new Label("pictures per model"), pictures, start, progress, words);
    return row;
  }

  /** 1 to 9, and 0 for the tenth. */
  private void typed(KeyEvent event) {
    String key = event.getCharacter();
    if (key.length() == 1 && Character.isDigit(key.charAt(0)) && model.test().isPresent()) {
      int digit = key.charAt(0) - '0';
      int index = digit == 0 ? 9 : digit - 1;
      if (index < model.test().get().classes().size()) {
        model.answer(index);
        event.consume();
      }
    }
  }

  private void update() {
    boolean preparing = model.preparingProperty().get();
    start.setText(preparing ? "Cancel" : model.test().isPresent() ? "Restart" : "Begin");
    start.setGraphic(new FontIcon(preparing ? "mdi2c-close" : "mdi2p-play"));
    progress.setVisible(preparing || model.test().isPresent());
    content.getChildren().clear();
    if (preparing) {
      progress.setProgress(ProgressBar.INDETERMINATE_PROGRESS);
      words.setText("making pictures …");
    } else if (model.test().isEmpty()) {
      words.setText("");
      content
          .getChildren()
          .add(
              hint(
                  "Which class does the picture show? Each was made by one of the selected models"
                      + " from a real image of another class; the end reveals which. If people name"
                      + " the target more often than chance, the model's gradients are perceptually"
                      + " aligned. Answers are kept on this machine."));
    } else {
      show(model.test().get());
    }
  }

  private static Label hint(String text) {
    return Labels.explanation(text, 640);
  }

  private void show(BlindTest test) {
    progress.setProgress((double) test.answered() / test.size());
    words.setText(test.answered() + " of " + test.size() + " named");
    if (test.isDone()) {
      content.getChildren().add(results(model.results(), test.classes().size()));
      return;
    }
    picture.show(test.picture(), "");
    fill(test.classes());
    content.getChildren().addAll(picture, classes);
  }

  private void fill(List<String> names) {
    if (named.equals(names)) {
      return;
    }
    named = List.copyOf(names);
    classes.getChildren().clear();
    for (int c = 0; c < names.size(); c++) {
      int index = c;
      Button button = new Button(c < 10 ? (c + 1) % 10 + "  " + names.get(c) : names.get(c));
      button.setId("blind-class-" + c);
      button.setPrefWidth(150);
      Tips.on(
          button,
          c < 10
              ? "The picture shows this class (key " + (c + 1) % 10 + ")"
              : "The picture shows this class");
      button.setAlignment(Pos.CENTER_LEFT);
      button.setOnAction(event -> model.answer(index));
      classes.add(button, c % BUTTONS_A_ROW, c / BUTTONS_A_ROW);
    }
  }

  static Node results(List<Result> results, int classes) {
    GridPane table = new GridPane(36, 10);
    table.setAlignment(Pos.CENTER);
    List<String> heads =
        List.of("model", "classified correctly, this test", "all tests on this machine");
    for (int j = 0; j < heads.size(); j++) {
      table.add(whole(Labels.styled("field-name", heads.get(j))), j, 0);
    }
    for (int k = 0; k < results.size(); k++) {
      Label name = Labels.styled("model-name", results.get(k).name());
      name.setMinWidth(NARROWEST_NAME);
      Tips.on(name, results.get(k).name());
      Node ever = results.get(k).ever().map(BlindTestPane::score).orElse(new Label("…"));
      table.addRow(k + 1, name, score(results.get(k).now()), ever);
    }
    return new VBox(
        14,
        table,
        hint(
            String.format(
                Locale.ROOT,
                "Chance is %.0f %%. Intervals are Wilson's, 95 %%.",
                100.0 / classes)));
  }

  private static Node score(Score score) {
    if (score.n() == 0) {
      return new Label("–");
    }
    String share = TableTexts.percent((double) score.right() / score.n()) + " %";
    Label interval =
        Labels.styled(
            "model-kind",
            TableTexts.interval(score.interval())
                + "  ("
                + score.right()
                + " of "
                + score.n()
                + ")");
    return new VBox(1, Labels.styled("measure-number", share), whole(interval));
  }

  /** Long names of models give way to it. */
  private static Label whole(Label label) {
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }
}
