package org.pagexplorer.ui.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.lab.measure.Column;
import org.pagexplorer.lab.measure.Comparison;
import org.pagexplorer.lab.measure.PublishedEntry;
import org.pagexplorer.lab.measure.RobustBenchFiles;
import org.pagexplorer.lab.measure.RobustnessTable;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.ui.settings.Part;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Requests;

/** Accuracies of the compared models, on the FX thread. */
public final class MeasureViewModel extends MeasuringViewModel<Comparison> {
  private final ObjectProperty<AttackMethod> method = new SimpleObjectProperty<>(AttackMethod.PGD);
  private final BooleanProperty integrity = new SimpleBooleanProperty(true);
  private final BooleanProperty curve = new SimpleBooleanProperty(true);
  private final BooleanProperty l1 = new SimpleBooleanProperty(false);
  private final ObservableList<PublishedEntry> published = FXCollections.observableArrayList();

  /** What was asked for; and of it, what is shown. */
  private final List<Path> places = new ArrayList<>();

  private List<Path> shown = List.of();
  private final Requests reading = new Requests();
  private final ReproduceViewModel reproduction;

  public MeasureViewModel(EngineLane lane, CompareViewModel compare, Notice notice) {
    super(lane, compare, notice);
    reproduction = new ReproduceViewModel(lane, compare, imagesProperty()::get, notice);
  }

  /** The paper's tables and figures of the same models on the same images. */
  public ReproduceViewModel reproduction() {
    return reproduction;
  }

  @Override
  Maker<Comparison> maker(Dataset dataset, int wanted) {
    List<Column> columns =
        Stream.concat(
                Stream.of(Column.CLEAN),
                norms().map(norm -> Column.usual(method.get(), norm, dataset.shape(), 0)))
            .toList();
    int checked = integrity.get() ? Math.min(Comparison.MOST_CHECKED, wanted) : 0;
    boolean curves = curve.get();
    List<PublishedEntry> beside = List.copyOf(published);
    return (models, batch) -> {
      List<OpenModel> named = models.stream().map(OpenModel::withoutWeights).toList();
      RobustnessTable table = new RobustnessTable(named, columns, dataset, wanted, batch);
      Comparison comparison = new Comparison(table, checked, curves, batch);
      comparison.beside(beside);
      return comparison;
    };
  }

  /** The paper's two, and L1 where it is wanted. */
  private Stream<Norm> norms() {
    return l1.get() ? Stream.of(Norm.LINF, Norm.L2, Norm.L1) : Stream.of(Norm.LINF, Norm.L2);
  }

  /** Other people's numbers that are shown below those measured here. */
  public ObservableList<PublishedEntry> published() {
    return published;
  }

  /** Reads more of them, from files and folders; where none can be read those before stay. */
  public void beside(List<Path> more) {
    if (more.isEmpty()) {
      return;
    }
    List<Path> added = more.stream().distinct().filter(place -> !places.contains(place)).toList();
    places.addAll(added);
    readWith(added);
  }

  /** All that was asked for, of which these are taken back if it cannot be read. */
  private void readWith(List<Path> added) {
    List<Path> all = List.copyOf(places);
    BackgroundTask.of(() -> RobustBenchFiles.read(all))
        .within(reading.next())
        .onDone(
            found -> {
              shown = all;
              show(found.entries());
              notice.say(read(found));
            })
        .onFailed(
            failure -> {
              notice.report(failure);
              places.removeAll(added);
              List<Path> waiting = places.stream().filter(place -> !shown.contains(place)).toList();
              if (!waiting.isEmpty()) {
                readWith(waiting); // whose reading was given up for this one
              }
            })
        .start();
  }

  private static String read(RobustBenchFiles.Found found) {
    int size = found.entries().size();
    String count =
        size == 1
            ? "1 published result is below the table."
            : "%,d published results are below the table.".formatted(size);
    return String.join(" ", Stream.concat(found.problems().stream(), Stream.of(count)).toList());
  }

  /** Shows none anymore. */
  public void besideNothing() {
    reading.cancel();
    places.clear();
    shown = List.of();
    show(List.of());
  }

  private void show(List<PublishedEntry> entries) {
    study().ifPresent(comparison -> comparison.beside(entries));
    published.setAll(entries);
  }

  @Override
  String stem() {
    return "robustness";
  }

  /** What is to be remembered. */
  public Part part() {
    return part("measure")
        .choice("attack", method, AttackMethod.values())
        .truth("integrity", integrity)
        .truth("curve", curve)
        .truth("l1", l1);
  }

  @Override
  public void reset() {
    super.reset();
    method.set(AttackMethod.PGD);
    integrity.set(true);
    curve.set(true);
    l1.set(false);
  }

  public ObjectProperty<AttackMethod> methodProperty() {
    return method;
  }

  public BooleanProperty integrityProperty() {
    return integrity;
  }

  public BooleanProperty curveProperty() {
    return curve;
  }

  /** Whether accuracies are measured in L1, too, which the paper does not have. */
  public BooleanProperty l1Property() {
    return l1;
  }
}
