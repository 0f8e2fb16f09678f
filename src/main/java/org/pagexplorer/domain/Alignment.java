package org.pagexplorer.domain;

/**
 * Which input-gradient the alignment loss of Eq. 1 looks at, and through which batch norms.
 *
 * @param gradient what is differentiated
 * @param statistics what batch norms normalize with meanwhile; no matter in networks without
 */
public record Alignment(Gradient gradient, Statistics statistics) {
  /** Eq. 1 as it is written, with gradients that depend on one image alone. */
  public static final Alignment USUAL = new Alignment(Gradient.LOGIT, Statistics.RUNNING);

  /** What is differentiated with respect to the image. */
  public enum Gradient {
    /** ∇ₓ f(x)_c, the paper's Eq. 1. */
    LOGIT("logit"),
    /** ∇ₓ log p(c | x), which the authors' later code aligns. */
    LOG_PROBABILITY("log-probability");

    private final String id;

    Gradient(String id) {
      this.id = id;
    }

    /** The name in files and on the command line. */
    public String id() {
      return id;
    }

    /**
     * The gradient of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Gradient of(String id) {
      for (Gradient gradient : values()) {
        if (gradient.id.equals(id)) {
          return gradient;
        }
      }
      throw new IllegalArgumentException(
          "unknown aligned gradient \"" + id + "\"; known are logit, log-probability");
    }
  }

  /** What batch norms normalize with in the pass whose gradients are aligned. */
  public enum Statistics {
    /** The running statistics, as in eval mode: an image's gradient depends on that image alone. */
    RUNNING("running"),
    /** The batch's, in the one pass of train mode, as the authors' code does. */
    BATCH("batch");

    private final String id;

    Statistics(String id) {
      this.id = id;
    }

    /** The name in files and on the command line. */
    public String id() {
      return id;
    }

    /**
     * The statistics of that name.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Statistics of(String id) {
      for (Statistics statistics : values()) {
        if (statistics.id.equals(id)) {
          return statistics;
        }
      }
      throw new IllegalArgumentException(
          "unknown batch norm statistics \"" + id + "\"; known are running, batch");
    }
  }
}
