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
  public enum Gradient implements Named {
    /** ∇ₓ f(x)_c, the paper's Eq. 1. */
    LOGIT,
    /** ∇ₓ log p(c | x), which the authors' later code aligns. */
    LOG_PROBABILITY;

    /**
     * The gradient of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Gradient of(String id) {
      return Named.of(values(), "aligned gradient", id);
    }
  }

  /** What batch norms normalize with in the pass whose gradients are aligned. */
  public enum Statistics implements Named {
    /** The running statistics, as in eval mode: an image's gradient depends on that image alone. */
    RUNNING,
    /** The batch's, in the one pass of train mode, as the authors' code does. */
    BATCH;

    /**
     * The statistics of that name.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Statistics of(String id) {
      return Named.of(values(), "batch norm statistics", id);
    }
  }
}
