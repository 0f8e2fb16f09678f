package org.pagexplorer.lab.reproduce;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.Sha256;
import org.pagexplorer.lab.figure.Drawing;
import org.pagexplorer.lab.figure.FigureSpecification;
import org.pagexplorer.lab.figure.FigureText;

/** A figure's picture and its specification in the folder of finished steps. */
final class FigureFiles {
  static final String DIGEST = "sha256";

  private final Parts parts;
  private final FigureSpecification specification;

  FigureFiles(Parts parts, FigureSpecification specification) {
    this.parts = parts;
    this.specification = specification;
  }

  static String id(int figure) {
    return "figure-" + figure;
  }

  static String picture(int figure) {
    return id(figure) + ".png";
  }

  String id() {
    return id(specification.figure());
  }

  Path picture() {
    return parts.file(picture(specification.figure()));
  }

  /** The specification itself. */
  JsonObject key() {
    JsonObject key = new JsonObject();
    key.addProperty("specification", FigureText.digest(specification));
    return key;
  }

  void write(Drawing drawing) {
    drawing.write(picture());
    FigureText.write(picture(), specification);
  }

  /** Whether the picture of a finished step is still the one that was drawn. */
  static boolean isUnchanged(Parts parts, String id, JsonObject result) {
    if (!result.has(DIGEST)) {
      return true; // it has none
    }
    try {
      Path file = parts.file(id + ".png");
      return Files.isRegularFile(FigureText.beside(file))
          && Sha256.of(file).equals(result.get(DIGEST).getAsString());
    } catch (IOException e) {
      return false;
    }
  }

  /** What identifies the picture: one that was changed since is made again. */
  JsonObject result() {
    JsonObject result = new JsonObject();
    try {
      result.addProperty(DIGEST, Sha256.of(picture()));
    } catch (IOException e) {
      throw Sentences.unreadable(picture(), e);
    }
    return result;
  }
}
