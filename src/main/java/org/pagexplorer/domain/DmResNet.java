package org.pagexplorer.domain;

import org.pagexplorer.domain.Convolution.Padding;

/**
 * DeepMind's residual networks as RobustBench has them, with TensorFlow's padding, and usually
 * Swish: the wide ones of Gowal et al. (2020, {@code DMWideResNet}), which are {@link WideResNet}
 * with other names, and the pre-activation networks of Rebuffi et al. (2021, {@code
 * DMPreActResNet}), whose shortcuts are 3×3.
 *
 * @param wide whether it is one of the former
 */
record DmResNet<T>(Architecture architecture, Layers<T> layers, boolean wide) {

  T logits(T x) {
    int in = wide ? WideResNet.STEM : architecture.width();
    T h = layers.convolution(x, new Convolution(wide ? "init_conv" : "conv_2d", in, 3, 1));
    int first = wide ? WideResNet.STEM * architecture.width() : architecture.width();
    for (int stage = 0; stage < architecture.family().blocks().size(); stage++) {
      int planes = first << stage;
      for (int block = 0; block < architecture.family().blocks().get(stage); block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        String name = (wide ? "layer.%d.block.%d" : "layer_%d.%d").formatted(stage, block);
        h = wide ? wide(h, name, in, planes, stride) : plain(h, name, in, planes, stride);
        in = planes;
      }
    }
    T a = activated(layers.norm(h, "batchnorm"));
    return layers.linear(layers.averagePool(a), "logits", architecture.classes());
  }

  private T wide(T x, String name, int in, int planes, int stride) {
    T a = activated(layers.norm(x, name + ".batchnorm_0"));
    T residual = residual(a, name, ".conv_0", ".conv_1", planes, stride);
    T shortcut =
        in == planes
            ? x
            : layers.convolution(a, new Convolution(name + ".shortcut", planes, 1, stride));
    return layers.add(residual, shortcut);
  }

  private T plain(T x, String name, int in, int planes, int stride) {
    T a = activated(layers.norm(x, name + ".batchnorm_0"));
    T residual = residual(a, name, ".conv_2d_1", ".conv_2d_2", planes, stride);
    T shortcut =
        stride == 1 && in == planes
            ? x
            : layers.convolution(x, padded(name + ".shortcut", planes, stride));
    return layers.add(residual, shortcut);
  }

  private T residual(T a, String name, String first, String second, int planes, int stride) {
    T h = layers.normalized(a, padded(name + first, planes, stride), name + ".batchnorm_1");
    return layers.convolution(activated(h), new Convolution(name + second, planes, 3, 1));
  }

  private static Convolution padded(String name, int planes, int stride) {
    return new Convolution(name, planes, 3, stride, Padding.AT_THE_END);
  }

  private T activated(T x) {
    return layers.activation(x, architecture.family().activation());
  }
}
