package org.pagexplorer.ui.attack;

import java.util.List;
import java.util.function.Predicate;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.ClassNames;
import org.pagexplorer.domain.StartImage;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.control.NumberFields;
import org.pagexplorer.ui.control.Titles;
import org.pagexplorer.ui.support.Popups;
import org.pagexplorer.ui.support.Tips;

/** Adds rows from nothing: pressed, it opens the list of what images can begin at. */
final class StartChoice extends Button {
  private final ImageRows rows;
  private final Popup popup;
  private final ComboBox<Kind> kind = new ComboBox<>();
  private final ComboBox<String> className = new ComboBox<>();
  private final Spinner<Integer> seed = NumberFields.spinner(0, Integer.MAX_VALUE, 0);

  /** What a start image is. */
  enum Kind {
    GRAY("gray", false, false),
    NOISE("noise, uniform", false, true),
    GAUSSIAN_NOISE("noise, Gaussian", false, true),
    CLASS_MEAN("mean of a class", true, false),
    CLASS_GAUSSIAN("sample of a class's Gaussian", true, true);

    private final String title;
    private final boolean ofClass;
    private final boolean random;

    Kind(String title, boolean ofClass, boolean random) {
      this.title = title;
      this.ofClass = ofClass;
      this.random = random;
    }

    String title() {
      return title;
    }
  }

  StartChoice(ImageRows rows) {
    super("From nothing…", new FontIcon("mdi2b-blur"));
    this.rows = rows;
    setId("start-images");
    Tips.on(
        this,
        "Add a row that begins at no picture: gray, noise, or the mean or the Gaussian of a class;"
            + " it shows what the model imagines");
    VBox picker = new VBox(8, line("begin at", kinds()), ofClass(), ofSeed(), add());
    picker.getStyleClass().add("target-picker");
    popup = Popups.of(picker);
    setOnAction(event -> toggle());
  }

  private Node kinds() {
    kind.setId("start-kind");
    kind.getItems().addAll(Kind.values());
    kind.setConverter(Titles.of(Kind::title));
    kind.setValue(Kind.GRAY);
    Tips.on(
        kind,
        "Gray is ½ everywhere. Uniform noise is any value, Gaussian noise ½ ± ¼. The mean and the"
            + " Gaussian are those of the open dataset's images of a class (Santurkar et al."
            + " 2019).");
    return kind;
  }

  private Node ofClass() {
    className.setId("start-class");
    className.setPrefWidth(160);
    Tips.on(className, "Whose images of the open dataset the mean or the Gaussian is of");
    return line("class", className, kind -> kind.ofClass);
  }

  private Node ofSeed() {
    seed.setId("start-seed");
    seed.setPrefWidth(110);
    Tips.on(seed, "Fixes what is drawn at random: the same seed gives the same image");
    return line("seed", seed, kind -> kind.random);
  }

  private Node add() {
    return Buttons.of("start-add", "Add row", "Add it above the other rows", this::addRow);
  }

  /** A line that some kinds need. */
  private Node line(String label, Node node, Predicate<Kind> needed) {
    Node line = line(label, node);
    Runnable show = () -> line.setVisible(needed.test(kind.getValue()));
    kind.valueProperty().addListener((property, old, now) -> show.run());
    show.run();
    return line;
  }

  private static HBox line(String label, Node node) {
    Label name = new Label(label);
    name.getStyleClass().add("field-name");
    HBox box = new HBox(8, name, node);
    box.setAlignment(Pos.CENTER_LEFT);
    box.managedProperty().bind(box.visibleProperty());
    return box;
  }

  /** A next row of the same kind has another seed. */
  private void addRow() {
    Kind what = kind.getValue();
    String of = className.getValue();
    if (what.ofClass && of == null) {
      return;
    }
    long number = seed.getValue();
    rows.addStart(
        switch (what) {
          case GRAY -> new StartImage.Gray();
          case NOISE -> new StartImage.Noise(false, number);
          case GAUSSIAN_NOISE -> new StartImage.Noise(true, number);
          case CLASS_MEAN -> new StartImage.ClassMean(of);
          case CLASS_GAUSSIAN -> new StartImage.ClassGaussian(of, number);
        });
    if (what.random) {
      seed.increment();
    }
    popup.hide();
  }

  private void toggle() {
    if (popup.isShowing()) {
      popup.hide();
      return;
    }
    Dataset dataset = rows.sourceProperty().get();
    List<String> classes = dataset == null ? List.of() : ClassNames.words(dataset.classes());
    if (!className.getItems().equals(classes)) {
      className.getItems().setAll(classes);
      className.setValue(classes.isEmpty() ? null : classes.getFirst());
    }
    popup.getScene().getStylesheets().setAll(getScene().getStylesheets());
    Bounds own = localToScreen(getBoundsInLocal());
    popup.show(this, own.getMinX(), own.getMaxY() + 2);
  }
}
