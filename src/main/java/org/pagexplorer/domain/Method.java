package org.pagexplorer.domain;

import java.util.List;

/** How a network is trained. */
public enum Method implements Named {
  /** Cross-entropy alone: λ = 0. */
  VANILLA("Vanilla"),
  /** Eq. 1 with one image a class as its representative (section 4.2). */
  ONE_IMAGE("One Image"),
  /** Eq. 1 with each class's mean image as its representative (section 4.2). */
  CLASS_MEAN("Class Mean"),
  /** Eq. 1 with the nearest image of a sample of the class as its representative (section 4.2). */
  NEAREST_NEIGHBOR("Nearest Neighbor"),
  /** Eq. 1 with the nearest of some cluster means a class: what section 4.2 proposes to try. */
  CLUSTER_MEAN("Cluster Means"),
  /** Eq. 1 with a robust teacher's input-gradients (section 4.1). */
  RIGD("RIGD"),
  /** Eq. 1 with gradients from a file, such as the authors' score-based ones. */
  FROM_FILE("Gradients from a file"),
  /** Eq. 5: adversarial training (Madry et al. 2018); with a realization, Eq. 1 is added. */
  ADVERSARIAL("Adversarial training"),
  /**
   * Cross-entropy plus the L1 norm of its input-gradient (Rodríguez-Muñoz, Wang and Torralba 2024,
   * arXiv 2409.20139).
   */
  GRADIENT_NORM("Gradient norm");

  private final String title;

  Method(String title) {
    this.title = title;
  }

  @Override
  public String title() {
    return title;
  }

  /** Whether it is Eq. 1 with ground-truth gradients of its own. */
  public boolean aligns() {
    return switch (this) {
      case ONE_IMAGE, CLASS_MEAN, NEAREST_NEIGHBOR, CLUSTER_MEAN, RIGD, FROM_FILE -> true;
      case VANILLA, ADVERSARIAL, GRADIENT_NORM -> false;
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
    return Named.of(values(), "method", id);
  }
}
