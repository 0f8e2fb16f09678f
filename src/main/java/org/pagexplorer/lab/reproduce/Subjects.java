package org.pagexplorer.lab.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Samples;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.figure.FigureMaker;
import org.pagexplorer.lab.figure.FigureSpecification.ModelReference;
import org.pagexplorer.lab.figure.FigureSpecification.Pictures;
import org.pagexplorer.lab.figure.FigureSpecification.Source;
import org.pagexplorer.lab.model.OpenModel;

/**
 * The images of Figures 1, 4, and 5: the first of some classes, whatever the models make of them.
 */
record Subjects(Dataset dataset) {
  private static final int STEPS = 50;

  /** The samples that ship where the models know their classes, else the test images. */
  static Optional<Subjects> of(OpenModel model, List<TestImages> images) {
    Dataset samples = Samples.open(Home.assets());
    if (samples.shape().equals(model.card().architecture().input())
        && samples.classes().equals(model.card().classes())) {
      return Optional.of(new Subjects(samples));
    }
    return images.stream().flatMap(some -> some.of(model).stream()).findFirst().map(Subjects::new);
  }

  /** The figure of some models, which agree, on the first image of so many classes. */
  Pictures figure(int figure, List<OpenModel> models, int count, ReproductionPlan plan) {
    InputShape shape = models.getFirst().card().architecture().input();
    ThreatModel threat = new ThreatModel(Norm.L2, Presets.pictureEpsilon(Norm.L2, shape));
    return new Pictures(
        figure,
        FigureMaker.references(figure, models).stream().map(Subjects::within).toList(),
        firstOf(count),
        Optional.of(new Source(dataset.name(), Datasets.hash(dataset))),
        models.getFirst().card().classes(),
        true,
        Optional.empty(),
        AttackSpecification.pictures(threat, STEPS),
        Precision.EXACT,
        plan.device(),
        plan.batch(),
        plan.threads());
  }

  /** A shipped model lies elsewhere on another machine. */
  private static ModelReference within(ModelReference model) {
    return Home.isShipped(model.file())
        ? model.at(Home.installation().relativize(model.file()))
        : model;
  }

  private List<OriginalImage> firstOf(int count) {
    int classes = dataset.classes().size();
    List<OriginalImage> first = new ArrayList<>();
    for (int i = 0; i < Math.min(count, classes); i++) {
      int label = i * classes / count;
      for (int index = 0; index < dataset.size(); index++) {
        if (dataset.label(index) == label) {
          first.add(
              new OriginalImage(
                  String.valueOf(index),
                  dataset.classes().get(label),
                  dataset.image(index),
                  OptionalInt.of(label),
                  ""));
          break;
        }
      }
    }
    return first;
  }
}
