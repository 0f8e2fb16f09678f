package org.pagexplorer.cli;

import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.lab.attack.SpecificationFields;
import picocli.CommandLine.Model.CommandSpec;

/** The ball that a command line asks for. */
final class Balls {
  private Balls() {}

  /**
   * Says so where the ball holds every image: 128/255 may be meant.
   *
   * @throws IllegalArgumentException as {@link ThreatModel#asked(Norm, double)}
   */
  static ThreatModel asked(Norm norm, double epsilon, InputShape shape, CommandSpec spec) {
    double diameter = Math.sqrt(shape.size());
    if (norm == Norm.L2 && epsilon > diameter) {
      Report.note(
          spec,
          "No two images of %s are farther apart than %.1f in L2, so that an epsilon of %s holds them all; pixels are in [0, 1]."
              .formatted(shape, diameter, SpecificationFields.number(epsilon)));
    }
    return ThreatModel.asked(norm, epsilon);
  }
}
