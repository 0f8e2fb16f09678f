package org.pagexplorer.ui.attack;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.control.CompactRow;
import org.pagexplorer.ui.control.Titles;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Tips;

/**
 * Chooses the rows: one image of each class, a class, at random, by index, or the user's own
 * pictures.
 */
public final class ImageStrip extends VBox {
  private final ImageRows rows;
  private final ComboBox<String> choice = new ComboBox<>();
  private final TextField index = new TextField();
  private final Label name = new Label();
  private final Label count = new Label();

  /**
   * @param open told of files that the user chose
   */
  public ImageStrip(ImageRows rows, FileDialogs dialogs, Consumer<List<Path>> open) {
    this.rows = rows;
    getStyleClass().add("image-strip");
    choice.setId("image-choice");
    Tips.on(
        choice,
        "Which images are the rows: one of each class, random ones, those that the model gets"
            + " wrong, or all of one class");
    choice.setOnAction(event -> chosen());
    index.setId("image-index");
    Tips.on(
        index,
        "Numbers of images in the dataset, from 0, with commas between them; press Enter to show"
            + " them");
    index.setPromptText("0, 7, 12");
    index.setPrefColumnCount(4); // with more, the buttons have no room in a window of 1280 pixels
    index.setOnAction(event -> byIndex());
    name.getStyleClass().add("dataset-name");
    name.setMaxWidth(200); // its tooltip has the rest
    HBox turning =
        new HBox(
            Buttons.icon(
                "previous-images",
                "mdi2c-chevron-left",
                "Previous images",
                () -> rows.choice().turn(-1)),
            Buttons.icon(
                "next-images", "mdi2c-chevron-right", "Next images", () -> rows.choice().turn(1)),
            more());
    turning.getStyleClass().add("turning");
    CompactRow row =
        new CompactRow(
                name,
                count,
                split(),
                choice,
                turning,
                index,
                fit(),
                searching(),
                others(dialogs, open))
            .withNice(count);
    getChildren().add(row);
    rows.sourceProperty().addListener((property, old, now) -> sourceChanged());
    // Another screen has a strip of its own on the same rows.
    rows.choice().choiceProperty().addListener((property, old, now) -> choice.setValue(now));
    sourceChanged();
  }

  /** Where other rows come from; without room they go into another line together. */
  private HBox others(FileDialogs dialogs, Consumer<List<Path>> open) {
    return new HBox(
        8,
        button(
            "open-dataset",
            "mdi2f-folder-open-outline",
            "Dataset…",
            "Open a folder with a dataset: CIFAR, MNIST, SVHN, pictures, …",
            () -> dialogs.openFolder().ifPresent(rows::openDataset)),
        button(
            "open-pictures",
            "mdi2i-image-plus",
            "Pictures…",
            "Add your own pictures; or drop them on the window",
            () -> open.accept(dialogs.open())),
        new StartChoice(rows));
  }

  /** In sight where something was resized. */
  private ComboBox<Fit> fit() {
    ComboBox<Fit> box = new ComboBox<>();
    box.setId("image-fit");
    box.setMinWidth(100); // the others can be cut, and still be told
    box.getItems().addAll(Fit.values());
    box.setConverter(Titles.of(Fit::title));
    Tips.on(
        box,
        "How images of another size are resized: crop keeps the middle, squash keeps everything"
            + " and changes the proportions");
    box.valueProperty().bindBidirectional(rows.fitProperty());
    box.visibleProperty().bind(rows.resizedProperty());
    box.managedProperty().bind(box.visibleProperty());
    return box;
  }

  /** In sight where the dataset has several parts. */
  private ComboBox<String> split() {
    ComboBox<String> box = new ComboBox<>();
    box.setId("image-split");
    Tips.on(box, "Which part of the dataset: test images, training images, …");
    Runnable show =
        () -> {
          box.getItems().setAll(rows.parts());
          box.setValue(rows.partProperty().get());
          box.setVisible(rows.parts().size() > 1);
        };
    rows.parts().addListener((ListChangeListener<String>) change -> show.run());
    rows.partProperty().addListener((property, old, now) -> box.setValue(now));
    box.managedProperty().bind(box.visibleProperty());
    box.setOnAction(
        event -> {
          if (box.getValue() != null) {
            rows.choosePart(box.getValue());
          }
        });
    show.run();
    return box;
  }

  private Button more() {
    Button more =
        Buttons.icon(
            "more-images",
            "mdi2p-plus",
            "Show more of these images, below the others",
            rows.choice()::more);
    Runnable show = () -> more.setDisable(!rows.choice().canBeMore());
    rows.choice().shownProperty().addListener(property -> show.run());
    show.run();
    return more;
  }

  /** In sight while misclassified images are being looked for. */
  private HBox searching() {
    Label words = new Label();
    words.setId("search-progress");
    Button stop =
        Buttons.flat(
            "search-stop",
            "mdi2c-close",
            "Stop the search and keep what was found",
            rows.choice()::stopSearch);
    HBox box = new HBox(4, words, stop);
    box.setAlignment(Pos.CENTER_LEFT);
    rows.choice()
        .misclassified()
        .ifPresent(search -> words.textProperty().bind(search.progressProperty()));
    box.visibleProperty().bind(words.textProperty().isNotEmpty());
    box.managedProperty().bind(box.visibleProperty());
    return box;
  }

  private static Button button(String id, String icon, String text, String tip, Runnable action) {
    Button button = Buttons.icon(id, icon, tip, action);
    button.setText(text);
    return button;
  }

  private void sourceChanged() {
    Dataset dataset = rows.sourceProperty().get();
    setDisable(dataset == null);
    if (dataset == null) {
      return;
    }
    name.setText(dataset.name());
    count.setText("%,d images".formatted(dataset.size()));
    Tips.on(name, name.getText() + " · " + count.getText());
    choice.getItems().setAll(RowChoice.EACH, RowChoice.RANDOM, RowChoice.WRONG);
    choice.getItems().addAll(dataset.classes());
    choice.setValue(rows.choice().choiceProperty().get());
  }

  private void chosen() {
    String value = choice.getValue();
    if (value != null && !value.equals(rows.choice().choiceProperty().get())) {
      rows.choice().choose(value);
    }
  }

  private void byIndex() {
    rows.choice().showIndices(index.getText());
  }
}
