package org.pagexplorer.lab.settings;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Files that were opened, of each kind the latest first, as a part of the settings. */
public final class Recents {
  /** Of each kind. */
  public static final int MOST = 8;

  private Recents() {}

  /** What can be opened again. */
  public enum Kind {
    MODELS,
    DATASETS,
    SPECIFICATIONS;

    private String field() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The files of a kind; what is no path is left out. */
  public static List<Path> of(JsonObject part, Kind kind) {
    List<Path> files = new ArrayList<>();
    if (part.get(kind.field()) instanceof JsonArray array) {
      for (JsonElement each : array) {
        if (files.size() < MOST && each instanceof JsonPrimitive text && text.isString()) {
          add(files, text.getAsString());
        }
      }
    }
    return files;
  }

  private static void add(List<Path> files, String text) {
    try {
      files.add(Path.of(text));
    } catch (InvalidPathException e) {
      // Another system's file.
    }
  }

  /** Puts a file first among those that another window may have written meanwhile. */
  public static UnaryOperator<JsonObject> opened(Kind kind, Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    return part -> {
      List<Path> files = new ArrayList<>(List.of(absolute));
      of(part, kind).stream().filter(other -> !other.equals(absolute)).forEach(files::add);
      JsonArray array = new JsonArray();
      files.stream().limit(MOST).forEach(each -> array.add(each.toString()));
      JsonObject changed = part.deepCopy();
      changed.add(kind.field(), array);
      return changed;
    };
  }

  /** Forgets all files of all kinds. */
  public static UnaryOperator<JsonObject> cleared() {
    return part -> new JsonObject();
  }
}
