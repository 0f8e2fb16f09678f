package org.pagexplorer.lab.figure;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.dataset.toy.PointFile;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Software;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.files.Sha256;
import org.pagexplorer.files.TextFile;
import org.pagexplorer.files.UserPath;
import org.pagexplorer.lab.JsonFields;
import org.pagexplorer.lab.attack.AimText;
import org.pagexplorer.lab.attack.SpecificationFields;
import org.pagexplorer.lab.figure.FigureSpecification.Epochs;
import org.pagexplorer.lab.figure.FigureSpecification.ModelReference;
import org.pagexplorer.lab.figure.FigureSpecification.Pictures;
import org.pagexplorer.lab.figure.FigureSpecification.Source;
import org.pagexplorer.lab.figure.FigureSpecification.Toy;
import org.pagexplorer.lab.toy.Region;
import org.pagexplorer.lab.toy.SetupText;
import org.pagexplorer.lab.toy.ToyProblem;
import org.pagexplorer.lab.toy.ToySetup;

/** Figures' specifications as JSON. */
public final class FigureText {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** All pictures that a figure may hold, in Base64, and what is said of them. */
  private static final int LONGEST = 256 << 20;

  private static final int MOST_MODELS = 100;
  private static final int MOST_AT_ONCE = 1_000_000;
  private static final int MOST_THREADS = 4096;
  private static final int LONGEST_SIDE = 4096;

  /** As far as the playground's view goes, and as near. */
  private static final double FARTHEST = 1000 * PointFile.FARTHEST;

  private static final double NEAREST = 1e-6;

  /** A finished training goes on by hand, a step or an epoch at a time. */
  private static final int MOST_STEPS_BEYOND = 100_000;

  private FigureText() {}

  /**
   * {@code grid.png} → {@code grid.png.json}: a name that belongs to this one figure, so that
   * whoever agrees to replace the figure has agreed to replace it too.
   */
  public static Path beside(Path figure) {
    return figure.resolveSibling(figure.getFileName() + ".json");
  }

  /**
   * Writes the specification beside its figure.
   *
   * @throws UserException if it cannot be written
   */
  public static void write(Path figure, FigureSpecification specification) {
    Path file = beside(figure);
    TextFile.save(file, GSON.toJson(json(specification)) + "\n");
  }

  /** SHA-256 of a specification, the same for the same figure. */
  public static String digest(FigureSpecification specification) {
    return Sha256.of(GSON.toJson(json(specification)).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads one.
   *
   * @throws UserException with one sentence if the file is missing or is none
   */
  public static FigureSpecification read(Path file) {
    try {
      return parse(JsonFields.parse(TextFile.read(file, LONGEST)));
    } catch (IOException e) {
      throw new UserException(
          file + " cannot be read: choose the .json that was written beside a figure.", e);
    } catch (UserException | IllegalArgumentException e) {
      throw new UserException(
          file
              + " is not a figure's specification ("
              + withoutStop(String.valueOf(e.getMessage()))
              + "): choose the .json that was written beside one.",
          e.getCause()); // a sentence within a sentence would be shown alone
    }
  }

  private static String withoutStop(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  static JsonObject json(FigureSpecification specification) {
    JsonObject json = new JsonObject();
    json.addProperty("figure", specification.figure());
    json.addProperty("software", Software.NAME_AND_VERSION);
    json.add("versions", versions());
    switch (specification) {
      case Toy toy -> {
        json.addProperty("setup", SetupText.of(toy.setup()));
        Region region = toy.region();
        json.add(
            "region",
            GSON.toJsonTree(
                List.of(region.left(), region.bottom(), region.width(), region.height())));
        json.addProperty("steps", toy.steps());
      }
      case Pictures pictures -> add(json, pictures);
    }
    return json;
  }

  /** For people: what the figure was made with, which is not needed to read it. */
  private static JsonObject versions() {
    JsonObject versions = new JsonObject();
    versions.addProperty("java", System.getProperty("java.version"));
    versions.addProperty("pytorch", TorchEngine.version());
    versions.addProperty(
        "system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return versions;
  }

  private static void add(JsonObject json, Pictures pictures) {
    JsonArray models = new JsonArray();
    for (ModelReference model : pictures.models()) {
      JsonObject one = new JsonObject();
      one.addProperty("name", model.name());
      one.addProperty("file", model.file().toString());
      one.addProperty("sha256", model.sha256());
      if (!model.weights().isEmpty()) {
        one.addProperty("weights", model.weights());
      }
      if (!model.epochs().isEmpty()) {
        one.add("epochs", GSON.toJsonTree(model.epochs()));
      }
      models.add(one);
    }
    json.add("models", models);
    JsonObject attack =
        GSON.toJsonTree(SpecificationFields.of(pictures.attack())).getAsJsonObject();
    attack.addProperty("targeted", pictures.targeted());
    json.add("attack", attack);
    pictures.aim().ifPresent(aim -> json.add("aim", AimText.json(aim)));
    json.add("columns", GSON.toJsonTree(pictures.columns()));
    json.addProperty("precision", pictures.precision().id());
    json.addProperty("device", pictures.device());
    json.addProperty("batch", pictures.batch());
    json.addProperty("threads", pictures.threads());
    pictures
        .source()
        .ifPresent(
            source -> {
              JsonObject one = new JsonObject();
              one.addProperty("name", source.dataset());
              one.addProperty("sha256", source.sha256());
              json.add("dataset", one);
            });
    InputShape shape = pictures.subjects().getFirst().image().shape();
    json.add("shape", GSON.toJsonTree(List.of(shape.channels(), shape.height(), shape.width())));
    JsonArray images = new JsonArray();
    pictures.subjects().forEach(subject -> images.add(SubjectText.json(subject)));
    json.add("images", images);
  }

  private static FigureSpecification parse(JsonFields json) {
    int figure = json.whole("figure", 1, 5);
    if (figure == 3) {
      return toy(json);
    }
    JsonFields attack = json.fields("attack");
    List<JsonFields> images = json.objects("images", GridSize.MOST_IMAGES);
    InputShape shape = shape(json);
    GridSize.checkOriginals(images.size(), shape);
    return new Pictures(
        figure,
        json.objects("models", MOST_MODELS).stream().map(FigureText::model).toList(),
        images.stream().map(one -> SubjectText.parse(one, shape)).toList(),
        json.has("dataset") ? Optional.of(source(json.fields("dataset"))) : Optional.empty(),
        json.lines("columns", Architecture.MAXIMUM_CLASSES),
        attack.truth("targeted"),
        json.has("aim") ? AimText.parse(json.fields("aim")) : Optional.empty(),
        SpecificationFields.parse(attack),
        json.choice("precision", Precision.values()),
        json.line("device"),
        json.whole("batch", 1, MOST_AT_ONCE),
        json.whole("threads", 0, MOST_THREADS));
  }

  private static InputShape shape(JsonFields json) {
    List<Integer> sides = json.wholes("shape", 3, 1, LONGEST_SIDE);
    if (sides.getFirst() != 1 && sides.getFirst() != 3) {
      throw new IllegalArgumentException("\"shape\" must begin with 1 or 3 channels");
    }
    return new InputShape(sides.get(0), sides.get(1), sides.get(2));
  }

  private static ModelReference model(JsonFields one) {
    return new ModelReference(
        UserPath.of(one.raw("file")),
        one.line("name"),
        sha256(one),
        one.has("weights") ? one.raw("weights") : "",
        one.has("epochs") ? epochs(one.fields("epochs")) : Epochs.NONE);
  }

  private static Epochs epochs(JsonFields one) {
    return new Epochs(
        one.numbers("cleanAccuracy", 0, 1), one.numbers("alignment", 0, Double.MAX_VALUE));
  }

  private static Source source(JsonFields one) {
    return new Source(one.line("name"), sha256(one));
  }

  private static String sha256(JsonFields one) {
    String digest = one.raw("sha256");
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("\"sha256\" must be 64 hexadecimal digits");
    }
    return digest;
  }

  /** Those of the first versions have neither region nor steps. */
  private static Toy toy(JsonFields json) {
    ToySetup setup = SetupText.parse(json.raw("setup"));
    if (!ToyProblem.of(setup).train().isLearnable()) {
      throw new IllegalArgumentException("each class needs two points or more");
    }
    Toy whole = Toy.of(setup);
    if (!json.has("region")) {
      return whole;
    }
    List<Double> corner = json.numbers("region", 4, -FARTHEST, FARTHEST);
    Region region = new Region(corner.get(0), corner.get(1), corner.get(2), corner.get(3));
    if (Math.min(region.width(), region.height()) < NEAREST) {
      throw new IllegalArgumentException("\"region\" must have sides of at least " + NEAREST);
    }
    int most = (int) Math.min((long) whole.steps() + MOST_STEPS_BEYOND, Integer.MAX_VALUE);
    return new Toy(setup, region, json.whole("steps", 0, most));
  }
}
