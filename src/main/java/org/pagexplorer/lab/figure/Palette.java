package org.pagexplorer.lab.figure;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pagexplorer.domain.Method;

/**
 * The colors of charts, figures, and the playground, each with one meaning everywhere: a class, a
 * training method, or a model among others.
 *
 * <p>They are Okabe and Ito's (2008, <a
 * href="https://jfly.uni-koeln.de/color/">jfly.uni-koeln.de/color</a>), which color-blind people
 * tell apart; on white, orange and sky blue are darkened so far that lines of them have WCAG's
 * contrast of 3 : 1, and Tol's indigo (2021, <a
 * href="https://sronpersonalpages.nl/~pault/">sronpersonalpages.nl/~pault</a>) stands for their
 * yellow. A number is of the same hue in both, but for the last: 0 is a blue, 1 an orange.
 */
public enum Palette {
  /** On white: the light theme, and everything that is exported. */
  LIGHT(0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0x805800, 0x2c9cdb, 0x1f2328, 0x332288),
  /** On the dark theme's background. */
  DARK(0x56b4e9, 0xe69f00, 0x009e73, 0xcc79a7, 0xd55e00, 0x0072b2, 0xe6edf3, 0xf0e442);

  private final List<Color> colors;

  Palette(int... colors) {
    this.colors = Arrays.stream(colors).mapToObj(Color::new).toList();
  }

  /** All of them, by their number. */
  public List<Color> colors() {
    return colors;
  }

  /** Of a number; after the last the first comes again. */
  public Color of(int number) {
    return colors.get(Math.floorMod(number, colors.size()));
  }

  /** The number of a class's color: blue for 0, orange for 1, and so on. */
  public static int ofClass(int label) {
    return label;
  }

  /** The number of a training method's color: of its own for each of the paper's. */
  public static int ofMethod(Method method) {
    return switch (method) {
      case RIGD -> 0;
      case CLUSTER_MEAN, FROM_FILE -> 1;
      case NEAREST_NEIGHBOR -> 2;
      case ONE_IMAGE -> 3;
      case ADVERSARIAL, GRADIENT_NORM -> 4;
      case CLASS_MEAN -> 5;
      case VANILLA -> 6;
    };
  }

  /**
   * The numbers of the colors of models that are shown together: of the first one of a method that
   * method's, and of any other one that no other model has, as long as there are any.
   *
   * @param methods their names in files; models of other methods, or of none, may be among them
   */
  public static List<Integer> ofModels(List<String> methods) {
    List<Integer> numbers = new ArrayList<>();
    for (String id : methods) {
      int own = method(id).map(Palette::ofMethod).filter(n -> !numbers.contains(n)).orElse(-1);
      numbers.add(own);
    }
    List<Integer> free =
        new ArrayList<>(
            IntStream.range(0, LIGHT.colors.size())
                .boxed()
                .filter(number -> !numbers.contains(number))
                .toList());
    for (int i = 0; i < numbers.size(); i++) {
      if (numbers.get(i) < 0) {
        numbers.set(i, free.isEmpty() ? i % LIGHT.colors.size() : free.removeFirst());
      }
    }
    return numbers;
  }

  private static Optional<Method> method(String id) {
    return Stream.of(Method.values()).filter(method -> method.id().equals(id)).findFirst();
  }
}
