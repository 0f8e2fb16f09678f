package org.pagexplorer.ui.shell;

import java.nio.file.Path;
import java.util.List;
import javafx.application.Application;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.pagexplorer.lab.EngineLane;
import org.pagexplorer.lab.Home;
import org.pagexplorer.ui.support.SystemFileDialogs;

/** The window's frame. The first argument is the device; the others are files to open. */
public final class PagApplication extends Application {
  private static final double WIDTH = 1560;
  private static final double HEIGHT = 980;

  /** Smaller, what stands beside one another would be cut. */
  private static final double LEAST_WIDTH = 1040;

  private static final double LEAST_HEIGHT = 700;

  @Override
  public void start(Stage stage) {
    List<String> words = getParameters().getRaw();
    String device = words.getFirst();
    EngineLane lane = new EngineLane(device);
    MainWindow window = new MainWindow(lane, device, new SystemFileDialogs(stage));
    Rectangle2D screen = Screen.getPrimary().getVisualBounds();
    stage.setScene(
        new Scene(
            window, Math.min(WIDTH, screen.getWidth()), Math.min(HEIGHT, screen.getHeight())));
    stage.setMinWidth(Math.min(LEAST_WIDTH, screen.getWidth()));
    stage.setMinHeight(Math.min(LEAST_HEIGHT, screen.getHeight()));
    stage.setTitle("PAG Explorer");
    stage.getIcons().add(new Image(Home.assets().resolve("icon.png").toUri().toString()));
    stage.setOnHidden(
        event -> {
          window.close();
          lane.close();
        });
    stage.show();
    window.begin();
    window.open(words.stream().skip(1).map(Path::of).toList());
  }
}
