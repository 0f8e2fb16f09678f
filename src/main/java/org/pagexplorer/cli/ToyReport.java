package org.pagexplorer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.lab.toy.SeedStudy;
import org.pagexplorer.lab.toy.SetupText;
import org.pagexplorer.lab.toy.ToySetup;

/** What {@code pag playground} found, for people and for scripts. */
final class ToyReport {
  private ToyReport() {}

  static void print(ToySetup setup, List<SeedStudy.Result> results, ReportOptions report) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int scheme = 0; scheme < setup.schemes().size(); scheme++) {
      int number = scheme;
      List<SeedStudy.Result> own = results.stream().filter(r -> r.scheme() == number).toList();
      ToySetup.Scheme which = setup.schemes().get(scheme);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("method", which.method().id());
      row.put("lambda", which.method().aligns() ? which.lambda() : 0);
      row.put("seeds", own.stream().map(ToyReport::fields).toList());
      rows.add(row);
      own.forEach(r -> report.line(line(which, r)));
      report.line(summary(which, own));
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("setup", SetupText.of(setup));
    all.put("methods", rows);
    report.json(() -> all);
  }

  private static Map<String, @Nullable Object> fields(SeedStudy.Result result) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("seed", result.seed());
    fields.put("clean", result.clean());
    fields.put("attacked", result.attacked());
    fields.put("marginAboveEpsilon", result.robust());
    fields.put("margin", Double.isFinite(result.margin()) ? result.margin() : null);
    return fields;
  }

  private static String line(ToySetup.Scheme scheme, SeedStudy.Result r) {
    return String.format(
        Locale.ROOT,
        "%-28s seed %-5d clean %5.1f %%   after PGD %5.1f %%   margin > ε %5.1f %%   mean margin"
            + " %s",
        scheme.title(),
        r.seed(),
        100 * r.clean(),
        100 * r.attacked(),
        100 * r.robust(),
        Double.isInfinite(r.margin())
            ? "– (no boundary)"
            : String.format(Locale.ROOT, "%5.1f", r.margin()));
  }

  private static String summary(ToySetup.Scheme scheme, List<SeedStudy.Result> own) {
    return String.format(
        Locale.ROOT,
        "%-28s %d seeds    clean %s   after PGD %s   margin > ε %s",
        scheme.title(),
        own.size(),
        spread(own, SeedStudy.Result::clean),
        spread(own, SeedStudy.Result::attacked),
        spread(own, SeedStudy.Result::robust));
  }

  private static String spread(
      List<SeedStudy.Result> own, ToDoubleFunction<SeedStudy.Result> share) {
    SeedStudy.Spread spread = SeedStudy.Spread.of(own.stream().mapToDouble(share).toArray());
    return String.format(
        Locale.ROOT, "%.1f ± %.1f %%", 100 * spread.mean(), 100 * spread.deviation());
  }
}
