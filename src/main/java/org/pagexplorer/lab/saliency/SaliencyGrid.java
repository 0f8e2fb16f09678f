package org.pagexplorer.lab.saliency;

import java.util.List;
import java.util.stream.Stream;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.SaliencyMap;
import org.pagexplorer.domain.SaliencySpecification;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.model.OpenModel;

/**
 * What several methods say of the same images and models.
 *
 * @param models at least one
 * @param subjects at least one image
 * @param classes whose scores are asked about, one an image
 * @param methods at least one
 * @param maps by model, then method, then image
 */
public record SaliencyGrid(
    List<OpenModel> models,
    List<OriginalImage> subjects,
    List<Integer> classes,
    List<SaliencySpecification> methods,
    List<List<List<SaliencyMap>>> maps) {

  /** Model {@code k}'s map of image {@code i} by method {@code m}. */
  public SaliencyMap at(int k, int m, int i) {
    return maps.get(k).get(m).get(i);
  }

  /** All maps of method {@code m}. */
  public Stream<Image> of(int m) {
    return maps.stream().flatMap(ofModel -> ofModel.get(m).stream()).map(SaliencyMap::values);
  }

  /** The name of the class that image {@code i}'s maps are of. */
  public String target(int i) {
    return models.getFirst().card().classes().get(classes.get(i));
  }
}
