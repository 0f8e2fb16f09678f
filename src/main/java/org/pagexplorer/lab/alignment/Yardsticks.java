package org.pagexplorer.lab.alignment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.run.Realization;

/** The realizations that models are held against. */
public final class Yardsticks {
  /** Chosen, as in trainings. */
  private static final int NEIGHBORS = 100;

  private static final int CLUSTERS = 10;

  private Yardsticks() {}

  /** All that need no teacher, then RIGD of each teacher, once a file. */
  public static List<Realization> all(List<OpenModel> teachers, long seed) {
    List<Realization> all =
        new ArrayList<>(
            List.of(
                new Realization.OneImage(List.of()),
                new Realization.ClassMean(),
                new Realization.NearestNeighbor(NEIGHBORS, seed),
                new Realization.ClusterMean(CLUSTERS, seed)));
    Map<String, OpenModel> bySha = new LinkedHashMap<>();
    teachers.forEach(teacher -> bySha.putIfAbsent(teacher.sha256(), teacher));
    bySha.forEach(
        (sha256, teacher) ->
            all.add(
                new Realization.Rigd(
                    teacher.card().name(),
                    sha256,
                    engine -> teacher.classifier(engine, Precision.EXACT))));
    return all;
  }

  /** Those among some models that teach: the adversarially trained ones. */
  public static List<OpenModel> teachersAmong(List<OpenModel> models) {
    return models.stream()
        .filter(model -> model.card().method().equals(Method.ADVERSARIAL.id()))
        .toList();
  }

  /** For instance {@code Class Mean} or {@code RIGD, Robust L2}. */
  public static String titleOf(Realization realization) {
    return switch (realization) {
      case Realization.Rigd rigd -> realization.method().title() + ", " + rigd.name();
      case Realization.FromFile file -> String.valueOf(file.path().getFileName());
      default -> realization.method().title();
    };
  }

  /** Whether a model is good at a realization by construction, being trained toward it. */
  public static boolean isTrainedToward(OpenModel model, Realization realization) {
    if (realization instanceof Realization.FromFile) {
      return false; // it is of held-out images, and no training's
    }
    String id = realization.method().id();
    boolean method =
        model.card().method().equals(id) || id.equals(model.card().training().get("realization"));
    return realization instanceof Realization.Rigd rigd
        ? model.sha256().equals(rigd.sha256())
            || (method && rigd.sha256().equals(model.card().training().get("teacher-sha256")))
        : method;
  }
}
