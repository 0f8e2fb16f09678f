package org.pagexplorer.ui.toy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Point2D;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.ui.support.AnsweringDialogs;
import org.pagexplorer.ui.support.FxTest;
import org.pagexplorer.ui.support.Theme;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Everything may be changed before the playground has a size. */
@FxTest
class BeforeLayoutTest {

  @Start
  void start(Stage stage) {
    stage.show();
  }

  @Test
  void whatIsPaintedBeforeTheFirstLayoutFailsNowhere(FxRobot robot) {
    SimpleObjectProperty<Theme> theme = new SimpleObjectProperty<>(Theme.LIGHT);
    ToyViewModel model = new ToyViewModel(words -> {}, theme);
    robot.interact(
        () -> {
          ToyView view = new ToyView(model, new AnsweringDialogs());
          model.open();
          theme.set(Theme.DARK);
          model.view().pointsProperty().set(PlaneView.Shown.TRAIN);
          model.view().marginsProperty().set(true);
          model.attackFrom(10, 20);
          model.view().pointerProperty().set(new Point2D(1, 2));
          model.view().regionProperty().set(model.home());
          assertEquals(model.home(), model.view().filled());
          assertEquals(2, model.panels().size());
          view.canvas(0).paintPoints();
          model.close();
        });
  }
}
