package org.pagexplorer.ui.importing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.PlainCnn;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.lab.model.Arrival;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.control.NumberFields;
import org.pagexplorer.ui.control.Titles;
import org.pagexplorer.ui.importing.ImportQuestions.ClassNames;
import org.pagexplorer.ui.importing.ImportViewModel.Stage;
import org.pagexplorer.ui.support.Tips;

/** A card over the screen, as long as there is something to ask. */
public final class ImportView extends StackPane {
  private static final int LARGEST_SIDE = 1024;
  private static final double WIDTH = 580;
  private static final double ROW_HEIGHT = 36;
  private static final int MOST_ROWS = 8;
  private static final int FEWEST_ROWS = 2;

  private final ImportViewModel model;
  private final VBox card = new VBox(12);
  private @Nullable ListView<Reading> list;

  public ImportView(ImportViewModel model) {
    this.model = model;
    setId("import");
    setFocusTraversable(true);
    getStyleClass().add("import-shade");
    card.getStyleClass().add("import-card");
    card.setMaxSize(WIDTH, Region.USE_PREF_SIZE);
    getChildren().add(card);
    visibleProperty().bind(model.stageProperty().isNotEqualTo(Stage.CLOSED));
    managedProperty().bind(visibleProperty());
    model.stageProperty().addListener((property, old, now) -> show(now));
    // Which reading is the best so far depends on all. Once: each import has a list of its own.
    model.questions().readings().addListener((InvalidationListener) changed -> refresh());
    setOnKeyPressed(
        event -> {
          if (event.getCode() == KeyCode.ESCAPE) {
            model.dismiss();
            event.consume();
          }
        });
  }

  private void refresh() {
    if (list != null) {
      list.refresh();
    }
  }

  private void show(Stage stage) {
    list = null;
    card.getChildren()
        .setAll(
            switch (stage) {
              case CLOSED -> List.of();
              case READING -> List.of(title(), turning("Reading …"), buttons(cancel()));
              case KEEPING -> List.of(title(), turning("Importing …"));
              case TRUST -> trust();
              case ANSWERS -> answers(model.arrival().orElseThrow());
              case REFUSED -> refused();
            });
    // For Esc, wherever the focus was.
    Platform.runLater(this::requestFocus);
  }

  private Label title() {
    Label title =
        new Label(
            model.file().map(f -> Printable.of(String.valueOf(f.getFileName()))).orElse("Import"));
    title.getStyleClass().add("import-title");
    return title;
  }

  private static HBox turning(String words) {
    ProgressIndicator turning = new ProgressIndicator();
    turning.setPrefSize(20, 20);
    HBox row = new HBox(10, turning, new Label(words));
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private List<Node> refused() {
    Label words = wrapped(model.problemProperty().get());
    words.setId("import-problem");
    return List.of(
        title(),
        words,
        buttons(
            Buttons.of(
                "import-cancel", "Close", "Close this card; no file was changed", model::dismiss)));
  }

  private List<Node> trust() {
    Label words =
        wrapped(
            "This is a TorchScript program, not just weights: opening it runs its code, which can"
                + " do anything that you can. Open it only if you trust whoever made it.");
    Spinner<Integer> side = sides(32);
    HBox size = new HBox(10, new Label("Its images are"), side, new Label("pixels high and wide"));
    size.setAlignment(Pos.CENTER_LEFT);
    Button trust =
        Buttons.of(
            "import-trust",
            "Trust and open",
            "Run the program's code now, and whenever this model is opened",
            () -> model.trust(side.getValue()));
    trust.getStyleClass().add("danger");
    return List.of(title(), words, size, buttons(cancel(), trust));
  }

  private List<Node> answers(Arrival arrival) {
    Architecture network = arrival.architectures().getFirst();
    Label what =
        wrapped(arrival.format() + ": " + network.title() + ", " + network.classes() + " classes");
    what.setId("import-network");
    Label remarks = wrapped(String.join(" ", arrival.remarks()));
    remarks.getStyleClass().add("model-kind");
    remarks.setManaged(!arrival.remarks().isEmpty());
    Label question = wrapped("");
    question
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> question(arrival),
                model.questions().checkedOnProperty(),
                model.questions().readings()));
    question.setId("import-question");
    Label problem = wrapped("");
    problem.setId("import-not-written");
    problem.getStyleClass().add("flag");
    problem.textProperty().bind(model.problemProperty());
    problem.visibleProperty().bind(model.problemProperty().isNotEmpty());
    problem.managedProperty().bind(problem.visibleProperty());
    Button confirm =
        Buttons.of(
            "import-confirm",
            "Import",
            "Write a copy as safetensors among your models; the file itself stays as it is",
            model::confirm);
    confirm.setDefaultButton(true);
    confirm.disableProperty().bind(Bindings.isNull(model.questions().chosenProperty()));
    return List.of(
        title(),
        what,
        remarks,
        fields(arrival),
        question,
        list(arrival),
        problem,
        buttons(cancel(), confirm));
  }

  private String question(Arrival arrival) {
    if (model.questions().checkedOnProperty().get().isEmpty()) {
      return asked(arrival)
          + " There are no images of this size and number of classes here to check it on.";
    }
    int likely = Reading.likely(model.questions().readings()).size();
    return "%s Clean accuracy on %s under each%s"
        .formatted(
            asked(arrival),
            model.questions().checkedOnProperty().get(),
            likely < 2
                ? ":"
                : ". %d fit about equally well; its training code says which.".formatted(likely));
  }

  private static String asked(Arrival arrival) {
    return arrival.normalization().isPresent()
        ? "The file brings its own normalization."
        : "Which normalization was it trained with?";
  }

  private GridPane fields(Arrival arrival) {
    Architecture network = arrival.architectures().getFirst();
    TextField name = new TextField();
    name.setId("import-name");
    Tips.on(name, "The model's name in lists and figures");
    name.textProperty().bindBidirectional(model.questions().nameProperty());
    ComboBox<ClassNames> classes = new ComboBox<>(model.questions().usualClassNames());
    classes.setId("import-classes");
    Tips.on(classes, "What the model's outputs are called, in their order");
    classes.setConverter(Titles.of(ClassNames::title));
    classes.valueProperty().bindBidirectional(model.questions().classNamesProperty());
    Spinner<Integer> side = sides(network.input().height());
    side.setId("import-side");
    side.valueProperty().addListener((property, old, now) -> model.useInputSide(now));
    GridPane grid = new GridPane(12, 8);
    grid.setMinHeight(Region.USE_PREF_SIZE);
    ColumnConstraints wide = new ColumnConstraints();
    wide.setHgrow(Priority.ALWAYS);
    ColumnConstraints names = new ColumnConstraints();
    names.setMinWidth(Region.USE_PREF_SIZE);
    grid.getColumnConstraints().addAll(names, wide);
    grid.addRow(0, new Label("name"), name);
    grid.addRow(1, new Label("class names"), classes);
    grid.addRow(2, new Label("image size"), side);
    if (model.places().size() > 1) {
      grid.addRow(3, new Label("weights"), places());
    }
    if (network.family().design() == Family.Design.PLAIN_CNN) {
      addConvolutions(grid, PlainCnn.of(network.family().id()));
    }
    if (arrival.normalization().isEmpty()) {
      addNormalization(grid);
    }
    return grid;
  }

  /** Which of the file's sets. */
  private ComboBox<String> places() {
    ComboBox<String> places = new ComboBox<>();
    places.setId("import-weights");
    Tips.on(places, "Which of the sets of weights in the file becomes the model");
    places.getItems().setAll(model.places());
    places.setValue(model.place());
    places.setConverter(
        Titles.of(place -> place.isEmpty() ? "the file itself" : Printable.of(place)));
    places.valueProperty().addListener((property, old, now) -> model.useWeights(now));
    return places;
  }

  /** What no file says of a small CNN: the usual answers are listed, others are typed. */
  private void addConvolutions(GridPane grid, PlainCnn cnn) {
    TextField strides = new TextField();
    strides.setId("import-strides");
    Tips.on(
        strides, "Stride of each convolution in pixels, with commas between them; no file says");
    strides.setPromptText(cnn.strides());
    TextField paddings = new TextField();
    paddings.setId("import-paddings");
    Tips.on(
        paddings, "Padding of each convolution in pixels, with commas between them; no file says");
    paddings.setPromptText(cnn.paddings());
    useBoth(strides, paddings, model::useConvolutions);
    grid.addRow(4, new Label("strides"), beside(strides, new Label("paddings"), paddings));
  }

  /** What no list has, and where the list is of names: typed as on the command line. */
  private void addNormalization(GridPane grid) {
    TextField mean = new TextField();
    mean.setId("import-mean");
    Tips.on(
        mean,
        "Mean that is subtracted from each channel, one value per channel: of pixels in 0 to 1, or"
            + " of 0 to 255 as the std's");
    mean.setPromptText("own, as 0.49, 0.48, 0.45 or 125/255, …");
    TextField std = new TextField();
    std.setId("import-std");
    Tips.on(
        std,
        "Standard deviation that each channel is divided by, one value per channel: of pixels in 0"
            + " to 1, or of 0 to 255 as the mean's");
    std.setPromptText("of pixels in [0, 1], or both of 0 to 255");
    useBoth(
        mean,
        std,
        (one, other) -> {
          if (!one.isBlank() && !other.isBlank()) {
            model.useNormalization(one, other);
            if (list != null) {
              showAll(list);
            }
          }
        });
    grid.addRow(6, new Label("mean"), mean);
    grid.addRow(7, new Label("std"), std);
  }

  private static HBox beside(TextField one, Label name, TextField other) {
    HBox row = new HBox(12, one, name, other);
    row.setAlignment(Pos.CENTER_LEFT);
    name.setMinWidth(Region.USE_PREF_SIZE);
    List.of(one, other).forEach(field -> field.setPrefColumnCount(4)); // both grow alike
    HBox.setHgrow(one, Priority.ALWAYS);
    HBox.setHgrow(other, Priority.ALWAYS);
    return row;
  }

  /** Takes what was typed, once it has changed, as soon as a field is left or Enter pressed. */
  private void useBoth(TextField one, TextField other, BiConsumer<String, String> take) {
    List<String> before = new ArrayList<>(List.of("", ""));
    Runnable use =
        () -> {
          List<String> said = List.of(one.getText(), other.getText());
          if (!said.equals(before) && model.stageProperty().get() == Stage.ANSWERS) {
            Collections.copy(before, said);
            take.accept(said.getFirst(), said.getLast());
          }
        };
    for (TextField field : List.of(one, other)) {
      field.setOnAction(event -> use.run());
      field
          .focusedProperty()
          .addListener(
              (property, old, now) -> {
                if (!now) {
                  use.run();
                }
              });
    }
  }

  private ListView<Reading> list(Arrival arrival) {
    ListView<Reading> list = new ListView<>(model.questions().readings());
    this.list = list;
    list.setId("import-readings");
    boolean several = arrival.architectures().size() > 1;
    list.setCellFactory(
        view -> new ReadingCell(several, model.questions().checkedOnProperty().isNotEmpty()));
    list.setFixedCellSize(ROW_HEIGHT);
    list.setMinHeight(FEWEST_ROWS * ROW_HEIGHT); // in a low window it is scrolled
    showAll(list);
    list.getSelectionModel()
        .selectedIndexProperty()
        .addListener(
            (property, old, now) -> {
              if (now.intValue() >= 0) {
                model
                    .questions()
                    .chosenProperty()
                    .set(model.questions().readings().get(now.intValue()).candidate());
              }
            });
    return list;
  }

  /** As high as its readings need, the one selected that is taken. */
  private void showAll(ListView<Reading> list) {
    list.setPrefHeight(ROW_HEIGHT * Math.min(MOST_ROWS, list.getItems().size()) + 4);
    if (model.questions().chosenProperty().get() == null) {
      list.getSelectionModel().clearSelection();
    }
    for (int i = 0; i < list.getItems().size(); i++) {
      if (list.getItems().get(i).candidate().equals(model.questions().chosenProperty().get())) {
        list.getSelectionModel().select(i);
        list.scrollTo(i);
      }
    }
  }

  private static Spinner<Integer> sides(int side) {
    Spinner<Integer> spinner = NumberFields.spinner(1, LARGEST_SIDE, side);
    spinner.setPrefWidth(96);
    Tips.on(
        spinner,
        "Height and width of the model's images, in pixels; the paper: 32 on CIFAR-10, 96 on"
            + " STL-10");
    return spinner;
  }

  private static Label wrapped(String text) {
    Label label = new Label(text);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE); // the end of the sentence is not cut
    return label;
  }

  private Button cancel() {
    return Buttons.of(
        "import-cancel", "Cancel", "Do not import it (Esc); no file is changed", model::dismiss);
  }

  private static HBox buttons(Button... buttons) {
    HBox row = new HBox(8, buttons);
    row.setAlignment(Pos.CENTER_RIGHT);
    return row;
  }
}
