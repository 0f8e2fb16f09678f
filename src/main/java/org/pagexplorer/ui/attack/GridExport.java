package org.pagexplorer.ui.attack;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Software;
import org.pagexplorer.lab.AttackedGrid;
import org.pagexplorer.lab.GridFigure;
import org.pagexplorer.lab.GridSubject;
import org.pagexplorer.lab.OpenModel;
import org.pagexplorer.lab.SpecificationFields;

/**
 * A finished grid, or the grids of several models of the same images, on the way to a file: the
 * figure as PNG, and beside it, as JSON, what it was made from.
 *
 * @param runs one a model, with the same images, columns and attack
 * @param results the tiles of each, row by row
 */
public record GridExport(List<GridRun> runs, List<List<AttackedImage>> results) {

  /** The grids of these runs, or nothing while tiles are still under attack. */
  public static Optional<GridExport> of(List<GridRun> runs) {
    List<List<AttackedImage>> results = new ArrayList<>();
    for (GridRun run : runs) {
      List<AttackedImage> own = new ArrayList<>();
      for (int i = 0; i < run.tiles().size(); i++) {
        AttackedImage result = run.trajectory(i).result();
        if (result == null) {
          return Optional.empty();
        }
        own.add(result);
      }
      results.add(own);
    }
    return runs.isEmpty() ? Optional.empty() : Optional.of(new GridExport(runs, results));
  }

  private GridRun first() {
    return runs.getFirst();
  }

  /** Writes {@code file} and the same name with {@code .json}; not on the FX thread. */
  public void write(Path file) throws IOException {
    List<OpenModel> models = runs.stream().map(run -> OpenModel.read(run.model().file())).toList();
    AttackedGrid grid =
        new AttackedGrid(
            models,
            subjects(models.getFirst()),
            first().heads(),
            results.stream().map(this::rows).toList());
    String footer = SpecificationFields.line(first().specification()) + ", " + precisionInWords();
    ImageFiles.writePng(file, GridFigure.draw(grid, footer));
    String json = new GsonBuilder().setPrettyPrinting().create().toJson(provenance(models));
    Files.writeString(beside(file), json + "\n");
  }

  /** {@code grid.png} → {@code grid.json}. */
  public static Path beside(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".json");
  }

  private List<GridSubject> subjects(OpenModel open) {
    List<GridSubject> subjects = new ArrayList<>();
    for (OriginalImage image : first().images()) {
      String caption =
          image.label().isPresent()
              ? open.card().classes().get(image.label().getAsInt())
              : image.name();
      subjects.add(new GridSubject(image.name(), caption, image.image(), image.label(), ""));
    }
    return subjects;
  }

  private List<List<AttackedImage>> rows(List<AttackedImage> tiles) {
    int columns = first().heads().size();
    List<List<AttackedImage>> rows = new ArrayList<>();
    for (int from = 0; from < tiles.size(); from += columns) {
      rows.add(tiles.subList(from, from + columns));
    }
    return rows;
  }

  private String precisionInWords() {
    return first().precision() == Precision.EXACT ? "float32" : "fast";
  }

  private Map<String, Object> provenance(List<OpenModel> models) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("software", Software.NAME_AND_VERSION);
    fields.put(
        "models",
        models.stream()
            .map(model -> Map.of("file", model.file().toString(), "sha256", model.sha256()))
            .toList());
    fields.put("attack", SpecificationFields.of(first().specification()));
    fields.put("precision", precisionInWords());
    fields.put("images", first().images().stream().map(OriginalImage::name).toList());
    fields.put("columns", first().heads());
    return fields;
  }
}
