package org.pagexplorer.ui.explore;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Software;
import org.pagexplorer.lab.AttackedGrid;
import org.pagexplorer.lab.GridFigure;
import org.pagexplorer.lab.GridSubject;
import org.pagexplorer.lab.OpenModel;
import org.pagexplorer.lab.SpecificationFields;
import org.pagexplorer.ui.attack.GridRun;
import org.pagexplorer.ui.attack.OriginalImage;

/**
 * A finished grid on its way to a file: the figure as PNG, and beside it, as JSON, what it was made
 * from.
 *
 * @param model the attacked checkpoint
 * @param specification the attack
 * @param precision how it was computed
 * @param images the rows
 * @param heads the columns
 * @param results the tiles, row by row
 */
record GridExport(
    Path model,
    AttackSpecification specification,
    Precision precision,
    List<OriginalImage> images,
    List<String> heads,
    List<AttackedImage> results) {

  /** The grid of a run, or nothing while tiles are still under attack. */
  static @Nullable GridExport of(GridRun run) {
    List<AttackedImage> results = new ArrayList<>();
    for (int i = 0; i < run.tiles().size(); i++) {
      AttackedImage result = run.trajectory(i).result();
      if (result == null) {
        return null;
      }
      results.add(result);
    }
    return new GridExport(
        run.model().file(),
        run.specification(),
        run.precision(),
        run.images(),
        run.heads(),
        results);
  }

  /** Writes {@code file} and the same name with {@code .json}; not on the FX thread. */
  void write(Path file) throws IOException {
    OpenModel open = OpenModel.read(model);
    AttackedGrid grid = new AttackedGrid(List.of(open), subjects(open), heads, List.of(rows()));
    String footer = SpecificationFields.line(specification) + ", " + precisionInWords();
    ImageFiles.writePng(file, GridFigure.draw(grid, footer));
    String json = new GsonBuilder().setPrettyPrinting().create().toJson(provenance(open));
    Files.writeString(beside(file), json + "\n");
  }

  /** {@code grid.png} → {@code grid.json}. */
  static Path beside(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".json");
  }

  private List<GridSubject> subjects(OpenModel open) {
    List<GridSubject> subjects = new ArrayList<>();
    for (OriginalImage image : images) {
      String caption =
          image.label().isPresent()
              ? open.card().classes().get(image.label().getAsInt())
              : image.name();
      subjects.add(new GridSubject(image.name(), caption, image.image(), image.label(), ""));
    }
    return subjects;
  }

  private List<List<AttackedImage>> rows() {
    List<List<AttackedImage>> rows = new ArrayList<>();
    for (int from = 0; from < results.size(); from += heads.size()) {
      rows.add(results.subList(from, from + heads.size()));
    }
    return rows;
  }

  private String precisionInWords() {
    return precision == Precision.EXACT ? "float32" : "fast";
  }

  private Map<String, Object> provenance(OpenModel open) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("software", Software.NAME_AND_VERSION);
    fields.put("model", String.valueOf(model));
    fields.put("modelSha256", open.sha256());
    fields.put("attack", SpecificationFields.of(specification));
    fields.put("precision", precisionInWords());
    fields.put("images", images.stream().map(OriginalImage::name).toList());
    fields.put("columns", heads);
    return fields;
  }
}
