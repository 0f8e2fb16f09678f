package org.pagexplorer.domain;

import org.pagexplorer.domain.Convolution.Padding;

/**
 * The pre-activation network of Rebuffi et al. (2021) as RobustBench has it ({@code
 * DMPreActResNet}): 3×3 shortcuts, TensorFlow's padding, and usually Swish.
 */
record DmPreActResNet<T>(Architecture architecture, Layers<T> layers) {

  T logits(T x) {
    T h = layers.convolution(x, new Convolution("conv_2d", architecture.width(), 3, 1));
    int in = architecture.width();
    for (int stage = 0; stage < architecture.family().blocks().size(); stage++) {
      int planes = architecture.width() << stage;
      for (int block = 0; block < architecture.family().blocks().get(stage); block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        h = block(h, "layer_%d.%d".formatted(stage, block), in, planes, stride);
        in = planes;
      }
    }
    T a = activated(layers.norm(h, "batchnorm"));
    return layers.linear(layers.averagePool(a), "logits", architecture.classes());
  }

  private T block(T x, String name, int in, int planes, int stride) {
    T a = activated(layers.norm(x, name + ".batchnorm_0"));
    T h = layers.normalized(a, padded(name + ".conv_2d_1", planes, stride), name + ".batchnorm_1");
    T residual =
        layers.convolution(activated(h), new Convolution(name + ".conv_2d_2", planes, 3, 1));
    T shortcut =
        stride == 1 && in == planes
            ? x
            : layers.convolution(x, padded(name + ".shortcut", planes, stride));
    return layers.add(residual, shortcut);
  }

  private static Convolution padded(String name, int planes, int stride) {
    return new Convolution(name, planes, 3, stride, Padding.AT_THE_END);
  }

  private T activated(T x) {
    return layers.activation(x, architecture.family().activation());
  }
}
