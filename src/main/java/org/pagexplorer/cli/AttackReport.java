package org.pagexplorer.cli;

import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Software;
import org.pagexplorer.lab.attack.Aim;
import org.pagexplorer.lab.attack.AimText;
import org.pagexplorer.lab.attack.AttackedGrid;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.SpecificationFields;
import org.pagexplorer.lab.model.OpenModel;

/**
 * What {@code pag attack} found: as JSON, as a table, and as a file's metadata.
 *
 * @param grid the pictures
 * @param aim what was wanted where that is not one class each
 * @param specification the attack
 * @param precision how it was computed
 * @param device where
 * @param images where the images come from
 * @param masks which of their regions may change
 */
record AttackReport(
    AttackedGrid grid,
    Optional<Aim> aim,
    AttackSpecification specification,
    Precision precision,
    String device,
    ImageOptions images,
    MaskOptions masks) {

  /** T. */
  int steps() {
    return specification.steps();
  }

  /** What goes below a figure. */
  String footer() {
    return SpecificationFields.line(specification, precision)
        + aim.map(Aim::words).orElse("")
        + OriginalImage.regionsInWords(grid.subjects());
  }

  private SequencedMap<String, Object> specificationFields() {
    SequencedMap<String, Object> fields = SpecificationFields.of(specification);
    fields.put("targeted", isTargeted());
    aim.ifPresent(some -> fields.put("aim", AimText.json(some)));
    fields.put("precision", precision.id());
    fields.put("device", device);
    fields.put("source", images.source());
    if (!masks.files.isEmpty()) {
      fields.put("masks", masks.json());
    }
    return fields;
  }

  private boolean isTargeted() {
    return grid.at(0, 0, 0).goal().targeted();
  }

  private List<String> classes() {
    return grid.models().getFirst().card().classes();
  }

  /** Which files, and what is in them. */
  static List<Map<String, Object>> models(List<OpenModel> compared) {
    List<Map<String, Object>> models = new ArrayList<>();
    for (OpenModel model : compared) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("file", model.file().toString());
      json.put("name", model.card().name());
      json.put("sha256", model.sha256());
      models.add(json);
    }
    return models;
  }

  /** From which the same pictures can be made again; values that are no words are JSON. */
  SequencedMap<String, String> metadata() {
    SequencedMap<String, String> metadata = new LinkedHashMap<>();
    metadata.put("software", Software.NAME_AND_VERSION);
    specificationFields()
        .forEach(
            (key, value) ->
                metadata.put(
                    key, value instanceof List ? new Gson().toJson(value) : String.valueOf(value)));
    metadata.put("models", new Gson().toJson(models(grid.models())));
    metadata.put("classes", new Gson().toJson(classes()));
    metadata.put("targets", new Gson().toJson(grid.columns()));
    metadata.put(
        "images", new Gson().toJson(grid.subjects().stream().map(OriginalImage::origin).toList()));
    return metadata;
  }

  /** Images of the first model first. */
  SequencedMap<String, Object> json() {
    SequencedMap<String, Object> json = new LinkedHashMap<>();
    json.put("software", Software.NAME_AND_VERSION);
    json.put("specification", specificationFields());
    json.put("classes", classes());
    json.put("models", models(grid.models()));
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int k = 0; k < grid.models().size(); k++) {
      for (int i = 0; i < grid.subjects().size(); i++) {
        rows.add(row(k, i));
      }
    }
    json.put("images", rows);
    return json;
  }

  private Map<String, Object> row(int k, int i) {
    OriginalImage subject = grid.subjects().get(i);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("model", grid.models().get(k).file().toString());
    if (!images.starts.isEmpty()) {
      row.put("start", subject.origin());
    } else if (images.files.isEmpty()) {
      row.put("index", Integer.parseInt(subject.origin()));
    } else {
      row.put("file", subject.origin());
      row.put("note", subject.note());
    }
    subject.label().ifPresent(label -> row.put("label", classes().get(label)));
    row.put("predicted", classes().get(grid.at(k, i, 0).predictedBefore()));
    row.put(
        "targets",
        IntStream.range(0, grid.columns().size())
            .mapToObj(j -> picture(grid.at(k, i, j)))
            .toList());
    return row;
  }

  private Map<String, Object> picture(AttackedImage one) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", one.goal().title(classes()));
    json.put("before", one.before());
    json.put("after", one.after());
    json.put("success", one.success());
    json.put("predicted", classes().get(one.predicted()));
    json.put("l1", one.l1());
    json.put("l2", one.l2());
    json.put("linf", one.linf());
    json.put("projectionShare", one.projectionShare());
    json.put("zeroGradientShare", one.zeroGradientShare());
    json.put("step", one.keptStep());
    if (!one.goal().isOfClass()) {
      json.put("lossBefore", one.lossByStep()[0]);
      json.put("lossAfter", one.lossByStep()[one.keptStep()]);
    }
    return json;
  }

  /** For people. */
  List<String> table() {
    List<String> lines = new ArrayList<>();
    for (int k = 0; k < grid.models().size(); k++) {
      for (int i = 0; i < grid.subjects().size(); i++) {
        lines.add(title(k, i));
        lines.add(
            "  class           before    after  predicted    %s   ‖δ‖₂    ‖δ‖∞  projected"
                .formatted(isL1() ? "   ‖δ‖₁ " : ""));
        for (int j = 0; j < grid.columns().size(); j++) {
          lines.add(line(grid.at(k, i, j)));
        }
      }
    }
    for (int k = 0; k < grid.models().size(); k++) {
      lines.add(summary(k));
    }
    return lines;
  }

  private String title(int k, int i) {
    OriginalImage subject = grid.subjects().get(i);
    String name = images.areIndexed() ? "image " + subject.origin() : subject.origin();
    String label =
        subject.label().isPresent() ? " (" + classes().get(subject.label().getAsInt()) + ")" : "";
    return grid.models().get(k).card().name() + ", " + name + label;
  }

  private boolean isL1() {
    return specification.threat().norm() == Norm.L1;
  }

  private String line(AttackedImage one) {
    return String.format(
        Locale.ROOT,
        "  %-14s %7s  %7s  %-14s %s%6.3f  %6.4f  %9s",
        one.goal().title(classes()),
        CardText.percent(one.before()),
        CardText.percent(one.after()),
        classes().get(one.predicted()),
        isL1() ? String.format(Locale.ROOT, "%7.2f ", one.l1()) : "",
        one.l2(),
        one.linf(),
        CardText.percent(one.projectionShare()));
  }

  private String summary(int k) {
    long reached = grid.of(k).filter(AttackedImage::success).count();
    double before = grid.of(k).mapToDouble(AttackedImage::before).average().orElse(0);
    double after = grid.of(k).mapToDouble(AttackedImage::after).average().orElse(0);
    double zero = grid.of(k).mapToDouble(AttackedImage::zeroGradientShare).average().orElse(0);
    if (grid.of(k).anyMatch(one -> one.goal().classIndex() == Goal.NO_CLASS)) {
      return summaryOfLosses(k, zero);
    }
    return String.format(
        Locale.ROOT,
        "%s: %d of %d %s, mean confidence %s → %s, zero gradients %s.",
        grid.models().get(k).card().name(),
        reached,
        grid.of(k).count(),
        isTargeted() ? "targets reached" : "left their class",
        CardText.percent(before),
        CardText.percent(after),
        CardText.percent(zero));
  }

  /** Where no class is wanted: of features, how large the units are; else the loss. */
  private String summaryOfLosses(int k, double zero) {
    boolean features = aim.filter(Aim.Features.class::isInstance).isPresent();
    int sign = features ? -1 : 1;
    return String.format(
        Locale.ROOT,
        "%s: mean %s %.4g → %.4g, confidence in the likeliest class %s → %s, zero gradients %s.",
        grid.models().get(k).card().name(),
        features ? "activation" : "loss",
        sign * grid.of(k).mapToDouble(one -> one.lossByStep()[0]).average().orElse(0),
        sign * grid.of(k).mapToDouble(one -> one.lossByStep()[one.keptStep()]).average().orElse(0),
        CardText.percent(grid.of(k).mapToDouble(AttackedImage::before).average().orElse(0)),
        CardText.percent(grid.of(k).mapToDouble(AttackedImage::after).average().orElse(0)),
        CardText.percent(zero));
  }
}
