package org.pagexplorer.domain;

/** How a network differs from others of its design. */
enum Trait {
  /** Blocks of 1×1, 3×3 and 1×1 convolutions, the last four times as wide. */
  BOTTLENECK,
  /** Bottlenecks twice as wide inside. */
  WIDE,
  /** A 3×3 pooling after the first layer. */
  POOLED,
  /** One more batch norm before the last layer. */
  LAST_NORM,
  /** A block's shortcut takes what its first convolution takes. */
  ACTIVATED_SHORTCUT,
  /** Shortcuts without weights: every second pixel, and channels of zeros. */
  PADDED_SHORTCUT,
  /** A batch norm after each convolution. */
  BATCH_NORMS,
  /** A second token with a last layer of its own; both answers are averaged. */
  DISTILLED,
  /** What a block adds is scaled, channel by channel. */
  LAYER_SCALE,
  /** The class token has no position. */
  UNPLACED,
  /** No class token: the last layer takes the tokens' mean. */
  AVERAGED
}
