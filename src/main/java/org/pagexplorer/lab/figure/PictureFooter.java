package org.pagexplorer.lab.figure;

import org.pagexplorer.domain.Precision;
import org.pagexplorer.lab.attack.SpecificationFields;
import org.pagexplorer.lab.figure.FigureSpecification.Pictures;

/** How a figure's pictures were made, in a line. */
final class PictureFooter {
  private PictureFooter() {}

  static String of(Pictures specification) {
    return SpecificationFields.line(specification.attack())
        + (specification.precision() == Precision.EXACT ? ", float32" : ", fast precision");
  }
}
