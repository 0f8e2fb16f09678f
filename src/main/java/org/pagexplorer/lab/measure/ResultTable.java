package org.pagexplorer.lab.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of texts as CSV, as TSV and as LaTeX.
 *
 * @param heads a name a column
 * @param rows as many texts as there are heads, each
 * @param notes sentences below it: what flags mean, how it was measured
 */
public record ResultTable(List<String> heads, List<List<String>> rows, List<String> notes) {

  public ResultTable {
    heads = List.copyOf(heads);
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
    for (List<String> row : rows) {
      if (row.size() != heads.size()) {
        throw new IllegalArgumentException(
            row.size() + " texts in a row of " + heads.size() + " columns");
      }
    }
  }

  /** The same with more notes below. */
  ResultTable withNotes(List<String> more) {
    return new ResultTable(heads, rows, Stream.concat(notes.stream(), more.stream()).toList());
  }

  /** RFC 4180, the notes as lines that begin with {@code #}. */
  public String csv() {
    List<String> lines = new ArrayList<>();
    notes.forEach(note -> lines.add("# " + note));
    lines.add(csv(heads));
    rows.forEach(row -> lines.add(csv(row)));
    return String.join("\r\n", lines) + "\r\n";
  }

  private static String csv(List<String> texts) {
    return texts.stream()
        .map(
            text ->
                text.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0)
                    ? "\"" + text.replace("\"", "\"\"") + "\""
                    : text)
        .collect(Collectors.joining(","));
  }

  /** Tabs between columns and no notes, as spreadsheets take it from the clipboard. */
  public String tsv() {
    return Stream.concat(Stream.of(heads), rows.stream())
        .map(
            texts ->
                texts.stream()
                    .map(text -> text.replaceAll("[\\t\\r\\n]+", " "))
                    .collect(Collectors.joining("\t")))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** A {@code tabular} for the {@code booktabs} package, the notes as comments. */
  public String latex() {
    StringBuilder latex = new StringBuilder();
    notes.forEach(note -> latex.append("% ").append(note).append('\n'));
    latex.append("\\begin{tabular}{l").append("r".repeat(heads.size() - 1)).append("}\n");
    latex.append("\\toprule\n").append(latex(heads)).append("\\midrule\n");
    rows.forEach(row -> latex.append(latex(row)));
    return latex.append("\\bottomrule\n\\end{tabular}\n").toString();
  }

  private static String latex(List<String> texts) {
    return texts.stream().map(ResultTable::escaped).collect(Collectors.joining(" & ")) + " \\\\\n";
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : text.toCharArray()) {
      escaped.append(
          switch (c) {
            case '&', '%', '$', '#', '_', '{', '}' -> "\\" + c;
            case '\\' -> "\\textbackslash{}";
            case '~' -> "\\textasciitilde{}";
            case '^' -> "\\textasciicircum{}";
            case '∞' -> "$\\infty$";
            case 'ℓ' -> "$\\ell$";
            case 'ε' -> "$\\epsilon$";
            case '†' -> "$^\\dagger$";
            case '×' -> "$\\times$";
            case '±' -> "$\\pm$";
            case '–' -> "--";
            default -> String.valueOf(c);
          });
    }
    return escaped.toString();
  }
}
