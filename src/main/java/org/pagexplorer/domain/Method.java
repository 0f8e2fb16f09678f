package org.pagexplorer.domain;

/** How a network is trained. */
public enum Method {
  /** Cross-entropy alone: λ = 0. */
  VANILLA("vanilla", "Vanilla"),
  /** Eq. 1 with each class's mean image as its representative (section 4.2). */
  CLASS_MEAN("class-mean", "Class Mean"),
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

  /**
   * The method of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Method of(String id) {
    for (Method method : values()) {
      if (method.id.equals(id)) {
        return method;
      }
    }
    throw new IllegalArgumentException(
        "unknown method \"" + id + "\"; known are vanilla, class-mean, adversarial");
  }
}
