package org.pagexplorer.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pagexplorer.domain.AttackFrame;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.attack.AttackedGrid;
import org.pagexplorer.lab.attack.TargetGrid;

/** Keeps a grid's pictures at each step of the first restart; tells another observer, too. */
final class KeptFrames implements TargetGrid.Observer {
  private final TargetGrid.Observer told;
  private final List<List<AttackFrame>> steps = new ArrayList<>();
  private int begun;

  KeptFrames(TargetGrid.Observer told) {
    this.told = told;
  }

  /**
   * Looks before hours of work.
   *
   * @throws UserException if so many pictures of all steps do not fit into memory
   */
  static void check(long pictures, int steps, InputShape shape) {
    double needed = (double) pictures * (steps + 1) * shape.size();
    double most = Runtime.getRuntime().maxMemory() / 4.0;
    if (needed > most) {
      throw new UserException(
          "The steps of %,d pictures need %,.0f MiB of memory, but only %,.0f MiB are available: choose fewer images, classes or steps for --frames."
              .formatted(pictures, needed / (1 << 20), most / (1 << 20)));
    }
  }

  @Override
  public boolean isCancelled() {
    return told.isCancelled();
  }

  @Override
  public void step(int t) {
    told.step(t);
  }

  @Override
  public boolean wantsFrames() {
    return true;
  }

  @Override
  public void frame(int from, AttackFrame frame) {
    if (frame.step() == 0) {
      begun = from;
    }
    while (steps.size() <= frame.step()) {
      steps.add(new ArrayList<>());
    }
    List<AttackFrame> at = steps.get(frame.step());
    while (tiles(at) > begun) {
      at.removeLast(); // a batch that ran out of memory starts over
    }
    at.add(frame);
  }

  private static int tiles(List<AttackFrame> frames) {
    return frames.stream().mapToInt(frame -> frame.predicted().length).sum();
  }

  @Override
  public void batchHalved(int batch) {
    told.batchHalved(batch);
  }

  /**
   * The pictures at a step, as a grid draws them.
   *
   * @param results what became of each
   */
  List<AttackedImage> at(int step, List<AttackedImage> results) {
    List<AttackedImage> pictures = new ArrayList<>();
    for (AttackFrame frame : steps.get(step)) {
      for (int i = 0; i < frame.predicted().length; i++) {
        pictures.add(picture(frame, i, results.get(pictures.size())));
      }
    }
    return pictures;
  }

  private static AttackedImage picture(AttackFrame frame, int i, AttackedImage result) {
    InputShape shape = result.result().shape();
    float[] values = new float[shape.size()];
    for (int v = 0; v < values.length; v++) {
      values[v] = (frame.pixels()[i * values.length + v] & 255) / 255f;
    }
    int classes = frame.probabilities().length / frame.predicted().length;
    float[] own = Arrays.copyOfRange(frame.probabilities(), i * classes, (i + 1) * classes);
    return AttackedGrid.iterate(result.goal(), new Image(shape, values), own, frame.step());
  }
}
