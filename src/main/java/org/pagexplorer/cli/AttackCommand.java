package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.attack.Aim;
import org.pagexplorer.lab.attack.AttackedGrid;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.SpecificationFields;
import org.pagexplorer.lab.attack.TargetGrid;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.lab.figure.FigureFile;
import org.pagexplorer.lab.figure.GridFigure;
import org.pagexplorer.lab.figure.GridSize;
import org.pagexplorer.lab.figure.MovingPicture;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.OpenModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pag attack}. */
@Command(
    name = "attack",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Turns images into every class, as seen by one or more models.")
final class AttackCommand implements Callable<Integer> {

  @Mixin ModelOptions models;

  @Mixin ImageOptions images;
  @Mixin GoalOptions goals;
  @Mixin MaskOptions masks;
  @Mixin BallOptions ball;
  @Mixin AttackOptions attack;

  @Option(
      names = "--precision",
      paramLabel = "exact|fast",
      description =
          "exact is float32; fast takes bfloat16 where the hardware has it, for pictures (default:"
              + " ${DEFAULT-VALUE})")
  Precision precision = Precision.EXACT;

  @Mixin BatchOption batch = new BatchOption(50);

  @Mixin EngineOptions engineOptions;

  @Mixin FigureOutput out;

  @Option(
      names = "--raw",
      paramLabel = "FILE",
      description =
          "write the pictures as float32: .safetensors with origin [N,3,H,W] and, for each model k,"
              + " result.k [N,C,3,H,W] with targets in class order; or .npy for numpy.load, the"
              + " results alone in that order, [models·N·C,3,H,W]")
  @Nullable Path raw;

  @Option(
      names = "--frames",
      paramLabel = "FILE",
      description =
          "write the attack step by step: .apng with exact colors, .gif with 256 colors per frame,"
              + " or a folder for one PNG file per step")
  @Nullable Path frames;

  @Mixin ReportOptions report;

  private final List<KeptFrames> kept = new ArrayList<>();

  @Override
  public Integer call() {
    goals.check(report.spec);
    masks.check(ball.norm);
    checkOutputs();
    List<OpenModel> opened = models.read();
    Agreement.check(opened);
    List<String> classes = opened.getFirst().card().classes();
    List<OriginalImage> subjects =
        masks.within(images.read(opened.getFirst(), report.spec), classes, images.fit.value);
    goals.only(masks.onlyTarget(subjects), report.spec);
    Optional<Aim> aim = goals.aims.aim(classes);
    aim.ifPresent(some -> opened.forEach(model -> some.goals(model.card()))); // before any work
    AttackSpecification specification =
        attack.specification(ball, subjects.getFirst().image().shape(), report.spec);
    List<String> columns = goals.columns(classes);
    if (raw != null) {
      GridArchive.check(
          raw, (long) subjects.size() * columns.size(), subjects.getFirst().image().shape());
    }
    checkSize(opened, subjects, columns, specification);
    sayWhatWillBe(opened, subjects, specification);
    AttackedGrid grid;
    try (TorchEngine engine = engineOptions.open()) {
      grid =
          new AttackedGrid(
              opened, subjects, columns, attackAll(opened, subjects, specification, engine));
    }
    write(
        grid,
        new AttackReport(grid, aim, specification, precision, engineOptions.device, images, masks));
    return 0;
  }

  private void checkOutputs() {
    out.check();
    if (frames != null && MovingPicture.isFile(frames)) {
      OutputFile.check(frames, "--frames");
    }
    if (raw != null) {
      GridArchive.check(raw);
      OutputFile.check(raw, "--raw");
    }
  }

  private void checkSize(
      List<OpenModel> models,
      List<OriginalImage> subjects,
      List<String> columns,
      AttackSpecification specification) {
    GridSize size =
        new GridSize(
            models.size(), subjects.size(), columns.size(), subjects.getFirst().image().shape());
    size.checkMemory(
        specification,
        models.getFirst().card().classes().size(),
        raw == null || !GridArchive.keepsCopies(raw) ? 1 : 2);
    out.check(size);
    if (frames != null) {
      KeptFrames.check(size.pictures(), specification.steps(), size.shape());
    }
  }

  private void sayWhatWillBe(
      List<OpenModel> models, List<OriginalImage> subjects, AttackSpecification specification) {
    for (OriginalImage subject : subjects) {
      if (!subject.note().isEmpty()) {
        report.line(subject.origin() + " was " + subject.note() + ".");
      }
    }
    if (goals.untargeted && subjects.stream().anyMatch(s -> s.label().isEmpty())) {
      report.line("Pictures without a label are attacked away from the model's prediction.");
    }
    report.line(
        SpecificationFields.line(specification, precision)
            + goals.aims.aim(models.getFirst().card().classes()).map(Aim::words).orElse("")
            + OriginalImage.regionsInWords(subjects)
            + ".");
    if (models.stream().anyMatch(m -> m.card().method().equals("vanilla")) && !goals.untargeted) {
      report.line("What a vanilla model imagines looks like noise; that is the paper's point.");
    }
  }

  private List<List<List<AttackedImage>>> attackAll(
      List<OpenModel> models,
      List<OriginalImage> subjects,
      AttackSpecification specification,
      TorchEngine engine) {
    List<List<List<AttackedImage>>> results = new ArrayList<>();
    for (OpenModel model : models) {
      try (Classifier classifier = model.classifier(engine, precision)) {
        List<List<Goal>> wanted = goals.goals(subjects, model.card(), classifier);
        List<AttackedImage> flat =
            new TargetGrid(classifier, specification, batch.size)
                .run(
                    TargetGrid.within(tiles(subjects, wanted), subjects, model.card().classes()),
                    observer(model, specification, wanted))
                .orElseThrow();
        results.add(AttackedGrid.rows(flat, wanted.getFirst().size()));
      }
    }
    return results;
  }

  private static List<Tile> tiles(List<OriginalImage> subjects, List<List<Goal>> wanted) {
    List<Tile> tiles = new ArrayList<>();
    for (int i = 0; i < subjects.size(); i++) {
      for (Goal goal : wanted.get(i)) {
        tiles.add(new Tile(i, subjects.get(i).image(), goal));
      }
    }
    return tiles;
  }

  private TargetGrid.Observer observer(
      OpenModel model, AttackSpecification specification, List<List<Goal>> wanted) {
    double tiles = (double) wanted.size() * wanted.getFirst().size();
    double steps = Math.ceil(tiles / batch.size) * (specification.steps() + 1);
    TargetGrid.Observer progress =
        Progress.ofGrid(report, model.card().name() + ": ", steps * specification.restarts(), "");
    if (frames == null) {
      return progress;
    }
    KeptFrames keeping = new KeptFrames(progress);
    kept.add(keeping);
    return keeping;
  }

  private void writeFrames(Path file, AttackedGrid grid, AttackReport found) {
    int last = found.steps();
    new MovingPicture(
            last + 1,
            step -> {
              AttackedGrid at = step == last ? grid : at(step, grid);
              String footer = "step %d of %d: %s".formatted(step, last, found.footer());
              return MovingPicture.drawn(GridFigure.of(at, footer));
            })
        .write(file);
    if (MovingPicture.isGif(file)) {
      report.line("A GIF has 256 colors per frame; .apng keeps all of them.");
    }
  }

  private AttackedGrid at(int step, AttackedGrid grid) {
    List<List<List<AttackedImage>>> results = new ArrayList<>();
    for (int k = 0; k < kept.size(); k++) {
      List<AttackedImage> ends = grid.of(k).toList();
      results.add(AttackedGrid.rows(kept.get(k).at(step, ends), grid.columns().size()));
    }
    return new AttackedGrid(grid.models(), grid.subjects(), grid.columns(), results);
  }

  private void write(AttackedGrid grid, AttackReport found) {
    if (raw != null) {
      GridArchive.write(raw, grid, found.metadata());
    }
    if (out.file != null) {
      GridFigure figure = GridFigure.of(grid, found.footer());
      FigureFile.write(out.file, figure.width(), figure.height(), figure::draw);
      report.noteMissingFonts();
    }
    if (frames != null) {
      writeFrames(frames, grid, found);
    }
    report.json(found::json);
    report.lines(found.table());
    Stream.of(Optional.ofNullable(out.file), Optional.ofNullable(frames), Optional.ofNullable(raw))
        .flatMap(Optional::stream)
        .forEach(file -> report.line("Wrote " + file + "."));
  }
}
