package org.pagexplorer.lab.measure;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import org.jspecify.annotations.Nullable;

/**
 * What was counted of some images of one cell.
 *
 * @param model its row
 * @param column its column
 * @param from the first image, in the table's order
 * @param right for each image 1 where it is classified correctly, else 0
 * @param standing of a suite of attacks, how many of the images have withstood each and those
 *     before
 * @param zeroGradientShare mean share of the attack's steps whose gradient was exactly zero
 * @param seconds that it took
 */
record MeasuredPiece(
    int model,
    int column,
    int from,
    String right,
    int @Nullable [] standing,
    double zeroGradientShare,
    double seconds) {
  private static final Gson GSON = new Gson();

  MeasuredPiece(
      RobustnessTable.Piece piece, boolean[] right, int[] standing, double zeros, double seconds) {
    this(piece.model(), piece.column(), piece.from(), digits(right), standing, zeros, seconds);
  }

  /** None in files of before there was AutoAttack. */
  @Override
  public int[] standing() {
    return standing == null ? new int[0] : standing;
  }

  private static String digits(boolean[] right) {
    StringBuilder digits = new StringBuilder(right.length);
    for (boolean one : right) {
      digits.append(one ? '1' : '0');
    }
    return digits.toString();
  }

  boolean[] named() {
    boolean[] named = new boolean[right.length()];
    for (int i = 0; i < named.length; i++) {
      named[i] = right.charAt(i) == '1';
    }
    return named;
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
      if (piece != null && piece.isWhole(json)) {
        return piece;
      }
    } catch (JsonParseException | NumberFormatException e) {
      throw new IllegalArgumentException("it is not a piece of a table", e);
    }
    throw new IllegalArgumentException("it is not a piece of a table");
  }

  private boolean isWhole(JsonObject json) {
    return json.get("right") instanceof JsonPrimitive
        && right.matches("[01]+")
        && java.util.Arrays.stream(standing()).allMatch(n -> n >= 0 && n <= right.length())
        && zeroGradientShare >= 0
        && zeroGradientShare <= 1
        && seconds >= 0;
  }
}
