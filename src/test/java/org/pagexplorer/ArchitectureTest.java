package org.pagexplorer;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagexplorer.architecture.ViolatesRule;

/**
 * The rules of the architecture.
 *
 * <p>Each rule is kept by the program and, lest it be one that cannot fail, broken by each class
 * below {@code architecture.violations} that says so: a small copy of the program's packages.
 */
class ArchitectureTest {
  private static final String PROGRAM = "org.pagexplorer";
  private static final String VIOLATIONS = PROGRAM + ".architecture.violations";

  /** What the report of a circle says beside the dependencies that make it. */
  private static final String HEADING_OF_A_CIRCLE =
      "Cycle detected:.*|Slice .*|\\d+\\. Dependencies of Slice .*";

  private static final JavaClasses PROGRAM_CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(PROGRAM);
  private static final JavaClasses VIOLATION_CLASSES =
      new ClassFileImporter().importPackages(VIOLATIONS);

  /** From top to bottom. Each may use what is in the rows below it, and not what is beside it. */
  private static final List<List<String>> ROWS =
      List.of(
          List.of("ui.shell"),
          List.of("ui.explore", "ui.toy", "ui.compare", "ui.training", "ui.importing"),
          List.of("ui.viewer"),
          List.of("ui.attack"),
          List.of("ui.models"),
          List.of("ui.control"),
          List.of("ui.settings"),
          List.of("ui.support"),
          List.of("cli"),
          List.of("lab"),
          List.of("run"),
          List.of("checkpoint", "dataset", "engine"),
          List.of("pickle"),
          List.of("files"),
          List.of("domain"));

  /** Where no JavaFX may be. */
  private static final List<String> CORE =
      List.of(
          "cli",
          "lab",
          "run",
          "checkpoint",
          "dataset",
          "engine",
          "pickle",
          "pickle",
          "files",
          "domain");

  @ParameterizedTest
  @EnumSource
  void programKeeps(Rule rule) {
    rule.in(PROGRAM).check(PROGRAM_CLASSES);
  }

  @ParameterizedTest
  @EnumSource
  void eachDeliberateViolationIsFound(Rule rule) {
    assertEquals(declaredViolators(rule), foundViolators(rule));
    assertTrue(!declaredViolators(rule).isEmpty(), "no class violates " + rule);
  }

  @Test
  void programWasImported() {
    assertTrue(PROGRAM_CLASSES.contain(Main.class));
    assertTrue(
        PROGRAM_CLASSES.stream().noneMatch(type -> type.getPackageName().startsWith(VIOLATIONS)));
  }

  private static Set<String> declaredViolators(Rule rule) {
    Set<String> names = new TreeSet<>();
    VIOLATION_CLASSES.stream()
        .filter(type -> type.isAnnotatedWith(ViolatesRule.class))
        .filter(
            type ->
                Arrays.asList(type.getAnnotationOfType(ViolatesRule.class).value())
                    .contains(rule.name()))
        .forEach(type -> names.add(type.getName()));
    return names;
  }

  private static Set<String> foundViolators(Rule rule) {
    Set<String> names = new TreeSet<>();
    rule.in(VIOLATIONS).evaluate(VIOLATION_CLASSES).getFailureReport().getDetails().stream()
        .flatMap(String::lines)
        .map(line -> line.strip().replaceFirst("^- ", ""))
        .filter(line -> !line.matches(HEADING_OF_A_CIRCLE))
        .forEach(line -> names.add(violator(line)));
    return names;
  }

  private static String violator(String line) {
    return VIOLATION_CLASSES.stream()
        .map(JavaClass::getName)
        .filter(name -> line.matches("\\w+ <" + Pattern.quote(name) + "[.>].*"))
        .findFirst()
        .orElse(line);
  }

  /** A rule, for the program or for its copy below another root package. */
  enum Rule {
    LAYERS_POINT_DOWNWARDS(ArchitectureTest::layers),
    EVERY_CLASS_IS_IN_A_LAYER(ArchitectureTest::everyClassIsInALayer),
    NO_CIRCLES_OF_PACKAGES(
        root ->
            slices()
                .matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .because(
                    "within a layer, too, there has to be a package to begin reading with, as of"
                        + " lab's parts")),
    DJL_ONLY_IN_ENGINE(
        root ->
            noClasses()
                .that()
                .resideOutsideOfPackage(root + ".engine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .because(
                    "NDArrays and their managers are freed by hand, which one package can get"
                        + " right; the rest sees images and records")),
    NO_JAVAFX_IN_THE_CORE(
        root ->
            noClasses()
                .that()
                .resideInAnyPackage(below(root, CORE))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("javafx..")
                .because("the command line and the training process run it where no window is")),
    DOMAIN_USES_THE_JDK_ONLY(
        root ->
            classes()
                .that()
                .resideInAPackage(root + ".domain..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(root + ".domain..", "java..", "org.jspecify..")
                .because("what the science says outlives every library it is computed with")),
    NAMES_SAY_WHAT_A_CLASS_DOES(
        root ->
            noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Info|Data)(\\$.*)?")
                .because("such a name fits anything, and so the class soon holds anything")),
    EXIT_ONLY_IN_MAIN(
        root ->
            noClasses()
                .that()
                .doNotHaveFullyQualifiedName(root + ".Main")
                .should()
                .accessTargetWhere(endsTheProgram())
                .because(
                    "code that ends the program can be neither tested nor used by the window")),
    IMAGE_FILES_ONLY_IN_DATASET(
        root ->
            noClasses()
                .that()
                .resideOutsideOfPackage(root + ".dataset..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("javax.imageio..")
                .because("damaged and huge pictures are refused in one place")),
    ONE_KIND_OF_TOOLTIP(
        root ->
            noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .doNotHaveFullyQualifiedName(root + ".ui.support.Tips")
                .should()
                .accessTargetWhere(
                    target(owner(nameMatching("javafx\\.scene\\.control\\.Tooltip")))
                        .and(target(nameMatching("<init>")))
                        .as("a tooltip of its own"))
                .because("JavaFX's own is one long line, which goes before one has read it")),
    ONE_PLACE_THAT_BREAKS_LINES(
        root ->
            noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .doNotHaveFullyQualifiedName(root + ".ui.control.LineBreaks")
                .should()
                .accessTargetWhere(breaksLines())
                .because(
                    "JavaFX fails to break lines of complex scripts; every label's skin, and"
                        + " LineBreaks for areas, keep it from that")),
    NOTHING_WEAK_IN_THE_WINDOW(
        root ->
            noClasses()
                .that()
                .resideInAPackage(root + ".ui..")
                .should()
                .accessTargetWhere(isHeldByNothing())
                .because(
                    "bindings are held weakly from both ends: the garbage collector takes one that"
                        + " is held by nothing else, and a control does nothing from then on"));

    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<String, ArchRule> rule;

    Rule(Function<String, ArchRule> rule) {
      this.rule = rule;
    }

    ArchRule in(String root) {
      return rule.apply(root).allowEmptyShould(true);
    }
  }

  private static ArchRule layers(String root) {
    LayeredArchitecture layers =
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("Main")
            .definedBy(root)
            .whereLayer("Main")
            .mayNotBeAccessedByAnyLayer();
    for (String layer : ROWS.stream().flatMap(List::stream).toList()) {
      layers = layers.layer(layer).definedBy(root + "." + layer + "..");
    }
    for (int row = 0; row < ROWS.size(); row++) {
      String[] lower =
          ROWS.subList(row + 1, ROWS.size()).stream().flatMap(List::stream).toArray(String[]::new);
      for (String layer : ROWS.get(row)) {
        boolean lowest = lower.length == 0;
        layers =
            lowest
                ? layers.whereLayer(layer).mayNotAccessAnyLayer()
                : layers.whereLayer(layer).mayOnlyAccessLayers(lower);
      }
    }
    return layers.because(
        "what points downwards only can be understood, tested and replaced from below; Main alone"
            + " wires, ui.shell composes the screens, and the screens do not know each other");
  }

  private static ArchRule everyClassIsInALayer(String root) {
    List<String> layers = ROWS.stream().flatMap(List::stream).toList();
    String[] packages =
        Stream.concat(Stream.of(root), Arrays.stream(below(root, layers))).toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .resideInAnyPackage(packages)
        .because("the rule of the layers does not see what is in none of them");
  }

  private static String[] below(String root, List<String> packages) {
    return packages.stream().map(name -> root + "." + name + "..").toArray(String[]::new);
  }

  /**
   * A property that is made on the way, as by {@code asObject()} or {@code
   * BooleanProperty.booleanProperty()}; a listener of a binding, which would itself have to be
   * held; JavaFX's weak listeners.
   */
  private static DescribedPredicate<JavaAccess<?>> breaksLines() {
    DescribedPredicate<JavaAccess<?>> inAControl =
        target(nameMatching("setWrapText|wrapTextProperty"))
            .and(target(DescribedPredicate.not(owner(nameMatching(".*\\.(Label|Tooltip)")))));
    return inAControl
        .or(target(nameMatching("setWrappingWidth|wrappingWidthProperty")))
        .or(target(owner(nameMatching(".*\\.TextFlow"))))
        .as("lines that JavaFX breaks");
  }

  private static DescribedPredicate<JavaAccess<?>> isHeldByNothing() {
    // By name and package: no class of JavaFX's is read, so that none is known to extend another.
    DescribedPredicate<JavaAccess<?>> made =
        target(owner(resideInAPackage("javafx.beans.property")))
            .and(target(nameMatching("asObject|[a-z]+Property")));
    DescribedPredicate<JavaAccess<?>> listened =
        target(owner(resideInAPackage("javafx.beans.binding")))
            .and(target(nameMatching("addListener|subscribe")));
    DescribedPredicate<JavaAccess<?>> weak =
        target(owner(nameMatching(".*\\.Weak\\w+"))).and(target(nameMatching("<init>")));
    return made.or(listened).or(weak).as("what nothing holds");
  }

  private static DescribedPredicate<JavaAccess<?>> endsTheProgram() {
    return target(owner(assignableTo(System.class).or(assignableTo(Runtime.class))))
        .and(target(nameMatching("exit|halt")))
        .as("the end of the program");
  }
}
