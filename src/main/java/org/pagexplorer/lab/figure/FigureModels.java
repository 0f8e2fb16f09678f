package org.pagexplorer.lab.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pagexplorer.checkpoint.catalogue.ModelCatalogue;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.model.OpenModel;

/** Which of the models at hand a figure shows. */
public final class FigureModels {
  private static final int MOST = 6;

  private FigureModels() {}

  /**
   * The first model's kind of images and classes decides about the others.
   *
   * @param folders of models
   * @param runs folders of runs, whose finished models count
   */
  public static List<OpenModel> atHand(int figure, List<Path> folders, List<Path> runs) {
    List<Path> all = new ArrayList<>(folders);
    runs.forEach(folder -> all.addAll(foldersIn(folder)));
    List<ModelFile> usable =
        ModelCatalogue.scan(all).stream()
            .filter(ModelFile.class::isInstance)
            .map(ModelFile.class::cast)
            .filter(entry -> entry.card().classes().size() > 2)
            .toList();
    List<ModelFile> chosen = figure == 5 ? ablation(usable) : oneOfEach(figure, usable);
    return chosen.stream()
        .filter(entry -> agree(chosen.getFirst().card(), entry.card()))
        .limit(MOST)
        .map(entry -> OpenModel.read(entry.file()))
        .toList();
  }

  private static boolean agree(ModelCard first, ModelCard other) {
    return first.classes().equals(other.classes())
        && first.architecture().input().equals(other.architecture().input());
  }

  private static List<Path> foldersIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UserException("The folder " + folder + " cannot be listed; choose another.", e);
    }
  }

  /** Figure 1: vanilla and adversarially trained; 4: vanilla, the realizations, RIGD. */
  private static List<ModelFile> oneOfEach(int figure, List<ModelFile> usable) {
    List<Method> methods =
        figure == 1
            ? List.of(Method.VANILLA, Method.ADVERSARIAL)
            : Stream.of(Method.values()).filter(m -> m == Method.VANILLA || m.aligns()).toList();
    List<ModelFile> chosen = new ArrayList<>();
    for (Method method : methods) {
      first(usable, method).ifPresent(chosen::add);
    }
    return chosen;
  }

  private static Optional<ModelFile> first(List<ModelFile> usable, Method method) {
    return usable.stream().filter(e -> e.card().method().equals(method.id())).findFirst();
  }

  /** Class Mean, one model a λ, from the smallest. */
  private static List<ModelFile> ablation(List<ModelFile> usable) {
    Map<Double, ModelFile> byLambda = new LinkedHashMap<>();
    usable.stream()
        .filter(e -> e.card().method().equals(Method.CLASS_MEAN.id()))
        .filter(e -> Double.isFinite(LambdaFigure.lambda(e.card())))
        .sorted(Comparator.comparingDouble(e -> LambdaFigure.lambda(e.card())))
        .forEach(e -> byLambda.putIfAbsent(LambdaFigure.lambda(e.card()), e));
    return List.copyOf(byLambda.values());
  }

  /** What to do where there is none. */
  public static String missing(int figure) {
    return figure == 5
        ? "No Class Mean models are available: train some with pag train --method class-mean"
            + " --lambda 0.01,0.1,0.4,1 --run-dir DIR, or specify them with --models."
        : "No models are available for figure " + figure + ": specify them with --models.";
  }
}
