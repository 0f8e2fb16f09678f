package org.pagexplorer.lab.reproduce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Method;
import org.pagexplorer.lab.attack.SpecificationFields;
import org.pagexplorer.lab.figure.FigureSpecification.Pictures;
import org.pagexplorer.lab.measure.PaperTables;
import org.pagexplorer.lab.model.OpenModel;

/**
 * What Figures 1, 4, and 5 show, or why they are not there.
 *
 * @param specifications by the paper's numbers
 * @param missing a sentence for each other number
 */
record PaperPictures(Map<Integer, Pictures> specifications, Map<Integer, String> missing) {
  private static final int MANY = 3;

  static PaperPictures of(ReproductionPlan plan) {
    PaperPictures figures = new PaperPictures(new LinkedHashMap<>(), new LinkedHashMap<>());
    Roles roles = new Roles(plan.models());
    List<OpenModel> contrast = roles.oneOfEach(Method.VANILLA, Method.ADVERSARIAL);
    figures.add(1, contrast.size() < 2 ? List.of() : contrast, MANY, plan, pair(roles));
    figures.add(
        4,
        roles.oneOfEach(
            Method.VANILLA,
            Method.ONE_IMAGE,
            Method.CLASS_MEAN,
            Method.NEAREST_NEIGHBOR,
            Method.RIGD),
        MANY,
        plan,
        "Figure 4 needs models of the paper's trainings; none was given.");
    List<OpenModel> ablation = roles.fitting(PaperTables.of("figure-5")).ablation();
    figures.add(
        5,
        ablation.stream().filter(model -> Roles.agree(ablation.getFirst(), model)).toList(),
        1,
        plan,
        "Figure 5 needs Class Mean models of CIFAR-10; none was given.");
    return figures;
  }

  /** What is said where Figure 1 has no two models. */
  private static String pair(Roles roles) {
    boolean vanilla = roles.of(Method.VANILLA).findAny().isPresent();
    boolean robust = roles.of(Method.ADVERSARIAL).findAny().isPresent();
    String given =
        vanilla && robust
            ? "those given differ in their images' size or classes."
            : vanilla
                ? "no adversarially trained one was given."
                : robust ? "no vanilla one was given." : "neither was given.";
    return "Figure 1 needs a vanilla and an adversarially trained model; " + given;
  }

  private void add(
      int figure, List<OpenModel> models, int images, ReproductionPlan plan, String lacking) {
    if (models.isEmpty()) {
      missing.put(figure, lacking);
      return;
    }
    Optional<Subjects> subjects = Subjects.of(models.getFirst(), plan.images());
    subjects.ifPresent(own -> specifications.put(figure, own.figure(figure, models, images, plan)));
    if (subjects.isEmpty()) {
      missing.put(
          figure,
          "Figure %d needs images of %s with the models' classes; there are none here."
              .formatted(figure, models.getFirst().card().architecture().input()));
    }
  }

  /** {@code L2, ε = 10, 50 steps}; empty where the figure is not there. */
  String attack(int figure) {
    Pictures pictures = specifications.get(figure);
    if (pictures == null) {
      return "";
    }
    AttackSpecification attack = pictures.attack();
    return "%s, ε = %s, %d steps"
        .formatted(
            attack.threat().norm().title(),
            SpecificationFields.number(attack.threat().epsilon()),
            attack.steps());
  }
}
