package org.pagexplorer.domain;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the layers of a network give on the way to its logits, by name. A layer with tensors is
 * called as they are ({@code layer4.1.conv2}, its norm included); what follows it has its name and
 * its own ({@code layer4.1.conv2.add}, {@code layer4.1.conv2.add.activation}).
 */
public final class LayerTap {

  /**
   * A layer.
   *
   * @param shape C × H × W of what it gives for an image
   */
  public record Layer(String name, InputShape shape) {}

  private LayerTap() {}

  /**
   * The same layers, with somebody who is told of what each gives.
   *
   * @param <T> what a layer takes and gives
   */
  @SuppressWarnings("unchecked") // a proxy of that interface, whatever T is
  public static <T> Layers<T> on(Layers<T> layers, BiConsumer<String, T> listener) {
    StringBuilder last = new StringBuilder();
    return (Layers<T>)
        Proxy.newProxyInstance(
            Layers.class.getClassLoader(),
            new Class<?>[] {Layers.class},
            (proxy, method, arguments) -> {
              try {
                Object given = method.invoke(layers, arguments);
                String own = ownName(arguments);
                String name = own == null ? last + "." + method.getName() : own;
                last.setLength(0);
                last.append(name);
                listener.accept(name, (T) given);
                return given;
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }

  private static @Nullable String ownName(Object[] arguments) {
    for (Object argument : arguments) {
      if (argument instanceof Convolution convolution) {
        return convolution.name();
      }
      if (argument instanceof String name) {
        return name;
      }
    }
    return null;
  }

  /** All layers that give images of more than a pixel, in order; none of a program. */
  public static List<Layer> of(Architecture architecture) {
    List<Layer> layers = new ArrayList<>();
    if (!architecture.family().isProgram()) {
      BiConsumer<String, InputShape> noting =
          (name, shape) -> {
            if (shape.height() > 1 && shape.width() > 1) {
              layers.add(new Layer(name, shape));
            }
          };
      Networks.logits(architecture, architecture.input(), on(new NetworkOutline(), noting));
    }
    return layers;
  }
}
