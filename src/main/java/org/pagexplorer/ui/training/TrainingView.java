package org.pagexplorer.ui.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.collections.SetChangeListener;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.lab.cluster.SlurmLog;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.ui.settings.Part;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Theme;

/** The Train screen: the form on the left, the runs above what is known of the selected one. */
public final class TrainingView extends BorderPane {
  /** More rows than anybody looks through would make the window slow. */
  static final int MOST_ROWS = 200;

  private static final String NONE =
      "No runs yet. Fill in the form and press Train: the run continues in the background, even"
          + " when the window is closed, and its model appears among the others when it has"
          + " finished.";

  private final Label more = explanation("");
  private final TrainingViewModel model;
  private final RunForm form;
  private final VBox list = new VBox(4);
  private final Map<Path, RunRow> rows = new HashMap<>();
  private final RunCurves curves;
  private final ProbePane probe = new ProbePane();
  private final TextArea log = new TextArea();
  private Map.@Nullable Entry<Path, Supplier<String>> tail;

  public TrainingView(TrainingViewModel model, ObjectProperty<Theme> theme, FileDialogs dialogs) {
    this.model = model;
    form = new RunForm(model, dialogs);
    curves = new RunCurves(model, theme, dialogs);
    getStyleClass().add("training");
    setLeft(form);
    list.getStyleClass().add("run-list");
    log.setId("run-log");
    log.setEditable(false);
    log.getStyleClass().add("run-log");
    ScrollPane runs = new ScrollPane(list);
    runs.setFitToWidth(true);
    runs.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    TabPane tabs = new TabPane(tab("Curves", curves), tab("Probe", probe), tab("Log", log));
    tabs.setId("run-tabs");
    VBox.setVgrow(runs, Priority.ALWAYS);
    SplitPane split = new SplitPane(new VBox(new RunFolders(model, dialogs), runs), tabs);
    split.setId("training-split");
    split.setOrientation(Orientation.VERTICAL);
    split.setDividerPositions(0.34);
    setCenter(split);
    model.runsProperty().addListener((property, old, now) -> update());
    model.listedProperty().addListener((property, old, now) -> update());
    model.selectedProperty().addListener((property, old, now) -> update());
    model.overlaid().addListener((SetChangeListener<Path>) change -> curves.update());
    update();
  }

  private static Tab tab(String title, Node content) {
    Tab tab = new Tab(title, content);
    tab.setClosable(false);
    return tab;
  }

  /** Proposes the images that are open elsewhere in the window. */
  public void propose(Path folder) {
    form.propose(folder);
  }

  /** What can be exported. */
  public List<ExportChoice> exports() {
    return curves.exports();
  }

  /** What is to be remembered of the form and the curves. */
  public Part part() {
    return curves.remember(form.part());
  }

  private void update() {
    fillList();
    curves.update();
    Optional<RunStatus> selected =
        Optional.ofNullable(model.selectedProperty().get()).flatMap(model::find);
    probe.show(selected);
    selected.ifPresentOrElse(run -> readLog(run.folder()), log::clear);
  }

  /** Rows of runs that are still there stay the same nodes: one of them may be being clicked. */
  private void fillList() {
    List<Node> shown = new ArrayList<>();
    List<RunStatus> all = model.runsProperty().get();
    for (RunStatus run : most(all)) {
      RunRow row = rows.computeIfAbsent(run.folder(), folder -> new RunRow(model, run));
      row.update(run);
      shown.add(row);
    }
    rows.values().retainAll(shown);
    if (all.size() > MOST_ROWS) {
      more.setText(
          String.format(
              Locale.ROOT,
              "%,d more runs are queued or finished: pag runs lists them.",
              all.size() - MOST_ROWS));
      shown.add(more);
    }
    if (shown.isEmpty()) {
      shown.add(explanation(model.listedProperty().get() ? NONE : "Looking for runs …"));
    }
    if (!shown.equals(list.getChildren())) {
      list.getChildren().setAll(shown);
    }
  }

  private static Label explanation(String words) {
    Label label = new Label(words);
    label.getStyleClass().add("explanation");
    label.setWrapText(true);
    return label;
  }

  /** Of many, those that are at work or went wrong, then those that wait; in their own order. */
  static List<RunStatus> most(List<RunStatus> runs) {
    if (runs.size() <= MOST_ROWS) {
      return runs;
    }
    Set<Path> first = new HashSet<>();
    runs.stream()
        .sorted(Comparator.comparing(TrainingView::urgency))
        .limit(MOST_ROWS)
        .forEach(run -> first.add(run.folder()));
    return runs.stream().filter(run -> first.contains(run.folder())).toList();
  }

  private static int urgency(RunStatus run) {
    return switch (run.state()) {
      case RUNNING, PAUSED -> 0;
      case FAILED, DAMAGED, INTERRUPTED -> 1;
      case STOPPED -> 2;
      case QUEUED -> 3;
      case FINISHED -> 4;
    };
  }

  private void readLog(Path run) {
    if (tail == null || !tail.getKey().equals(run)) {
      tail = Map.entry(run, SlurmLog.of(run));
    }
    Supplier<String> shown = tail.getValue();
    BackgroundTask.of(shown::get) // fails where the run is being deleted
        .onDone(
            text -> {
              if (run.equals(model.selectedProperty().get()) && !text.equals(log.getText())) {
                log.setText(text);
                log.positionCaret(text.length());
              }
            })
        .start();
  }
}
