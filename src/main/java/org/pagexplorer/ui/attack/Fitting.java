package org.pagexplorer.ui.attack;

import java.util.Optional;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.ui.support.Notice;

/** How images of other sizes become what the model takes. On the FX thread. */
final class Fitting {
  private final Notice notice;
  private final ObjectProperty<Fit> fit = new SimpleObjectProperty<>(Fit.CROP);
  private final ReadOnlyBooleanWrapper resized = new ReadOnlyBooleanWrapper();
  private @Nullable View view;
  private Optional<Dataset> fitted = Optional.empty();

  /** A dataset as it is shown. */
  private record View(Dataset dataset, Optional<InputShape> shape, Fit fit) {}

  Fitting(Notice notice) {
    this.notice = notice;
  }

  /** One view for each size, so that what is resized is said once. */
  Dataset of(Dataset dataset, Optional<InputShape> wanted) {
    View now = new View(dataset, wanted, fit.get());
    if (!now.equals(view)) {
      view = now;
      resized.set(false);
      fitted = wanted.map(shape -> dataset.fitted(shape, fit.get(), this::say));
    }
    return fitted.orElse(dataset);
  }

  /** An image was resized; by any thread. */
  void say(String sentence) {
    Platform.runLater(
        () -> {
          resized.set(true);
          notice.say(sentence);
        });
  }

  ObjectProperty<Fit> fitProperty() {
    return fit;
  }

  /** Whether any of the images had to be resized. */
  ReadOnlyBooleanWrapper resizedProperty() {
    return resized;
  }
}
