package org.pagexplorer.ui.viewer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import javafx.collections.ObservableList;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Separator;
import javafx.scene.control.Slider;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.attack.Scrubber;
import org.pagexplorer.ui.attack.TileActions;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Tips;
import org.pagexplorer.ui.viewer.PaintViewModel.Tool;
import org.pagexplorer.ui.viewer.ViewerViewModel.Part;

/** Covers the screen while one looks closer; Escape gives it back. */
public final class ViewerView extends VBox {
  private static final double KEY_ZOOM = 1.5;

  /** What is said has a line of its own. */
  private static final double NARROW = 900;

  private static final String ONE_TO_ONE = "Actual size: one screen pixel per picture pixel (1)";

  private final ViewerViewModel model;
  private final PaintViewModel paint;
  private final PaintBar bar;
  private final List<PicturePane> panes;
  private final SaliencyBar saliency;
  private final Label words = new Label();
  private final Scrubber scrubber;

  /**
   * @param bar what one paints with
   */
  ViewerView(ViewerViewModel model, PaintViewModel paint, PaintBar bar, Scrubber scrubber) {
    super(8);
    this.model = model;
    this.paint = paint;
    this.bar = bar;
    this.scrubber = scrubber.named("viewer");
    panes = Arrays.stream(Part.values()).map(part -> new PicturePane(model, paint, part)).toList();
    saliency = new SaliencyBar(model.saliency());
    PicturePane gradient = panes.get(Part.GRADIENT.ordinal());
    gradient.head().getChildren().addFirst(saliency);
    panes.stream()
        .filter(pane -> pane != gradient)
        .forEach(pane -> pane.head().minHeightProperty().bind(gradient.head().heightProperty()));
    setId("viewer");
    getStyleClass().add("viewer");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setAccessibleText("One tile enlarged; arrow keys go to its neighbors, Escape closes");
    GridPane pictures = pictures();
    VBox.setVgrow(pictures, Priority.ALWAYS);
    getChildren().addAll(header(), bar, pictures, scrubber);
    opened(model.openProperty().get());
    model.openProperty().addListener((property, old, now) -> opened(now));
    sceneProperty().addListener((property, old, now) -> opened(model.openProperty().get()));
    model.revisionProperty().addListener((property, old, now) -> update());
    paint.revisionProperty().addListener((property, old, now) -> panes.getFirst().update());
    addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
    scrubber.playFrom(this);
    setOnMousePressed(event -> requestFocus());
    Region frame = panes.getFirst().frame();
    frame.widthProperty().addListener((property, old, now) -> resized(frame));
    frame.heightProperty().addListener((property, old, now) -> resized(frame));
  }

  /**
   * The large view of what is on a screen.
   *
   * @param row of the tile that is enlarged, among the rows; −1 for none
   */
  public static ViewerView of(
      ViewerViewModel model,
      AttackSetup setup,
      IntSupplier row,
      FileDialogs dialogs,
      Scrubber scrubber) {
    ObservableList<OriginalImage> images = setup.rows().images();
    PaintViewModel paint =
        new PaintViewModel(
            () ->
                row.getAsInt() >= 0 && row.getAsInt() < images.size()
                    ? Optional.of(images.get(row.getAsInt()))
                    : Optional.empty(),
            regions -> {
              setup.undo().keep(); // each stroke is taken back on its own
              setup.rows().paint(row.getAsInt(), regions);
            });
    PaintBar bar = new PaintBar(paint, setup, dialogs, setup.classes());
    return new ViewerView(model, paint, bar, scrubber);
  }

  /** What one paints. */
  public PaintViewModel paint() {
    return paint;
  }

  /** Gives the pictures a menu. */
  public void setMenu(TileActions tile, FileDialogs dialogs, Notice notice) {
    ViewerMenu menu = new ViewerMenu(model, tile, dialogs, notice);
    panes.forEach(pane -> pane.setOnContextMenuRequested(event -> menu.show(pane, event)));
  }

  private GridPane header() {
    words.setId("viewer-words");
    words.getStyleClass().add("numbers");
    words.setMinWidth(0);
    words.setWrapText(true); // classes may have long names
    words.setMinHeight(Region.USE_PREF_SIZE);
    GridPane.setHgrow(words, Priority.ALWAYS);
    words.setMaxWidth(Double.MAX_VALUE);
    Slider overlay = new Slider(0, 1, 0);
    overlay.setId("viewer-overlay");
    overlay.setPrefWidth(150);
    overlay.setMinWidth(80);
    overlay.setBlockIncrement(0.1);
    Tips.on(overlay, "Opacity of the original over the result: left none, right full");
    overlay.setAccessibleText("Opacity of the original over the result");
    overlay.valueProperty().bindBidirectional(model.overlayProperty());
    HBox tools =
        new HBox(
            8,
            name("result"),
            overlay,
            name("original"),
            new Separator(Orientation.VERTICAL),
            paintToggle(),
            new Separator(Orientation.VERTICAL),
            button("fit", "mdi2f-fit-to-page-outline", "Fit the whole picture (0)", model::fit),
            button("actual", "mdi2n-numeric-1-box-outline", ONE_TO_ONE, model::actualSize),
            button("out", "mdi2m-magnify-minus-outline", "Smaller (−)", () -> zoom(1 / KEY_ZOOM)),
            button("in", "mdi2m-magnify-plus-outline", "Larger (+)", () -> zoom(KEY_ZOOM)),
            button("close", "mdi2c-close", "Back to the grid (Esc)", model::close));
    tools.setAlignment(Pos.CENTER_RIGHT);
    GridPane header = new GridPane(8, 6);
    header.addRow(0, words, tools);
    widthProperty()
        .addListener(
            (property, old, now) -> {
              boolean narrow = now.doubleValue() < NARROW;
              GridPane.setConstraints(tools, narrow ? 0 : 1, narrow ? 1 : 0);
            });
    return header;
  }

  private ToggleButton paintToggle() {
    ToggleButton toggle = new ToggleButton("Paint", new FontIcon("mdi2b-brush"));
    toggle.setId("viewer-paint");
    toggle.setMinWidth(Region.USE_PREF_SIZE);
    Tips.on(
        toggle,
        "Paint on the original what the attack may change; everything else stays as it is (P)");
    toggle.selectedProperty().bindBidirectional(paint.onProperty());
    return toggle;
  }

  private static Label name(String words) {
    Label label = new Label(words);
    label.getStyleClass().add("field-name");
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }

  private static Button button(String id, String icon, String tooltip, Runnable action) {
    Button button = new Button("", new FontIcon(icon));
    button.setId("viewer-" + id);
    Tips.on(button, tooltip);
    button.setAccessibleText(tooltip);
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.setOnAction(event -> action.run());
    return button;
  }

  /** Two by two, all of the same size: what is moved in one is moved in all. */
  private GridPane pictures() {
    GridPane grid = new GridPane(10, 8);
    for (int i = 0; i < 2; i++) {
      ColumnConstraints half = new ColumnConstraints();
      half.setPercentWidth(50);
      RowConstraints row = new RowConstraints();
      row.setPercentHeight(50);
      grid.getColumnConstraints().add(half);
      grid.getRowConstraints().add(row);
    }
    for (int i = 0; i < panes.size(); i++) {
      grid.add(panes.get(i), i % 2, i / 2);
    }
    return grid;
  }

  private void resized(Region frame) {
    model.resize(frame.getWidth(), frame.getHeight());
  }

  private void zoom(double factor) {
    model.zoom(factor, 0, 0);
  }

  private void opened(boolean now) {
    setVisible(now);
    setManaged(now);
    if (now) {
      requestFocus();
    } else {
      scrubber.stop();
    }
  }

  private void update() {
    if (model.openProperty().get()) {
      paint.update();
      bar.update();
      saliency.offer(model.layers());
      words.setText(model.words());
      panes.forEach(PicturePane::update);
      scrubber.update();
    }
  }

  private void pressed(KeyEvent event) {
    boolean typing =
        event.getTarget() instanceof TextInputControl && event.getCode() != KeyCode.ESCAPE;
    if (event.isShortcutDown() || event.isAltDown() || typing) {
      return;
    }
    if (act(event.getCode())) {
      event.consume();
    }
  }

  private boolean act(KeyCode key) {
    switch (key) {
      case ESCAPE -> leave();
      case P -> paint.onProperty().set(!paint.onProperty().get());
      case B -> paint.toolProperty().set(Tool.BRUSH);
      case R -> paint.toolProperty().set(Tool.RECTANGLE);
      case E -> paint.toolProperty().set(Tool.ERASER);
      case OPEN_BRACKET -> resizeBrush(1 / KEY_ZOOM);
      case CLOSE_BRACKET -> resizeBrush(KEY_ZOOM);
      case LEFT -> model.walk(0, -1);
      case RIGHT -> model.walk(0, 1);
      case UP -> model.walk(-1, 0);
      case DOWN -> model.walk(1, 0);
      case DIGIT0, NUMPAD0 -> model.fit();
      case DIGIT1, NUMPAD1 -> model.actualSize();
      case PLUS, ADD, EQUALS -> zoom(KEY_ZOOM);
      case MINUS, SUBTRACT -> zoom(1 / KEY_ZOOM);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** First painting, then the large view. */
  private void leave() {
    if (paint.onProperty().get()) {
      paint.onProperty().set(false);
    } else {
      model.close();
    }
  }

  private void resizeBrush(double factor) {
    paint.radiusProperty().set(Math.clamp(factor * paint.radiusProperty().get(), 0.01, 0.5));
    panes.getFirst().update();
  }
}
