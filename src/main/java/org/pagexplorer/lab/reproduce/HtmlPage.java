package org.pagexplorer.lab.reproduce;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.TextFile;
import org.pagexplorer.lab.reproduce.Page.Block;
import org.pagexplorer.lab.reproduce.Page.Code;
import org.pagexplorer.lab.reproduce.Page.Heading;
import org.pagexplorer.lab.reproduce.Page.Items;
import org.pagexplorer.lab.reproduce.Page.Numbers;
import org.pagexplorer.lab.reproduce.Page.Picture;
import org.pagexplorer.lab.reproduce.Page.Text;

/** A page as one HTML file that loads nothing: no script, no fonts, pictures within it. */
final class HtmlPage {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1f2328; --quiet: #59636e; --line: #d1d9e0; --paper: #ffffff; --code: #f6f8fa; --apart: #9a3412; }
      @media (prefers-color-scheme: dark) {
        :root { --ink: #e6edf3; --quiet: #9198a1; --line: #3d444d; --paper: #0d1117; --code: #151b23; --apart: #f0a27a; }
      }
      body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
      h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .92rem; }
      caption { caption-side: top; text-align: left; color: var(--quiet); padding-bottom: .5rem; }
      th, td { padding: .3rem .7rem; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--line); }
      th:first-child, td:first-child { text-align: left; }
      td.paper, th.paper { color: var(--quiet); } td.apart { color: var(--apart); }
      figure { margin: 1rem 0; } figure img { max-width: 100%; height: auto; background: #ffffff; border: 1px solid var(--line); }
      figcaption { color: var(--quiet); }
      pre { background: var(--code); padding: .8rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; max-height: 24rem; }
      li { overflow-wrap: anywhere; }
      """;

  private HtmlPage() {}

  /** Writes it. */
  static void write(Page page, Path file) {
    TextFile.save(file, html(page));
  }

  static String html(Page page) {
    String body = page.blocks().stream().map(HtmlPage::block).collect(Collectors.joining("\n"));
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%1$s</title>
    <style>
    %2$s</style>
    </head>
    <body>
    <h1>%1$s</h1>
    %3$s
    </body>
    </html>
    """
        .formatted(escaped(page.title()), STYLE, body);
  }

  private static String block(Block block) {
    return switch (block) {
      case Heading heading -> "<h2>" + escaped(heading.text()) + "</h2>";
      case Text text -> "<p>" + escaped(text.text()) + "</p>";
      case Items items ->
          items.texts().stream()
              .map(text -> "<li>" + escaped(text) + "</li>")
              .collect(Collectors.joining("\n", "<ul>\n", "\n</ul>"));
      case Code code -> "<pre>" + lines(code.text()) + "</pre>";
      case Numbers numbers -> table(numbers);
      case Picture picture -> figure(picture);
    };
  }

  private static String table(Numbers numbers) {
    StringBuilder html = new StringBuilder("<div class=\"scroll\"><table>\n<caption>");
    html.append(escaped(numbers.caption())).append("</caption>\n<thead>");
    html.append(row(numbers.heads(), numbers.heads(), "th")).append("</thead>\n<tbody>\n");
    for (List<String> row : numbers.rows()) {
      html.append(row(row, numbers.heads(), "td")).append('\n');
    }
    return html.append("</tbody></table></div>").toString();
  }

  private static String row(List<String> texts, List<String> heads, String tag) {
    StringBuilder html = new StringBuilder("<tr>");
    for (int j = 0; j < texts.size(); j++) {
      String text = texts.get(j);
      String style =
          heads.get(j).equals("paper")
              ? " class=\"paper\""
              : text.endsWith("▲") || text.endsWith("▼") ? " class=\"apart\"" : "";
      html.append('<').append(tag).append(style).append('>').append(escaped(text));
      html.append("</").append(tag).append('>');
    }
    return html.append("</tr>").toString();
  }

  private static String figure(Picture picture) {
    String name = String.valueOf(picture.specification().getFileName());
    byte[] specification = bytes(picture.specification());
    return """
    <figure><img alt="%s" src="data:image/png;base64,%s">
    <figcaption>%s</figcaption>
    <details><summary>Specification (<a download="%s" href="data:application/json;base64,%s">%s</a>)</summary>
    <pre>%s</pre></details></figure>\
    """
        .formatted(
            escaped(picture.caption()),
            base64(bytes(picture.file())),
            escaped(picture.caption()),
            escaped(name),
            base64(specification),
            escaped(name),
            lines(new String(specification, StandardCharsets.UTF_8)));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw Sentences.unreadable(file, e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Lines stay lines. */
  private static String lines(String text) {
    return text.lines().map(HtmlPage::escaped).collect(Collectors.joining("\n"));
  }

  /** Names of models are other people's. */
  private static String escaped(String text) {
    return Printable.of(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
