package org.pagexplorer.domain;

import java.util.Arrays;
import java.util.List;

/**
 * What an attack on one image wants.
 *
 * @param classIndex the target class (targeted) or the true class (untargeted)
 * @param targeted whether to reach the class or to leave it
 */
public record Goal(int classIndex, boolean targeted) {

  /** Make the classifier say {@code target}. */
  public static Goal reach(int target) {
    return new Goal(target, true);
  }

  /** Make the classifier say anything but {@code label}. */
  public static Goal leave(int label) {
    return new Goal(label, false);
  }

  /** The same for each of several labels. */
  public static List<Goal> leaveEach(int[] labels) {
    return Arrays.stream(labels).mapToObj(Goal::leave).toList();
  }

  /** Whether a prediction is a success. */
  public boolean isMetBy(int predicted) {
    return targeted == (predicted == classIndex);
  }
}
