package org.pagexplorer.lab.measure;

import java.util.Locale;
import java.util.Optional;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.domain.ThreatModel;

/** The accuracies of the paper's Tables 1 (CIFAR-10) and 2 (STL), in %: clean, L∞, L2. */
public final class PaperNumbers {
  private static final String CIFAR10_NAME = "CIFAR-10";

  /** The paper's ResNet-18 has 64 channels in its first stage. */
  private static final int WIDTH = 64;

  private PaperNumbers() {}

  /**
   * The paper's accuracy in [0, 1] for a model of its network, trained as its card says on all of
   * the paper's dataset; nothing where the paper has no such row or column, or what is compared is
   * not the same.
   *
   * @param measuredOn the dataset whose test images were counted
   */
  public static Optional<Double> of(ModelCard card, Column column, String measuredOn) {
    if (!isThePapers(card) || !card.dataset().equals(measuredOn)) {
      return Optional.empty();
    }
    int place = place(column, card);
    return place < 0
        ? Optional.empty()
        : table(card)
            .flatMap(table -> table.row(row(card)))
            .map(row -> row.values().get(place) / 100);
  }

  /**
   * ResNet-18 of the usual width, no fewer images than the dataset has, and random weights at
   * first, if it says so.
   */
  private static boolean isThePapers(ModelCard card) {
    String all = card.dataset().equals(CIFAR10_NAME) ? "50000" : "5000";
    return card.architecture().family().equals(Family.RESNET18)
        && card.architecture().width() == WIDTH
        && card.training().getOrDefault("images", all).equals(all)
        && card.initialCheckpoint().isEmpty();
  }

  /** By the exact name: copies as JPEG, parts and folders of a user's have other names. */
  private static Optional<PaperTables.Table> table(ModelCard card) {
    return switch (card.dataset()) {
      case CIFAR10_NAME -> Optional.of(PaperTables.of("table-1"));
      case "STL-10" -> Optional.of(PaperTables.of("table-2"));
      default -> Optional.empty();
    };
  }

  /** The row of Tables 1 and 2 that a model's training belongs to, whatever its size. */
  public static String row(ModelCard card) {
    if (!card.method().equals("rigd")) {
      return card.method();
    }
    String teacher = card.training().getOrDefault("teacher", "").toLowerCase(Locale.ROOT);
    return teacher.contains("linf") || teacher.contains("l∞")
        ? "rigd-linf"
        : teacher.contains("l2") || teacher.contains("ℓ2") ? "rigd-l2" : "rigd";
  }

  /** The column's place, or −1 where it is none of the paper's. */
  private static int place(Column column, ModelCard card) {
    if (column.attack().isEmpty()) {
      return 0;
    }
    RobustnessAttack attack = column.attack().get();
    double epsilon = Presets.evaluationEpsilon(attack.threat().norm(), card.architecture().input());
    ThreatModel threat = new ThreatModel(attack.threat().norm(), epsilon);
    boolean papers =
        attack.method() == AttackMethod.PGD
            && attack
                .pgd()
                .equals(RobustnessAttack.usual(AttackMethod.PGD, threat, attack.seed()).pgd());
    return switch (attack.threat().norm()) {
      case L1 -> -1;
      case L2 -> papers ? 2 : -1;
      case LINF -> papers ? 1 : -1;
    };
  }
}
