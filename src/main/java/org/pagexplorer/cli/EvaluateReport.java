package org.pagexplorer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.domain.Software;
import org.pagexplorer.domain.Wilson;
import org.pagexplorer.domain.WrittenNumber;
import org.pagexplorer.lab.attack.SpecificationFields;
import org.pagexplorer.lab.measure.Cell;
import org.pagexplorer.lab.measure.Column;
import org.pagexplorer.lab.measure.Comparison;
import org.pagexplorer.lab.measure.Integrity.Finding;
import org.pagexplorer.lab.measure.IntegrityCheck;
import org.pagexplorer.lab.measure.OutputWarning;
import org.pagexplorer.lab.measure.ResultTable;
import org.pagexplorer.lab.measure.RobustnessCurve;
import org.pagexplorer.lab.measure.RobustnessTable;
import org.pagexplorer.lab.measure.Survivors;
import org.pagexplorer.lab.measure.TableTexts;
import org.pagexplorer.lab.measure.TableTexts.Place;
import org.pagexplorer.lab.model.OpenModel;

/** What {@code pag evaluate} found, for people and for scripts. */
final class EvaluateReport {
  private static final Set<AttackMethod> APGD =
      Set.of(AttackMethod.APGD_CE, AttackMethod.APGD_DLR, AttackMethod.APGD_T);

  private final EvaluateCommand command;
  private final List<OpenModel> models;
  private final Comparison comparison;
  private final RobustnessTable table;
  private final Map<Place, List<Finding>> findings;
  private final Map<Place, RobustnessCurve> curves;

  /**
   * @param comparison may still be filling; only the heading is asked for before it is done
   */
  EvaluateReport(EvaluateCommand command, List<OpenModel> models, Comparison comparison) {
    this.command = command;
    this.models = models;
    this.comparison = comparison;
    table = comparison.table();
    findings = comparison.findings();
    curves = comparison.curves();
  }

  String heading(Dataset dataset) {
    String attacks =
        table.columns().stream()
            .flatMap(column -> column.attack().stream())
            .map(this::line)
            .collect(Collectors.joining("; "));
    return "%s, %s split, %d images; %s, float32. %s."
        .formatted(
            dataset.name(), command.split.value.id(), dataset.size(), attacks, TableTexts.COUNTED);
  }

  private String line(RobustnessAttack attack) {
    return switch (attack.method()) {
      case PGD, PGD_RESTARTS -> SpecificationFields.line(attack.pgd()) + calls(attack);
      case APGD_CE, APGD_DLR, APGD_T, FAB_T, SQUARE, SUITE ->
          "%s, ε = %s%s"
              .formatted(
                  attack.title(),
                  SpecificationFields.number(attack.threat().epsilon()),
                  effort(attack));
      case AUTOATTACK, AUTOATTACK_RAND ->
          "%s (%s, in this order, each on the survivors of those before), ε = %s%s"
              .formatted(
                  attack.title(),
                  attack.method().parts().stream()
                      .map(AttackMethod::title)
                      .collect(Collectors.joining(", ")),
                  SpecificationFields.number(attack.threat().epsilon()),
                  effort(attack) + (attack.isStandardEffort() ? ": as its authors run it" : ""));
    };
  }

  private String effort(RobustnessAttack attack) {
    List<AttackMethod> parts = attack.method().parts();
    String iterations = ", " + attack.iterations() + " iterations";
    String queries = ", " + attack.queries() + " queries";
    return (parts.equals(List.of(AttackMethod.SQUARE)) ? "" : iterations)
        + (parts.contains(AttackMethod.SQUARE) ? queries : "")
        + climbs(attack)
        + calls(attack);
  }

  /** What Auto-PGD does in L1 alone. */
  private String climbs(RobustnessAttack attack) {
    List<AttackMethod> parts = attack.method().parts();
    boolean isOneBall = attack.method() == AttackMethod.AUTOATTACK_RAND;
    if (attack.threat().norm() != Norm.L1
        || isOneBall
        || parts.stream().noneMatch(APGD::contains)) {
      return "";
    }
    int classes = models.getFirst().card().classes().size();
    return ", APGD in 3ε, 2ε, and ε"
        + (parts.contains(AttackMethod.APGD_CE)
            ? ", APGD-CE from %d starts".formatted(attack.starts())
            : "")
        + (parts.contains(AttackMethod.APGD_T)
            ? ", APGD-T toward %d targets".formatted(attack.targets(AttackMethod.APGD_T, classes))
            : "");
  }

  private static String calls(RobustnessAttack attack) {
    return attack.draws() == 1 ? "" : ", gradients over " + attack.draws() + " calls";
  }

  ResultTable table() {
    return comparison.results(false);
  }

  ResultTable compactTable() {
    return comparison.results(true);
  }

  void print() {
    for (int k = 0; k < models.size(); k++) {
      command.report.line(table.models().get(k).name() + "  " + models.get(k).file());
      for (OutputWarning warning : comparison.warnings(k)) {
        line("  WARNING  %s: %s".formatted(warning.title(), warning.meaning()));
      }
      for (int j = 0; j < table.columns().size(); j++) {
        print(k, j);
      }
    }
    PublishedOptions.print(comparison, command.report);
    command.report.json(this::json);
  }

  private void print(int k, int j) {
    Column column = table.columns().get(j);
    Cell cell = table.cell(k, j);
    String paper =
        table.paper(k, j).map(share -> "  (the paper: %.2f %%)".formatted(100 * share)).orElse("");
    line(
        "  %-26s %7s %s  %d of %d%s"
            .formatted(
                column.longTitle(),
                CardText.percent(cell.accuracy()),
                CardText.interval(cell.interval()),
                cell.correct(),
                cell.n(),
                paper));
    Survivors.line(column, cell).ifPresent(each -> line("    " + each));
    Survivors.warning(column, cell).ifPresent(warning -> line("    WARNING  " + warning));
    if (cell.zeroGradientShare() > 0) {
      line(
          "    zero gradients in %s of the steps: the attacked accuracy may be too high"
              .formatted(CardText.percent(cell.zeroGradientShare())));
    }
    findings.getOrDefault(new Place(k, j), List.of()).forEach(this::print);
    RobustnessCurve curve = curves.get(new Place(k, j));
    if (curve != null) {
      curve.points().forEach(this::print);
    }
  }

  private void print(Finding finding) {
    String value =
        finding.check() == IntegrityCheck.FEW_IMAGES
            ? "%.0f".formatted(finding.survived())
            : CardText.percent(finding.survived());
    line(
        finding.flagged()
            ? "    FLAG  %s (%s): %s"
                .formatted(finding.check().title(), value, finding.check().meaning())
            : "    ok    %s: no (%s)".formatted(finding.check().title(), value));
  }

  private void print(RobustnessCurve.Point point) {
    line(
        "    ε = %-8s %7s %s"
            .formatted(
                WrittenNumber.fourDigits(point.epsilon()),
                CardText.percent(point.accuracy()),
                CardText.interval(point.interval())));
  }

  private void line(String text) {
    command.report.line(text);
  }

  private Map<String, Object> json() {
    RobustnessAttack first = table.columns().get(1).attack().orElseThrow();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("software", Software.NAME_AND_VERSION);
    json.put("dataset", table.dataset().name());
    json.put("folder", command.data.folder.toString());
    json.put("split", command.split.value.id());
    Map<String, Object> fields = fields(first);
    fields.put("targeted", false);
    fields.put("precision", "float32");
    fields.put("device", command.engineOptions.device);
    json.put("specification", fields);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int k = 0; k < models.size(); k++) {
      rows.add(row(k));
    }
    json.put("models", rows);
    if (!comparison.published().isEmpty()) {
      json.put("published", PublishedOptions.json(comparison));
    }
    return json;
  }

  private static Map<String, Object> fields(RobustnessAttack attack) {
    Map<String, Object> fields = SpecificationFields.of(attack.pgd());
    fields.remove("keep"); // of pictures; here no iterate is kept
    fields.put("counts", "any-iterate");
    fields.put("attack", attack.method().id());
    fields.put("iterations", attack.iterations());
    fields.put("queries", attack.queries());
    fields.put("eot", attack.draws());
    return fields;
  }

  private Map<String, Object> row(int k) {
    Cell clean = table.cell(k, 0);
    Cell attacked = table.cell(k, 1);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("file", models.get(k).file().toString());
    row.put("name", models.get(k).card().name());
    row.put("sha256", models.get(k).sha256());
    row.put("clean", clean.accuracy());
    row.put("cleanInterval", ends(clean.interval()));
    row.put("attacked", attacked.accuracy());
    row.put("interval", ends(attacked.interval()));
    row.put("n", attacked.n());
    row.put("zeroGradientShare", attacked.zeroGradientShare());
    row.put("warnings", comparison.warnings(k).stream().map(OutputWarning::id).toList());
    List<Map<String, Object>> columns = new ArrayList<>();
    for (int j = 0; j < table.columns().size(); j++) {
      columns.add(column(k, j));
    }
    row.put("columns", columns);
    return row;
  }

  private Map<String, Object> column(int k, int j) {
    Column column = table.columns().get(j);
    Cell cell = table.cell(k, j);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", column.longTitle());
    column.attack().ifPresent(attack -> json.put("specification", fields(attack)));
    json.put("accuracy", cell.accuracy());
    json.put("interval", ends(cell.interval()));
    json.put("n", cell.n());
    List<Survivors.After> survivors = Survivors.of(column, cell);
    if (!survivors.isEmpty()) {
      json.put("survivors", survivors.stream().map(EvaluateReport::json).toList());
    }
    table.paper(k, j).ifPresent(paper -> json.put("paper", paper));
    List<Finding> own = findings.get(new Place(k, j));
    if (own != null) {
      json.put("integrity", own.stream().map(EvaluateReport::json).toList());
      json.put(
          "flags", TableTexts.flagged(own).stream().map(finding -> finding.check().id()).toList());
    }
    RobustnessCurve curve = curves.get(new Place(k, j));
    if (curve != null) {
      json.put("curve", curve.points().stream().map(EvaluateReport::json).toList());
    }
    return json;
  }

  private static Map<String, Object> json(Survivors.After after) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("attack", after.attack().id());
    json.put("survivors", after.survivors());
    return json;
  }

  private static Map<String, Object> json(Finding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("check", finding.check().id());
    json.put("value", finding.survived());
    json.put("flagged", finding.flagged());
    return json;
  }

  private static Map<String, Object> json(RobustnessCurve.Point point) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("epsilon", point.epsilon());
    json.put("accuracy", point.accuracy());
    json.put("interval", ends(point.interval()));
    json.put("n", point.n());
    return json;
  }

  private static List<Double> ends(Wilson interval) {
    return List.of(interval.low(), interval.high());
  }
}
