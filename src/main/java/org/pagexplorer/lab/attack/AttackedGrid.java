package org.pagexplorer.lab.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.lab.model.OpenModel;

/**
 * What several models made of the same images, as in the paper's Figures 1 and 4.
 *
 * @param models at least one
 * @param subjects at least one image
 * @param columns a name for each picture of an image
 * @param results by model, then image, then column
 */
public record AttackedGrid(
    List<OpenModel> models,
    List<OriginalImage> subjects,
    List<String> columns,
    List<List<List<AttackedImage>>> results) {

  public AttackedGrid {
    models = List.copyOf(models);
    subjects = List.copyOf(subjects);
    columns = List.copyOf(columns);
    results = List.copyOf(results);
    for (List<List<AttackedImage>> ofModel : results) {
      for (List<AttackedImage> row : ofModel) {
        if (ofModel.size() != subjects.size() || row.size() != columns.size()) {
          throw new IllegalArgumentException("the grid is not rectangular");
        }
      }
    }
  }

  /** Pictures of one model, row after row, as its rows. */
  public static List<List<AttackedImage>> rows(List<AttackedImage> flat, int columns) {
    List<List<AttackedImage>> rows = new ArrayList<>();
    for (int from = 0; from < flat.size(); from += columns) {
      rows.add(List.copyOf(flat.subList(from, from + columns)));
    }
    return rows;
  }

  /**
   * A picture on its way, of which only what a grid shows is known.
   *
   * @param probabilities softmax of its logits, a value a class
   */
  public static AttackedImage iterate(Goal goal, Image image, float[] probabilities, int step) {
    float[] none = {};
    return new AttackedImage(
        goal, image, probabilities, probabilities, none, none, 0, 0, 0, 0, 0, step);
  }

  /** Model {@code k}'s picture of image {@code i} in column {@code j}. */
  public AttackedImage at(int k, int i, int j) {
    return results.get(k).get(i).get(j);
  }

  /** All pictures of model {@code k}. */
  public Stream<AttackedImage> of(int k) {
    return results.get(k).stream().flatMap(List::stream);
  }
}
