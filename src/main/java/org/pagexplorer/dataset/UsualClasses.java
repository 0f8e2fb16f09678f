package org.pagexplorer.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The class names of published data sets, in the order of their labels. */
public enum UsualClasses {
  CIFAR10("cifar10", "CIFAR-10", Cifar10.CLASSES),
  STL10("stl10", "STL-10", Stl10.CLASSES),
  /** The 100 fine labels. */
  CIFAR100(
      "cifar100",
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
              .split(" ", -1)));

  private final String id;
  private final String title;
  private final List<String> names;

  UsualClasses(String id, String title, List<String> names) {
    this.id = id;
    this.title = title;
    this.names = names;
  }

  /** The name on the command line. */
  public String id() {
    return id;
  }

  /** The name for people. */
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

  /** All names, for a sentence. */
  public static String ids() {
    return Arrays.stream(values()).map(UsualClasses::id).collect(Collectors.joining(", "));
  }

  /**
   * The set of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static UsualClasses of(String id) {
    return Arrays.stream(values())
        .filter(usual -> usual.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown class names \"" + id + "\"; known are " + ids() + ", numbered"));
  }
}
