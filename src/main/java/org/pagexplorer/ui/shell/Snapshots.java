package org.pagexplorer.ui.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.natives.NativeLibraries;
import org.pagexplorer.engine.natives.Preparation;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.support.FileDialogs;

/** Pictures of every screen without a display, after its first results: {@code --snapshot}. */
public final class Snapshots {
  private static final int WIDTH = 1560;
  private static final int HEIGHT = 980;
  private static final int PATIENCE_SECONDS = 600;

  private Snapshots() {}

  /** Nobody is there to answer. */
  private static final class NoDialogs implements FileDialogs {
    @Override
    public List<Path> open() {
      return List.of();
    }

    @Override
    public Optional<Path> openFolder() {
      return Optional.empty();
    }

    @Override
    public Optional<Path> save(String proposedName) {
      return Optional.empty();
    }
  }

  /**
   * Writes {@code explore.png}, {@code explore-dark.png}, {@code explore-200.png} (twice the size)
   * and the same of the toy.
   *
   * @throws UserException if the folder cannot be written or nothing came within ten minutes
   */
  public static void take(Path folder, String device) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UserException("The folder " + folder + " cannot be made; choose another one.", e);
    }
    bringEngine();
    System.setProperty("glass.platform", "Headless");
    System.setProperty("prism.order", "sw");
    CompletableFuture<Void> done = new CompletableFuture<>();
    EngineLane lane = new EngineLane(device);
    Platform.startup(() -> open(lane, device, folder, done));
    try {
      done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new UserException("No picture could be taken: " + e.getMessage(), e);
    } catch (TimeoutException e) {
      throw new UserException(
          "The first results did not come within ten minutes; is the machine very busy?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lane.close();
      Platform.exit();
    }
  }

  /** Before the window, in which nobody would answer. */
  private static void bringEngine() {
    NativeLibraries.observe(
        new Preparation() {
          @Override
          public boolean mayDownload(Offer offer) {
            System.err.println(offer.sentence());
            return true;
          }
        });
    var _ = NativeLibraries.ensure();
  }

  private static void open(
      EngineLane lane, String device, Path folder, CompletableFuture<Void> done) {
    MainWindow window = new MainWindow(lane, device, new NoDialogs());
    Scene scene = new Scene(window, WIDTH, HEIGHT);
    window
        .begin()
        .exceptionally(
            failure -> {
              done.completeExceptionally(failure);
              return List.of();
            });
    new SnapshotSession(window, scene, folder, done).begin();
  }

  /** Writes one picture of the scene. */
  static void save(Scene scene, Path file, double scale) {
    WritableImage image = NodePictures.of(scene.getRoot(), scale);
    ImageFiles.writePng(file, NodePictures.toBuffered(image));
  }
}
