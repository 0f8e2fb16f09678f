package org.pagexplorer.lab.runs;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackFrame;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.attack.TargetGrid;
import org.pagexplorer.lab.attack.TargetGrid.Tile;

/**
 * One fixed test image, attacked toward every class after each epoch, so that one watches the
 * alignment emerge. A picture an epoch: a column a class, a row every {@link #STRIDE} steps of PGD.
 */
public final class Probe {
  /** PGD steps (chosen). */
  public static final int STEPS = 20;

  /** Steps from a row to the next. */
  public static final int STRIDE = 2;

  /** Rows of a picture, the first being the image itself. */
  public static final int ROWS = STEPS / STRIDE + 1;

  /** A thousand classes of 32 × 32 pixels have a third of it. */
  private static final long MOST_PIXELS = 32_000_000;

  private final TorchEngine engine;
  private final Architecture architecture;
  private final Normalization normalization;
  private final Image image;

  /**
   * @param test whose first image it is
   */
  public Probe(
      TorchEngine engine, Architecture architecture, Normalization normalization, Dataset test) {
    this.engine = engine;
    this.architecture = architecture;
    this.normalization = normalization;
    image = test.image(0);
  }

  /**
   * Attacks it and keeps the picture in the run's folder.
   *
   * @throws UserException if that cannot be written
   */
  public void after(int epoch, SequencedMap<String, Tensor> weights, Path run) {
    Path file = org.pagexplorer.run.RunDirectory.probe(run, epoch);
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new UserException(run + " cannot be written: is the disk full?", e);
    }
    ImageFiles.writePng(file, picture(weights));
  }

  private BufferedImage picture(SequencedMap<String, Tensor> weights) {
    InputShape shape = image.shape();
    double epsilon = Presets.pictureEpsilon(Norm.L2, shape);
    List<Integer> targets = IntStream.range(0, architecture.classes()).boxed().toList();
    List<Tile> tiles = TargetGrid.tiles(List.of(image), targets);
    Rows rows = new Rows(shape, tiles.size());
    try (Classifier classifier =
        Classifier.of(engine, architecture, normalization, weights, Precision.EXACT)) {
      var _ =
          new org.pagexplorer.engine.Pgd(
                  classifier,
                  AttackSpecification.pictures(new ThreatModel(Norm.L2, epsilon), STEPS))
              .run(
                  tiles.stream().map(Tile::image).toList(),
                  tiles.stream().map(Tile::goal).toList(),
                  rows);
    }
    return rows.picture;
  }

  /** Draws the iterates as they come. */
  private static final class Rows implements AttackObserver {
    private final InputShape shape;
    private final BufferedImage picture;

    Rows(InputShape shape, int columns) {
      this.shape = shape;
      picture =
          new BufferedImage(
              columns * shape.width(), ROWS * shape.height(), BufferedImage.TYPE_INT_RGB);
    }

    @Override
    public boolean wantsFrames() {
      return true;
    }

    @Override
    public void frame(AttackFrame frame) {
      if (frame.step() % STRIDE != 0) {
        return;
      }
      Graphics2D g = picture.createGraphics();
      try {
        int y = frame.step() / STRIDE * shape.height();
        for (int i = 0; i < frame.confidence().length; i++) {
          g.drawImage(ImageFiles.toBuffered(tile(frame, i)), i * shape.width(), y, null);
        }
      } finally {
        g.dispose();
      }
    }

    private Image tile(AttackFrame frame, int i) {
      float[] pixels = new float[shape.size()];
      for (int j = 0; j < pixels.length; j++) {
        pixels[j] = Byte.toUnsignedInt(frame.pixels()[i * pixels.length + j]) / 255f;
      }
      return new Image(shape, pixels);
    }
  }

  /**
   * The picture after an epoch.
   *
   * @throws UserException if it is missing, damaged, or no picture of a probe
   */
  public static BufferedImage read(Path run, int epoch) {
    Path file = org.pagexplorer.run.RunDirectory.probe(run, epoch);
    BufferedImage picture = ImageFiles.read(file, MOST_PIXELS);
    int side = picture.getHeight() / ROWS;
    if (side == 0 || picture.getHeight() % ROWS != 0 || picture.getWidth() % side != 0) {
      throw new UserException(file + " is not a probe's picture: delete it.");
    }
    return picture;
  }

  /** The epochs whose pictures are there, ascending. */
  public static List<Integer> epochs(Path run, int most) {
    List<Integer> epochs = new ArrayList<>();
    for (int epoch = 1; epoch <= most; epoch++) {
      if (Files.exists(org.pagexplorer.run.RunDirectory.probe(run, epoch))) {
        epochs.add(epoch);
      }
    }
    return epochs;
  }
}
