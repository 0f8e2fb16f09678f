package org.pagexplorer.lab.reproduce;

import com.google.gson.JsonObject;
import org.pagexplorer.lab.figure.FigureSpecification;

/** A step whose result is a figure. */
abstract class FigureStep implements Step {
  final FigureFiles files;

  FigureStep(Parts parts, FigureSpecification specification) {
    files = new FigureFiles(parts, specification);
  }

  @Override
  public final String id() {
    return files.id();
  }

  @Override
  public JsonObject key() {
    return files.key();
  }

  @Override
  public JsonObject result() {
    return files.result();
  }
}
