package org.pagexplorer.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.dataset.UsualClasses;
import org.pagexplorer.dataset.toy.PointShape;

/** The names of choices, which are in files and scripts: no renamed constant may change them. */
class NamedTest {

  static List<Arguments> namesInFiles() {
    return List.of(
        Arguments.of(
            Method.values(),
            "vanilla, one-image, class-mean, nearest-neighbor, cluster-mean, rigd, from-file,"
                + " adversarial, gradient-norm"),
        Arguments.of(
            AttackMethod.values(),
            "pgd, pgd-restarts, apgd-ce, apgd-dlr, apgd-t, fab-t, square, suite, autoattack,"
                + " autoattack-rand"),
        Arguments.of(Norm.values(), "l1, l2, linf"),
        Arguments.of(Precision.values(), "exact, fast"),
        Arguments.of(AttackSpecification.StepRule.values(), "normalized, raw"),
        Arguments.of(AttackSpecification.Loss.values(), "ce, logit"),
        Arguments.of(AttackSpecification.Keep.values(), "last, best"),
        Arguments.of(Schedule.values(), "constant, step, one-cycle, one-cycle-linear"),
        Arguments.of(Alignment.Gradient.values(), "logit, log-probability"),
        Arguments.of(Alignment.Statistics.values(), "running, batch"),
        Arguments.of(
            UsualNormalization.values(),
            "none, cifar10, cifar10-kuangliu, cifar100, stl10, imagenet, mnist, fashion-mnist,"
                + " half"),
        Arguments.of(UsualClasses.values(), "cifar10, stl10, cifar100, imagenet"),
        Arguments.of(Fit.values(), "crop, squash"),
        Arguments.of(PointShape.values(), "line, noisy-line, moons, circles, spirals, blobs"));
  }

  @ParameterizedTest
  @MethodSource("namesInFiles")
  void namesOfFilesAndScriptsStay(Named[] choices, String ids) {
    assertEquals(ids, Named.ids(choices));
  }

  static Stream<Function<String, ? extends Named>> lookups() {
    return Stream.of(
        Method::of,
        Norm::of,
        Schedule::of,
        Alignment.Gradient::of,
        Alignment.Statistics::of,
        UsualNormalization::of,
        UsualClasses::of,
        PointShape::of);
  }

  @Test
  void networksAreFoundInAnyCase() {
    assertEquals(Family.RESNET18, Family.of("ResNet18"));
    assertEquals(Family.of("wideresnet40"), Family.of("WideResNet40"));
  }

  @ParameterizedTest
  @MethodSource("lookups")
  void anUnknownNameIsAnsweredWithAllThatAreKnown(Function<String, ? extends Named> lookup) {
    RuntimeException e = assertThrows(RuntimeException.class, () -> lookup.apply("nonsense"));
    String sentence = String.valueOf(e.getMessage());
    String list = sentence.substring(sentence.lastIndexOf(sentence.contains(";") ? ';' : ':'));
    Named[] all = first(lookup, list).getDeclaringClass().getEnumConstants();
    for (Named choice : all) {
      assertSame(choice, lookup.apply(choice.id()));
      assertSame(choice, lookup.apply(choice.id().toUpperCase(java.util.Locale.ROOT)));
      assertEquals(true, list.contains(choice.id()), sentence);
    }
  }

  /** The first of the names that a sentence lists. */
  @SuppressWarnings("unchecked")
  private static <E extends Enum<E> & Named> E first(
      Function<String, ? extends Named> lookup, String list) {
    String first = list.replaceFirst(".*?(known are|choose) ", "").split("[ ,]", 2)[0];
    return (E) lookup.apply(first);
  }

  @Test
  void titlesAreForPeople() {
    assertEquals("L∞", Norm.LINF.title());
    assertEquals("cross-entropy", AttackSpecification.Loss.CROSS_ENTROPY.title());
    assertEquals("one-cycle (PyTorch's OneCycleLR)", Schedule.ONE_CYCLE.title());
    assertEquals("constant", Schedule.CONSTANT.title());
  }

  @ParameterizedTest
  @ValueSource(strings = {"l2", "L2", " l2 "})
  void capitalsDoNotMatter(String word) {
    assertSame(Norm.L2, Norm.of(word));
  }

  @ParameterizedTest
  @ValueSource(strings = {"linf", "Linf", "LINF", "L∞"})
  void lInfinityIsWrittenInManyWays(String word) {
    assertSame(Norm.LINF, Norm.of(word));
  }

  @ParameterizedTest
  @ValueSource(strings = {"class-mean", "Class-Mean", "CLASS_MEAN", "class_mean", "Class Mean"})
  void methodsAreKnownByTheirTitles(String word) {
    assertSame(Method.CLASS_MEAN, Method.of(word));
  }
}
