package org.pagexplorer.ui.support;

import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.lab.Home;

/** How every list of models is sorted, and which shipped ones it leaves out. On the FX thread. */
public final class ModelArrangement {
  private final ObjectProperty<ModelOrder> order = new SimpleObjectProperty<>(ModelOrder.NAME);
  private final ObservableList<String> hidden = FXCollections.observableArrayList();
  private final BooleanProperty showsHidden = new SimpleBooleanProperty();

  /** Those that are shown, in the order of now. */
  public List<ModelFile> of(List<ModelFile> models) {
    return order
        .get()
        .of(models.stream().filter(model -> showsHidden.get() || !isHidden(model)).toList());
  }

  /** Whether the user has put a shipped model out of sight. */
  public boolean isHidden(ModelFile model) {
    return Home.isShipped(model.file()) && hidden.contains(name(model.file()));
  }

  /** Puts a shipped model out of sight, or back. */
  public void hide(ModelFile model, boolean hide) {
    hidden.remove(name(model.file()));
    if (hide) {
      hidden.add(name(model.file()));
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  public ObjectProperty<ModelOrder> orderProperty() {
    return order;
  }

  /** The names of the files of hidden models. */
  public ObservableList<String> hidden() {
    return hidden;
  }

  /** Whether hidden ones are shown all the same, to be put back. */
  public BooleanProperty showsHiddenProperty() {
    return showsHidden;
  }
}
