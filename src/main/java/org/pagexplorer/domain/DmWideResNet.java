package org.pagexplorer.domain;

import org.pagexplorer.domain.Convolution.Padding;

/**
 * The wide residual network of Gowal et al. (2020) as RobustBench has it ({@code DMWideResNet}):
 * {@link WideResNet} with other names, TensorFlow's padding, and usually Swish.
 */
record DmWideResNet<T>(Architecture architecture, Layers<T> layers) {

  T logits(T x) {
    T h = layers.convolution(x, new Convolution("init_conv", WideResNet.STEM, 3, 1));
    int in = WideResNet.STEM;
    for (int stage = 0; stage < architecture.family().blocks().size(); stage++) {
      int planes = (WideResNet.STEM << stage) * architecture.width();
      for (int block = 0; block < architecture.family().blocks().get(stage); block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        h = block(h, "layer.%d.block.%d".formatted(stage, block), in, planes, stride);
        in = planes;
      }
    }
    T a = activated(layers.norm(h, "batchnorm"));
    return layers.linear(layers.averagePool(a), "logits", architecture.classes());
  }

  private T block(T x, String name, int in, int planes, int stride) {
    T a = activated(layers.norm(x, name + ".batchnorm_0"));
    Convolution first = new Convolution(name + ".conv_0", planes, 3, stride, Padding.AT_THE_END);
    T h = layers.normalized(a, first, name + ".batchnorm_1");
    T residual = layers.convolution(activated(h), new Convolution(name + ".conv_1", planes, 3, 1));
    T shortcut =
        in == planes
            ? x
            : layers.convolution(a, new Convolution(name + ".shortcut", planes, 1, stride));
    return layers.add(residual, shortcut);
  }

  private T activated(T x) {
    return layers.activation(x, architecture.family().activation());
  }
}
