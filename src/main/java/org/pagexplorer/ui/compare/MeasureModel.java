package org.pagexplorer.ui.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.checkpoint.TextFile;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.lab.Agreement;
import org.pagexplorer.lab.EngineLane;
import org.pagexplorer.lab.OpenModel;
import org.pagexplorer.lab.measure.Column;
import org.pagexplorer.lab.measure.Comparison;
import org.pagexplorer.lab.measure.MeasuredModel;
import org.pagexplorer.lab.measure.ResultTable;
import org.pagexplorer.lab.measure.RobustnessTable;
import org.pagexplorer.lab.measure.TableTexts;
import org.pagexplorer.ui.support.Background;
import org.pagexplorer.ui.support.Sentence;

/**
 * A comparison being measured, on the FX thread; its steps take turns with everything else on the
 * engine's lane.
 */
public final class MeasureModel {
  private static final int FIRST_IMAGES = 100;
  private static final int MOST_CHECKED = 200;
  private static final int CPU_BATCH = 20;
  private static final int CUDA_BATCH = 200;

  private final EngineLane lane;
  private final CompareViewModel compare;
  private final Consumer<String> say;
  private final ObjectProperty<AttackMethod> method = new SimpleObjectProperty<>(AttackMethod.PGD);
  private final IntegerProperty images = new SimpleIntegerProperty(FIRST_IMAGES);
  private final BooleanProperty integrity = new SimpleBooleanProperty(true);
  private final BooleanProperty curve = new SimpleBooleanProperty(true);
  private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.EMPTY);
  private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
  private @Nullable Comparison comparison;
  private @Nullable Stop stop;

  /** How far a measuring is. */
  public enum State {
    EMPTY,
    RUNNING,
    PAUSED,
    DONE
  }

  /** Ends the steps of one press of Start. */
  private static final class Stop implements AttackObserver {
    private volatile boolean pressed;

    @Override
    public boolean isCancelled() {
      return pressed;
    }
  }

  public MeasureModel(EngineLane lane, CompareViewModel compare, Consumer<String> say) {
    this.lane = lane;
    this.compare = compare;
    this.say = say;
  }

  /** Measures the compared models on the opened images, from the beginning. */
  public void start() {
    Dataset dataset = compare.setup().rows().sourceProperty().get();
    if (dataset == null || compare.compared().size() < 2) {
      say.accept("Choose two models or more and a data set first.");
      return;
    }
    pause();
    List<MeasuredModel> models =
        compare.compared().stream().map(m -> new MeasuredModel(m.file(), m.card())).toList();
    List<Column> columns =
        List.of(
            Column.CLEAN,
            Column.usual(method.get(), Norm.LINF, dataset.shape(), 0),
            Column.usual(method.get(), Norm.L2, dataset.shape(), 0));
    int wanted = images.get();
    int checked = integrity.get() ? Math.min(MOST_CHECKED, wanted) : 0;
    boolean curves = curve.get();
    // A model's classes are compared with the data set's, which reads the file.
    Stop own = new Stop();
    stop = own;
    state.set(State.RUNNING);
    lane.submit(
            l -> {
              models.forEach(m -> Agreement.check(OpenModel.read(m.file()), dataset));
              int batch = l.engine().device().equals("cpu") ? CPU_BATCH : CUDA_BATCH;
              RobustnessTable table = new RobustnessTable(models, columns, dataset, wanted, batch);
              return new Comparison(table, checked, curves, batch);
            })
        .whenComplete(
            (made, failure) ->
                Platform.runLater(
                    () -> {
                      if (failure != null) {
                        failed(own, failure);
                      } else if (stop == own) {
                        comparison = made;
                        changed();
                        proceed(made, own);
                      }
                    }));
  }

  /** Goes on where it was paused; with more images, if more are asked for by now. */
  public void resume() {
    Comparison going = comparison;
    if (going == null) {
      start();
      return;
    }
    pause();
    going.table().want(Math.max(images.get(), going.table().wanted()));
    Stop own = new Stop();
    stop = own;
    state.set(State.RUNNING);
    proceed(going, own);
  }

  private void proceed(Comparison going, Stop own) {
    lane.submit(
            l -> {
              int before = going.table().batch();
              going.step(
                  k -> l.classifier(going.table().models().get(k).file(), Precision.EXACT), own);
              int now = going.table().batch();
              if (now < before) {
                Platform.runLater(
                    () ->
                        say.accept(
                            "The device ran out of memory; going on with "
                                + now
                                + " images at a time."));
              }
              return going.isDone();
            })
        .whenComplete(
            (done, failure) -> Platform.runLater(() -> stepped(going, own, done, failure)));
  }

  private void stepped(
      Comparison going, Stop own, @Nullable Boolean done, @Nullable Throwable failure) {
    if (failure != null) {
      failed(own, failure);
    } else if (stop == own) {
      changed();
      if (Boolean.TRUE.equals(done)) {
        stop = null;
        state.set(State.DONE);
      } else {
        proceed(going, own);
      }
    }
  }

  private void failed(Stop own, Throwable failure) {
    if (stop == own) {
      stop = null;
      state.set(comparison == null ? State.EMPTY : State.PAUSED);
      say.accept(Sentence.of(failure));
    }
  }

  /** Stops within one step of the attack; what was counted stays. */
  public void pause() {
    if (stop != null) {
      stop.pressed = true;
      stop = null;
      state.set(comparison == null ? State.EMPTY : State.PAUSED);
    }
  }

  private void changed() {
    revision.set(revision.get() + 1);
  }

  /** What is measured, if anything was. */
  public Optional<Comparison> comparison() {
    return Optional.ofNullable(comparison);
  }

  /** Whether more images are asked for than were measured. */
  boolean wantsMore() {
    return comparison != null && images.get() > comparison.table().wanted();
  }

  /** What it does, and how long it will take. */
  String words() {
    if (comparison == null) {
      return state.get() == State.RUNNING ? "loading the models …" : "";
    }
    RobustnessTable table = comparison.table();
    double left = table.secondsLeft();
    String time =
        left > 0 && Double.isFinite(left)
            ? String.format(Locale.ROOT, ", %.0f s left", Math.ceil(left))
            : "";
    return state.get() == State.RUNNING
        ? comparison.stage() + time
        : state.get() == State.PAUSED ? "paused" : "done";
  }

  /** Saves the table: as LaTeX if the name ends so, else as CSV. */
  public void export(Path file) {
    Comparison shown = comparison;
    if (shown == null) {
      say.accept("There is no table yet: press Measure first.");
      return;
    }
    boolean latex = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".tex");
    ResultTable table =
        latex
            ? TableTexts.compact(shown.table(), shown.findings())
            : TableTexts.of(shown.table(), shown.findings());
    Background.run(
        () -> {
          write(file, latex ? table.latex() : table.csv());
          return file;
        },
        saved -> say.accept("Saved " + saved + "."),
        failure -> say.accept(Sentence.of(failure)));
  }

  private static void write(Path file, String text) {
    try {
      TextFile.write(file, text);
    } catch (IOException e) {
      throw new UserException(file + " could not be written: " + e.getMessage() + ".", e);
    }
  }

  public ObjectProperty<AttackMethod> methodProperty() {
    return method;
  }

  /** How many images are asked for. */
  public IntegerProperty imagesProperty() {
    return images;
  }

  public BooleanProperty integrityProperty() {
    return integrity;
  }

  public BooleanProperty curveProperty() {
    return curve;
  }

  public ReadOnlyObjectProperty<State> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** Grows with everything that should be shown anew. */
  ReadOnlyIntegerProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }
}
