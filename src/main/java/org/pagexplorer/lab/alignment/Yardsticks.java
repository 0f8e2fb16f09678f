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
}
