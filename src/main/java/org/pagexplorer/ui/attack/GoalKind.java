package org.pagexplorer.ui.attack;

import java.util.Optional;
import org.pagexplorer.lab.attack.Aim;

/** What images are turned into, as the user chooses it. */
enum GoalKind {
  EACH_CLASS("toward each class"),
  BETWEEN("between classes"),
  FEATURE("toward a feature"),
  FROM_LABEL("away from the label"),
  NO_CLASS("away from all");

  private final String title;

  GoalKind(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** The one that is set. */
  static GoalKind of(AttackSettings settings) {
    Optional<Aim> aim = settings.aimProperty().get();
    if (aim.isEmpty()) {
      return settings.targetedProperty().get() ? EACH_CLASS : FROM_LABEL;
    }
    return switch (aim.get()) {
      case Aim.Between _ -> BETWEEN;
      case Aim.Features _ -> FEATURE;
      case Aim.AwayFromAll _ -> NO_CLASS;
    };
  }
}
