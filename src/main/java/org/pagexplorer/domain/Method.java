package org.pagexplorer.domain;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How a network is trained. */
public enum Method {
  /** Cross-entropy alone: λ = 0. */
  VANILLA("vanilla", "Vanilla"),
  /** Eq. 1 with one image a class as its representative (section 4.2). */
  ONE_IMAGE("one-image", "One Image"),
  /** Eq. 1 with each class's mean image as its representative (section 4.2). */
  CLASS_MEAN("class-mean", "Class Mean"),
  /** Eq. 1 with the nearest image of a sample of the class as its representative (section 4.2). */
  NEAREST_NEIGHBOR("nearest-neighbor", "Nearest Neighbor"),
  /** Eq. 1 with the nearest of some cluster means a class: what section 4.2 proposes to try. */
  CLUSTER_MEAN("cluster-mean", "Cluster Means"),
  /** Eq. 1 with a robust teacher's input-gradients (section 4.1). */
  RIGD("rigd", "RIGD"),
  /** Eq. 5: adversarial training (Madry et al. 2018). */
  ADVERSARIAL("adversarial", "Adversarial training");

  private final String id;
  private final String title;

  Method(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** The name in files and on the command line. */
  public String id() {
    return id;
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /** Whether it has the alignment loss of Eq. 1, and so a λ. */
  public boolean aligns() {
    return switch (this) {
      case ONE_IMAGE, CLASS_MEAN, NEAREST_NEIGHBOR, CLUSTER_MEAN, RIGD -> true;
      case VANILLA, ADVERSARIAL -> false;
    };
  }

  /** The methods of the two-dimensional playground. */
  public static List<Method> ofPoints() {
    return List.of(VANILLA, ONE_IMAGE, CLASS_MEAN, NEAREST_NEIGHBOR, ADVERSARIAL);
  }

  /**
   * The method of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Method of(String id) {
    for (Method method : values()) {
      if (method.id.equalsIgnoreCase(id)) {
        return method;
      }
    }
    throw new IllegalArgumentException(
        "unknown method \""
            + id
            + "\"; known are "
            + Arrays.stream(values()).map(Method::id).collect(Collectors.joining(", ")));
  }
}
