package org.pagexplorer.lab.measure;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.WrittenNumber;

/**
 * The fields of one of RobustBench's entries, which were typed by many people: numbers are texts,
 * missing, empty, or null, and the norm is only in the name of the folder.
 *
 * @param given its name where the file says one beside it; else the file's name
 */
record EntryFields(JsonObject object, Path file, String given) {
  private static final int LONGEST = 300;
  private static final String CLEAN = "clean_acc";
  private static final String AUTOATTACK = "autoattack_acc";

  /** Whether it has an accuracy at all. */
  static boolean isEntry(JsonObject object) {
    return object.has(CLEAN) || object.has(AUTOATTACK);
  }

  /**
   * @throws IllegalArgumentException saying which field is wrong
   */
  PublishedEntry entry() {
    String threat = threat();
    Optional<Norm> norm = norm(threat);
    OptionalDouble clean = accuracy(CLEAN);
    OptionalDouble robust = accuracy(AUTOATTACK);
    if (clean.isEmpty() && robust.isEmpty()) {
      throw new IllegalArgumentException("it has no accuracy");
    }
    return new PublishedEntry(
        id(),
        text("name"),
        dataset(),
        norm.map(Norm::title).orElse(threat),
        norm,
        epsilon(norm),
        clean,
        robust,
        text("architecture"),
        truth("additional_data"),
        text("venue").equals("N/A") ? "" : text("venue"),
        link(),
        warning(robust));
  }

  private String id() {
    if (!given.isEmpty()) {
      return shortened(given);
    }
    String name = String.valueOf(file.getFileName()).replaceFirst("(?i)\\.json$", "");
    // A file of many says nothing about one.
    return shortened(has("model_name") ? text("model_name") : name);
  }

  private String dataset() {
    String said = text("dataset");
    return said.isEmpty() ? folder(2) : said;
  }

  /** What the entry says, else what its folder is called. */
  private String threat() {
    for (String field : new String[] {"threat_model", "norm"}) {
      if (!text(field).isEmpty()) {
        return text(field);
      }
    }
    String folder = folder(1);
    return norm(folder).isPresent() || letters(folder).matches("l0|corruptions.*") ? folder : "";
  }

  /** The name of the folder so many levels above, or nothing. */
  private String folder(int levels) {
    Path absolute = file.toAbsolutePath().normalize();
    for (int i = 0; i < levels; i++) {
      Path above = absolute.getParent();
      if (above == null) {
        return "";
      }
      absolute = above;
    }
    return shortened(Objects.toString(absolute.getFileName(), ""));
  }

  private static Optional<Norm> norm(String threat) {
    return switch (letters(threat.replace('∞', 'i').replace('ℓ', 'l'))) {
      case "linf", "li", "linfinity", "linfty" -> Optional.of(Norm.LINF);
      case "l2" -> Optional.of(Norm.L2);
      case "l1" -> Optional.of(Norm.L1);
      default -> Optional.empty();
    };
  }

  private static String letters(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** An L∞ radius above 1 is in no unit that could be known. */
  private OptionalDouble epsilon(Optional<Norm> norm) {
    double value = WrittenNumber.parse(text("eps"));
    double most = norm.filter(Norm.LINF::equals).isPresent() ? 1 : 1e6;
    return value > 0 && value <= most ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /** Of %, in [0, 1]; nothing where the text is empty or no number. */
  private OptionalDouble accuracy(String field) {
    double percent = WrittenNumber.parse(text(field).replaceFirst("\\s*%$", ""));
    if (Double.isNaN(percent)) {
      return OptionalDouble.empty();
    }
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("\"" + field + "\" must be 0 to 100 %");
    }
    return OptionalDouble.of(percent / 100);
  }

  private String warning(OptionalDouble robust) {
    OptionalDouble external = accuracy("external");
    if (external.isPresent() && external.getAsDouble() < robust.orElse(0)) {
      return String.format(
          Locale.ROOT, "another attack left %.2f %%", 100 * external.getAsDouble());
    }
    return truth("unreliable") ? "RobustBench calls it unreliable" : "";
  }

  private String link() {
    String link = text("link");
    return link.matches("(?i)https?://\\S+") ? link : "";
  }

  private boolean truth(String field) {
    return text(field).equalsIgnoreCase("true");
  }

  private boolean has(String field) {
    return !text(field).isEmpty();
  }

  /** As one line without the leaderboard's HTML; empty where there is none. */
  private String text(String field) {
    return object.get(field) instanceof JsonPrimitive value
        ? shortened(value.getAsString().replaceAll("<[^<>]*>", " ").replaceAll("\\s+", " "))
        : "";
  }

  private static String shortened(String text) {
    String line = Printable.of(text).strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
