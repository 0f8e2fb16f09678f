package org.pagexplorer.ui.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.ClassNames;
import org.pagexplorer.domain.LayerTap;
import org.pagexplorer.domain.LayerUnit;
import org.pagexplorer.lab.attack.Aim;

/** What images can be turned into by the chosen model. On the FX thread. */
public final class AimChoice {
  private static final double MIDDLE = 0.5;

  private final List<Runnable> listeners = new ArrayList<>();
  private Supplier<Optional<Architecture>> architecture = Optional::empty;

  /**
   * @param chosen asked again for every choice
   */
  public void of(Supplier<Optional<Architecture>> chosen) {
    architecture = chosen;
  }

  /** Another model is chosen. */
  public void modelChanged() {
    listeners.forEach(Runnable::run);
  }

  void onChange(Runnable listener) {
    listeners.add(listener);
  }

  Optional<Architecture> architecture() {
    return architecture.get();
  }

  /** The layers whose units can be chosen; empty where there is no model, or it shows none. */
  List<LayerTap.Layer> layers() {
    return architecture.get().map(LayerTap::of).orElse(List.of());
  }

  /** The first choice of a kind; nothing where the model has none, or for classes. */
  static Optional<Aim> first(GoalKind kind, List<String> classes, List<LayerTap.Layer> layers) {
    return switch (kind) {
      case BETWEEN ->
          classes.size() < 2
              ? Optional.empty()
              : Optional.of(
                  strip(ClassNames.word(classes, 0), ClassNames.word(classes, 1), MIDDLE));
      case FEATURE ->
          layers.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Aim.Features(
                      List.of(new LayerUnit(layers.getLast().name(), 0, Optional.empty()))));
      case NO_CLASS -> Optional.of(new Aim.AwayFromAll());
      case EACH_CLASS, FROM_LABEL -> Optional.empty();
    };
  }

  /** A column at a place, and both ends beside it, where it is none of them. */
  static Aim strip(String from, String to, double share) {
    return new Aim.Between(from, to, Stream.of(0.0, share, 1.0).distinct().toList());
  }
}
