package org.pagexplorer.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.pagexplorer.domain.Named;

/** The class names of published datasets, in the order of their labels. */
public enum UsualClasses implements Named {
  CIFAR10("CIFAR-10", Cifar10.CLASSES),
  STL10("STL-10", Stl10.CLASSES),
  /** The 100 fine labels. */
  CIFAR100(
      "CIFAR-100",
      List.of(
          ("apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus"
               + " butterfly camel can castle caterpillar cattle chair chimpanzee clock cloud"
               + " cockroach couch crab crocodile cup dinosaur dolphin elephant flatfish forest fox"
               + " girl hamster house kangaroo keyboard lamp lawn_mower leopard lion lizard lobster"
               + " man maple_tree motorcycle mountain mouse mushroom oak_tree orange orchid otter"
               + " palm_tree pear pickup_truck pine_tree plain plate poppy porcupine possum rabbit"
               + " raccoon ray road rocket rose sea seal shark shrew skunk skyscraper snail snake"
               + " spider squirrel streetcar sunflower sweet_pepper table tank telephone television"
               + " tiger tractor train trout tulip turtle wardrobe whale willow_tree wolf woman"
               + " worm")
              .split(" ", -1))),
  IMAGENET("ImageNet", ImageNet.CLASSES);

  private final String title;
  private final List<String> names;

  UsualClasses(String title, List<String> names) {
    this.title = title;
    this.names = names;
  }

  @Override
  public String title() {
    return title;
  }

  public List<String> names() {
    return names;
  }

  /** The sets of so many classes. */
  public static List<UsualClasses> ofSize(int classes) {
    return Arrays.stream(values()).filter(usual -> usual.names.size() == classes).toList();
  }

  /** {@code class 0}, {@code class 1}, … where nothing better is known. */
  public static List<String> numbered(int classes) {
    return IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();
  }

  /** Whether names say nothing but the index. */
  static boolean areNumbered(List<String> names) {
    return names.equals(numbered(names.size()));
  }

  /** Whether a dataset's labels can only mean indices into a model's classes, and may. */
  static boolean agreeByIndex(List<String> labels, List<String> classes) {
    boolean unnamed = areNumbered(labels) && labels.size() <= classes.size();
    boolean unnamedModel = areNumbered(classes) && labels.size() == classes.size();
    boolean imageNet = SynsetNames.are(labels) && labels.size() == 1000 && classes.size() == 1000;
    return unnamed || unnamedModel || imageNet;
  }

  /**
   * The set of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static UsualClasses of(String id) {
    return Named.find(values(), id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown class names \"%s\"; known are %s, numbered"
                        .formatted(id, Named.ids(values()))));
  }
}
