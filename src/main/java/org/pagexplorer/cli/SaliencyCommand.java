package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.ClassNames;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.SaliencyMap;
import org.pagexplorer.domain.SaliencySpecification;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.Saliency;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.figure.GridSize;
import org.pagexplorer.lab.figure.SaliencyFigure;
import org.pagexplorer.lab.figure.SaliencyView;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.lab.saliency.SaliencyGrid;
import org.pagexplorer.lab.saliency.SaliencyScale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pag saliency}. */
@Command(
    name = "saliency",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Shows which pixels a class's score depends on: gradients, SmoothGrad, integrated"
            + " gradients, a smoothed model's gradients, and Grad-CAM, of one or more models on the"
            + " same scale, in float32.")
final class SaliencyCommand implements Callable<Integer> {

  @Mixin ModelOptions models;
  @Mixin ImageOptions images;

  @Option(
      names = "--target",
      paramLabel = "CLASS",
      description =
          "the class whose score is looked at (default: each image's own; for a picture of yours,"
              + " what the first model predicts)")
  @Nullable String target;

  @Mixin SaliencyOptions saliency;

  @Option(
      names = "--scale",
      paramLabel = "common|own",
      description =
          "common: one value per method is full color, for all models and images; own: one per"
              + " picture (default: ${DEFAULT-VALUE})")
  SaliencyScale scale = SaliencyScale.COMMON;

  @Option(
      names = "--view",
      paramLabel = "signed|magnitude",
      split = ",",
      description =
          "signed: gray is 0; magnitude: black is 0, the largest |value| of the channels; both make"
              + " two columns (default: signed)")
  List<SaliencyView> views = List.of(SaliencyView.SIGNED);

  @Mixin BatchOption batch = new BatchOption(50);

  @Mixin EngineOptions engineOptions;

  @Mixin FigureOutput out;

  @Option(
      names = "--raw",
      paramLabel = "FILE",
      description =
          "write the values as float32: .safetensors with origin [N,3,H,W] and, for each method and"
              + " model k, saliency.METHOD.k [N,3,H,W] (Grad-CAM: [N,1,H,W]); or .npy for"
              + " numpy.load, one method's alone, [models·N,3,H,W]")
  @Nullable Path raw;

  @Mixin ReportOptions report;

  @Override
  public Integer call() {
    List<SaliencySpecification> specifications = saliency.specifications();
    out.check();
    if (raw != null) {
      SaliencyArchive.check(raw, specifications.size());
    }
    List<OpenModel> opened = models.read();
    Agreement.check(opened);
    for (OpenModel model : opened) {
      specifications.forEach(one -> Saliency.check(model.card().architecture(), one));
    }
    List<OriginalImage> subjects = images.read(opened.getFirst(), report.spec);
    int columns = specifications.size() * views.size();
    GridSize size =
        new GridSize(opened.size(), subjects.size(), columns, subjects.getFirst().image().shape());
    out.check(size);
    SaliencyGrid grid;
    try (TorchEngine engine = engineOptions.open()) {
      grid = compute(opened, subjects, specifications, engine);
    }
    write(new SaliencyReport(grid, scale, engineOptions.device, images));
    return 0;
  }

  private SaliencyGrid compute(
      List<OpenModel> opened,
      List<OriginalImage> subjects,
      List<SaliencySpecification> specifications,
      TorchEngine engine) {
    List<List<List<SaliencyMap>>> maps = new ArrayList<>();
    List<Integer> classes = List.of();
    for (OpenModel model : opened) {
      try (Classifier f = model.classifier(engine, Precision.EXACT)) {
        if (classes.isEmpty()) {
          classes = classes(subjects, model, f);
        }
        List<List<SaliencyMap>> ofModel = new ArrayList<>();
        for (SaliencySpecification specification : specifications) {
          ofModel.add(maps(f, specification, subjects, classes, model.card().name()));
        }
        maps.add(ofModel);
      }
    }
    return new SaliencyGrid(opened, subjects, classes, specifications, maps);
  }

  private List<SaliencyMap> maps(
      Classifier f,
      SaliencySpecification specification,
      List<OriginalImage> subjects,
      List<Integer> classes,
      String name) {
    String title = name + ", " + specification.method().title() + ": ";
    double gradients = (double) subjects.size() * specification.gradients();
    StepClock clock = new StepClock(Math.ceil(gradients / batch.size));
    AttackObserver observer =
        new AttackObserver() {
          @Override
          public void step(int t) {
            if (clock.step()) {
              report.live(title + clock.text());
            }
          }
        };
    return new Saliency(f, specification, batch.size)
        .of(
            subjects.stream().map(OriginalImage::image).toList(),
            classes.stream().mapToInt(Integer::intValue).toArray(),
            observer)
        .orElseThrow();
  }

  private List<Integer> classes(List<OriginalImage> subjects, OpenModel model, Classifier f) {
    List<String> known = model.card().classes();
    List<Integer> classes = new ArrayList<>();
    for (OriginalImage subject : subjects) {
      String name = target;
      classes.add(
          name != null
              ? ClassNames.index(known, name)
              : subject.label().orElseGet(() -> predicted(f, subject.image())));
    }
    return classes;
  }

  private static int predicted(Classifier f, Image image) {
    return f.predictions(List.of(image))[0];
  }

  private void write(SaliencyReport found) {
    if (raw != null) {
      SaliencyArchive.write(raw, found.grid(), found.metadata());
    }
    if (out.file != null) {
      new SaliencyFigure(found.grid(), scale, views, found.footer()).drawing().write(out.file);
      report.noteMissingFonts();
    }
    report.json(found::json);
    report.lines(found.table());
    Stream.of(Optional.ofNullable(out.file), Optional.ofNullable(raw))
        .flatMap(Optional::stream)
        .forEach(file -> report.line("Wrote " + file + "."));
  }
}
