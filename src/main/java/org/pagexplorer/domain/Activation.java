package org.pagexplorer.domain;

/** The function after a layer. */
public enum Activation {
  RELU,
  TANH,
  SIGMOID,
  /** ln(1 + eˣ). */
  SOFTPLUS,
  /** x · σ(x), also called SiLU. */
  SWISH,
  /** x · Φ(x), with the exact Φ. */
  GELU
}
