package org.pagexplorer.lab.reproduce;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.lab.toy.ToySetup;

/**
 * What a reproduction is made from.
 *
 * @param models at least one; copies of one are one
 * @param images test images, a set for each size of the models' inputs
 * @param toy the toy dataset's networks, of the first seed
 * @param seeds how many networks of it are trained with each scheme
 * @param batch images at once
 * @param device {@code cpu}, {@code cuda:0}, …
 * @param threads PyTorch's on the CPU, 0 for all cores
 * @param page the HTML file to write; the PDF and the folder of finished steps are beside it
 * @param command the command line that repeats it
 */
public record ReproductionPlan(
    List<OpenModel> models,
    List<TestImages> images,
    ToySetup toy,
    int seeds,
    int batch,
    String device,
    int threads,
    Path page,
    String command) {
  private static final String ENDING = ".html";

  public ReproductionPlan {
    models =
        models.stream()
            .collect(
                Collectors.toMap(
                    model -> List.of(model.sha256(), model.weights()),
                    model -> model,
                    (first, copy) -> first,
                    LinkedHashMap::new))
            .values()
            .stream()
            .toList();
    images = List.copyOf(images);
    if (models.isEmpty() || images.isEmpty()) {
      throw new IllegalArgumentException("a reproduction needs models and images");
    }
    if (!page.toString().endsWith(ENDING)) {
      throw new UserException(
          "The page is written as *.html, which \"" + page.getFileName() + "\" does not end in.");
    }
  }

  /** The page of a name that may be a folder's. */
  public static Path page(Path place) {
    return place.toString().endsWith(ENDING) ? place : place.resolve("reproduction" + ENDING);
  }

  /** The PDF beside the page. */
  public Path pdf() {
    return sibling(".pdf");
  }

  /** Finished steps, figures, and specifications. */
  public Path parts() {
    return sibling("-parts");
  }

  /** Trainings for it. */
  public static Path runs(Path page) {
    return sibling(page, "-runs");
  }

  private Path sibling(String ending) {
    return sibling(page, ending);
  }

  private static Path sibling(Path page, String ending) {
    String name = String.valueOf(page.getFileName());
    return page.resolveSibling(name.substring(0, name.length() - ENDING.length()) + ending);
  }
}
