package org.pagexplorer.lab.alignment;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of some images of one model: their gradients and what goes with them, or how
 * the models name its pictures.
 *
 * @param model its place
 * @param from the first image, in the study's order
 * @param images of each the gradients' measures; empty where it is pictures
 * @param named for each model how many of the pictures it names as they were meant; else empty
 * @param pictures how many were made
 * @param energies log Σ exp f of each picture; else empty
 */
record MeasuredPiece(
    int model,
    int from,
    List<ImageMeasures> images,
    List<Integer> named,
    int pictures,
    List<Double> energies) {
  private static final Gson GSON = new GsonBuilder().serializeSpecialFloatingPointValues().create();

  @SuppressWarnings("NullAway") // Gson leaves out what a damaged file does not say
  MeasuredPiece {
    images = images == null ? List.of() : List.copyOf(images);
    named = named == null ? List.of() : List.copyOf(named);
    energies = energies == null ? List.of() : List.copyOf(energies);
  }

  static MeasuredPiece gradients(int model, int from, List<ImageMeasures> images) {
    return new MeasuredPiece(model, from, images, List.of(), 0, List.of());
  }

  static MeasuredPiece pictures(int model, int from, List<Integer> named, List<Double> energies) {
    return new MeasuredPiece(model, from, List.of(), named, energies.size(), energies);
  }

  boolean isOfGradients() {
    return pictures == 0;
  }

  JsonObject json() {
    return GSON.toJsonTree(this).getAsJsonObject();
  }

  /**
   * @throws IllegalArgumentException if it is none
   */
  static MeasuredPiece of(JsonObject json) {
    try {
      @Nullable MeasuredPiece piece = GSON.fromJson(json, MeasuredPiece.class);
      if (piece != null && (piece.images().isEmpty() != (piece.pictures() == 0))) {
        return piece;
      }
    } catch (JsonParseException | NumberFormatException e) {
      throw new IllegalArgumentException("it is not a piece of a study", e);
    }
    throw new IllegalArgumentException("it is not a piece of a study");
  }
}
