package org.pagexplorer.ui.models;

import java.util.List;
import java.util.stream.Stream;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.domain.Method;
import org.pagexplorer.ui.models.ModelFilter.From;
import org.pagexplorer.ui.support.ModelArrangement;
import org.pagexplorer.ui.support.ModelOrder;
import org.pagexplorer.ui.support.Tips;

/** How the list is sorted, and which models it shows; filled again whenever it is opened. */
public final class ArrangementMenu extends MenuButton {
  private final ModelList list;

  public ArrangementMenu(ModelList list) {
    super("", new FontIcon("mdi2s-sort-variant"));
    this.list = list;
    setId("model-arrangement");
    Tips.on(this, "Sort and filter the models");
    setAccessibleText("Sort and filter the models");
    getStyleClass().addAll("flat", "small");
    setOnShowing(event -> fill());
    fill();
  }

  private void fill() {
    ModelArrangement arrangement = list.shelf().arrangement();
    ModelFilter filter = list.filterProperty().get();
    Menu sort = new Menu("Sort by");
    sort.setId("model-sort");
    for (ModelOrder order : ModelOrder.values()) {
      sort.getItems()
          .add(
              radio(
                  "model-sort-" + order,
                  order.title(),
                  arrangement.orderProperty().get() == order,
                  () -> arrangement.orderProperty().set(order)));
    }
    CheckMenuItem hidden = new CheckMenuItem("Show hidden models");
    hidden.setId("model-show-hidden");
    hidden.setSelected(arrangement.showsHiddenProperty().get());
    hidden.setDisable(arrangement.hidden().isEmpty() && !hidden.isSelected());
    hidden.setOnAction(event -> arrangement.showsHiddenProperty().set(hidden.isSelected()));
    getItems().setAll(sort, new SeparatorMenuItem());
    for (From from : From.values()) {
      getItems()
          .add(
              radio(
                  "model-from-" + from,
                  from.title(),
                  filter.from() == from,
                  () -> list.filterProperty().set(filter.withFrom(from))));
    }
    getItems().addAll(methods(filter), new SeparatorMenuItem(), hidden);
  }

  private Menu methods(ModelFilter filter) {
    Menu methods = new Menu("Trained by");
    methods.setId("model-method");
    List<String> ids =
        list.shelf().models().stream()
            .map(model -> model.card().method())
            .distinct()
            .sorted()
            .toList();
    Stream.concat(Stream.of(""), ids.stream())
        .map(
            id ->
                radio(
                    "model-method-" + (id.isEmpty() ? "any" : id),
                    title(id),
                    filter.method().equals(id),
                    () -> list.filterProperty().set(filter.withMethod(id))))
        .forEach(methods.getItems()::add);
    return methods;
  }

  private static String title(String method) {
    return method.isEmpty()
        ? "Any method"
        : Stream.of(Method.values())
            .filter(known -> known.id().equals(method))
            .map(Method::title)
            .findFirst()
            .orElse(method);
  }

  private static MenuItem radio(String id, String words, boolean selected, Runnable action) {
    RadioMenuItem item = new RadioMenuItem(words);
    item.setMnemonicParsing(false);
    item.setId(id);
    item.setSelected(selected);
    item.setOnAction(event -> action.run());
    return item;
  }
}
