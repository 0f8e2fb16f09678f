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
  private static final int PATIENCE_SECONDS = 600;

  private Snapshots() {}

  /**
   * How large the pictures are.
   *
   * @param width of a picture, in pixels
   * @param height of a picture, in pixels
   * @param scale pixels for each of the window's units, as a screen at 200 % has 2
   */
  public record Size(int width, int height, double scale) {
    /** As large as the window opens where there is room. */
    public static final Size USUAL = new Size((int) WindowStart.WIDTH, (int) WindowStart.HEIGHT, 1);
  }

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
   * Writes {@code explore.png}, {@code explore-dark.png}, and the same of every other screen.
   *
   * @throws UserException if the folder cannot be written or nothing came within ten minutes
   */
  public static void take(Path folder, String device, Size size) {
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
    Platform.startup(() -> open(lane, device, folder, size, done));
    try {
      done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new UserException("No picture could be taken: " + e.getMessage(), e);
    } catch (TimeoutException e) {
      throw new UserException(
          "The first results took more than ten minutes; is the machine very busy?", e);
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
      EngineLane lane, String device, Path folder, Size size, CompletableFuture<Void> done) {
    MainWindow window = new MainWindow(lane, device, new NoDialogs());
    Scene scene = new Scene(window, size.width() / size.scale(), size.height() / size.scale());
    window
        .begin()
        .exceptionally(
            failure -> {
              done.completeExceptionally(failure);
              return List.of();
            });
    new SnapshotSession(window, scene, folder, size.scale(), done).begin();
  }

  /** Writes one picture of the scene. */
  static void save(Scene scene, Path file, double scale) {
    WritableImage image = NodePictures.of(scene.getRoot(), scale);
    ImageFiles.writePng(file, NodePictures.toBuffered(image));
  }
}
