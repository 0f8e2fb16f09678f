package org.pagexplorer.lab.figure;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.ModelCard.Measurement;
import org.pagexplorer.lab.attack.AttackedGrid;
import org.pagexplorer.lab.figure.FigureSpecification.ModelReference;
import org.pagexplorer.lab.model.OpenModel;

/** The paper's Figure 5: models of different λ, their pictures, cards' accuracies, and runs. */
final class LambdaFigure {
  private LambdaFigure() {}

  static Drawing of(AttackedGrid grid, List<ModelReference> models, String footer) {
    List<ModelCard> cards = grid.models().stream().map(OpenModel::card).toList();
    SequencedSet<String> attacks = new LinkedHashSet<>();
    cards.forEach(card -> card.measurements().forEach(m -> attacks.add(m.attack())));
    List<List<String>> rows = new ArrayList<>();
    for (ModelCard card : cards) {
      rows.add(attacks.stream().map(attack -> accuracy(card, attack)).toList());
    }
    List<String> names = cards.stream().map(card -> "λ = " + lambda(card)).toList();
    GridFigure figure =
        GridFigure.of(
            grid,
            names,
            new GridFigure.Numbers(attacks.stream().map(LambdaFigure::shortened).toList(), rows),
            footer + "; accuracies: " + measured(cards));
    return LambdaCurves.below(figure, models, names);
  }

  /** λ of a model's training; 0 of one that aligns nothing, NaN where its card says no number. */
  static double lambda(ModelCard card) {
    try {
      return Double.parseDouble(card.training().getOrDefault("lambda", "0"));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** {@code L2 PGD-20, ε = 0.5} → {@code L2}. */
  private static String shortened(String attack) {
    return attack.split(" ", 2)[0];
  }

  private static String accuracy(ModelCard card, String attack) {
    return card.measurements().stream()
        .filter(m -> m.attack().equals(attack))
        .findFirst()
        .map(m -> String.format(Locale.ROOT, "%.1f %%", 100 * m.accuracy()))
        .orElse("–");
  }

  private static String measured(List<ModelCard> cards) {
    SequencedSet<String> words = new LinkedHashSet<>();
    for (ModelCard card : cards) {
      for (Measurement m : card.measurements()) {
        if (!m.attack().equals("clean")) {
          words.add(m.attack() + ", n = " + m.n() + " of " + m.dataset());
        }
      }
    }
    return words.isEmpty() ? "none on the models' cards" : String.join("; ", words);
  }
}
