package org.pagexplorer.ui.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.lab.measure.Column;
import org.pagexplorer.lab.measure.Comparison;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.lab.measure.ResultTable;
import org.pagexplorer.lab.measure.RobustnessTable;
import org.pagexplorer.lab.measure.TableTexts;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.compare.SteppedWork.State;

/**
 * A comparison being measured, on the FX thread; its steps take turns with everything else on the
 * engine's lane.
 */
public final class MeasureViewModel implements Measuring {
  private static final int FIRST_IMAGES = 100;
  private static final int MOST_CHECKED = 200;
  private static final int CPU_BATCH = 20;
  private static final int CUDA_BATCH = 200;

  private final CompareViewModel compare;
  private final Consumer<String> say;
  private final SteppedWork<Comparison> work;
  private final ObjectProperty<AttackMethod> method = new SimpleObjectProperty<>(AttackMethod.PGD);
  private final IntegerProperty images = new SimpleIntegerProperty(FIRST_IMAGES);
  private final BooleanProperty integrity = new SimpleBooleanProperty(true);
  private final BooleanProperty curve = new SimpleBooleanProperty(true);

  public MeasureViewModel(EngineLane lane, CompareViewModel compare, Consumer<String> say) {
    this.compare = compare;
    this.say = say;
    work =
        new SteppedWork<>(
            lane,
            say,
            new SteppedWork.Steps<>() {
              @Override
              public void step(Comparison going, EngineLane l, AttackObserver stop) {
                going.step(k -> classifier(l, going.table().models().get(k)), stop);
              }

              @Override
              public boolean isDone(Comparison going) {
                return going.isDone();
              }

              @Override
              public int batch(Comparison going) {
                return going.table().batch();
              }
            });
  }

  /** The weights that the model had when the measuring began. */
  static Classifier classifier(EngineLane lane, OpenModel model) {
    return lane.model(model.file(), model.sha256(), Precision.EXACT).classifier();
  }

  /** Measures the compared models on the opened images, from the beginning. */
  @Override
  public void start() {
    Dataset dataset = compare.setup().rows().sourceProperty().get();
    if (dataset == null || compare.compared().size() < 2) {
      say.accept("Choose two models or more and a data set first.");
      return;
    }
    List<Path> files = compare.compared().stream().map(m -> m.file()).toList();
    List<Column> columns =
        List.of(
            Column.CLEAN,
            Column.usual(method.get(), Norm.LINF, dataset.shape(), 0),
            Column.usual(method.get(), Norm.L2, dataset.shape(), 0));
    int wanted = images.get();
    int checked = integrity.get() ? checked(wanted) : 0;
    boolean curves = curve.get();
    work.start(
        l -> {
          List<OpenModel> opened = files.stream().map(OpenModel::read).toList();
          opened.forEach(model -> Agreement.check(model, dataset));
          List<OpenModel> models = opened.stream().map(OpenModel::withoutWeights).toList();
          int batch = l.engine().device().equals("cpu") ? CPU_BATCH : CUDA_BATCH;
          RobustnessTable table = new RobustnessTable(models, columns, dataset, wanted, batch);
          return new Comparison(table, checked, curves, batch);
        });
  }

  private static int checked(int images) {
    return Math.min(MOST_CHECKED, images);
  }

  /** Goes on where it was paused; with more images, if more are asked for by now. */
  @Override
  public void resume() {
    int wanted = images.get();
    work.work().ifPresent(c -> c.want(wanted, checked(wanted)));
    if (!work.resume()) {
      start();
    }
  }

  /** Stops within one step of the attack; what was counted stays. */
  @Override
  public void pause() {
    work.pause();
  }

  /** What is measured, if anything was. */
  public Optional<Comparison> comparison() {
    return work.work();
  }

  /** Whether more images are asked for than were measured. */
  @Override
  public boolean wantsMore() {
    return comparison()
        .map(Comparison::table)
        .map(t -> Math.min(images.get(), t.dataset().size()) > t.wanted())
        .orElse(false);
  }

  @Override
  public double progress() {
    return comparison().map(c -> c.table().progress()).orElse(0.0);
  }

  /** What it does, and how long it will take. */
  @Override
  public String words() {
    State now = stateProperty().get();
    if (comparison().isEmpty()) {
      return now == State.RUNNING ? "loading the models …" : "";
    }
    Comparison shown = comparison().get();
    return switch (now) {
      case RUNNING -> shown.stage() + left(shown.table().secondsLeft());
      case PAUSED -> "paused";
      case DONE, EMPTY -> "done";
    };
  }

  /** For instance {@code , 12 s left}; nothing where that is not known. */
  static String left(double seconds) {
    return seconds > 0 && Double.isFinite(seconds)
        ? String.format(Locale.ROOT, ", %.0f s left", Math.ceil(seconds))
        : "";
  }

  /** Saves the table: as LaTeX if the name ends so, else as CSV. */
  @Override
  public void export(Path file) {
    if (comparison().isEmpty()) {
      say.accept("There is no table yet: press Measure first.");
      return;
    }
    Comparison shown = comparison().get();
    boolean latex = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".tex");
    ResultTable table =
        latex
            ? TableTexts.compact(shown.table(), shown.findings())
            : TableTexts.of(shown.table(), shown.findings());
    TableExport.write(file, latex ? table.latex() : table.csv(), say);
  }

  public ObjectProperty<AttackMethod> methodProperty() {
    return method;
  }

  /** How many images are asked for. */
  @Override
  public IntegerProperty imagesProperty() {
    return images;
  }

  public BooleanProperty integrityProperty() {
    return integrity;
  }

  public BooleanProperty curveProperty() {
    return curve;
  }

  @Override
  public ReadOnlyObjectProperty<State> stateProperty() {
    return work.stateProperty();
  }

  /** Grows with everything that should be shown anew. */
  ReadOnlyIntegerProperty revisionProperty() {
    return work.revisionProperty();
  }
}
