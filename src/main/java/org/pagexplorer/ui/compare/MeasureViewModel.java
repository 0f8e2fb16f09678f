package org.pagexplorer.ui.compare;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.lab.measure.Column;
import org.pagexplorer.lab.measure.Comparison;
import org.pagexplorer.lab.measure.RobustnessTable;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.ui.settings.Part;
import org.pagexplorer.ui.support.Notice;

/** Accuracies of the compared models, on the FX thread. */
public final class MeasureViewModel extends MeasuringViewModel<Comparison> {
  private final ObjectProperty<AttackMethod> method = new SimpleObjectProperty<>(AttackMethod.PGD);
  private final BooleanProperty integrity = new SimpleBooleanProperty(true);
  private final BooleanProperty curve = new SimpleBooleanProperty(true);

  public MeasureViewModel(EngineLane lane, CompareViewModel compare, Notice notice) {
    super(lane, compare, notice);
  }

  @Override
  Maker<Comparison> maker(Dataset dataset, int wanted) {
    List<Column> columns =
        List.of(
            Column.CLEAN,
            Column.usual(method.get(), Norm.LINF, dataset.shape(), 0),
            Column.usual(method.get(), Norm.L2, dataset.shape(), 0));
    int checked = integrity.get() ? Math.min(Comparison.MOST_CHECKED, wanted) : 0;
    boolean curves = curve.get();
    return (models, batch) -> {
      List<OpenModel> named = models.stream().map(OpenModel::withoutWeights).toList();
      RobustnessTable table = new RobustnessTable(named, columns, dataset, wanted, batch);
      return new Comparison(table, checked, curves, batch);
    };
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
        .truth("curve", curve);
  }

  @Override
  public void reset() {
    super.reset();
    method.set(AttackMethod.PGD);
    integrity.set(true);
    curve.set(true);
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
}
