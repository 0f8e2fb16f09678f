package org.pagexplorer.ui.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some rows and columns of a grid.
 *
 * @param rows of images, from 0 on
 * @param columns of targets, from 0 on
 * @param isWhole whether that is all of it
 */
public record GridPart(List<Integer> rows, List<Integer> columns, boolean isWhole) {

  /** All of it. */
  public static GridPart whole(GridAttack attack) {
    return new GridPart(all(attack.images().size()), all(attack.heads().size()), true);
  }

  /** The row that a tile is in. */
  public static GridPart row(GridAttack attack, int tile) {
    int columns = attack.heads().size();
    return new GridPart(List.of(tile / columns), all(columns), false);
  }

  /** A tile. */
  public static GridPart tile(GridAttack attack, int tile) {
    int columns = attack.heads().size();
    return new GridPart(List.of(tile / columns), List.of(tile % columns), false);
  }

  private static List<Integer> all(int n) {
    return IntStream.range(0, n).boxed().toList();
  }

  /** Its tiles, row by row. */
  List<Integer> tiles(GridAttack attack) {
    List<Integer> tiles = new ArrayList<>();
    for (int row : rows) {
      for (int column : columns) {
        tiles.add(row * attack.heads().size() + column);
      }
    }
    return tiles;
  }

  <T> List<T> ofRows(List<T> all) {
    return rows.stream().map(all::get).toList();
  }

  <T> List<T> ofColumns(List<T> all) {
    return columns.stream().map(all::get).toList();
  }
}
