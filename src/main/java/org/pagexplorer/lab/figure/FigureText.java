package org.pagexplorer.lab.figure;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.pagexplorer.checkpoint.TextFile;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Software;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.domain.UserPath;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.GridSubject;
import org.pagexplorer.lab.SpecificationFields;
import org.pagexplorer.lab.figure.FigureSpecification.ModelReference;
import org.pagexplorer.lab.figure.FigureSpecification.Pictures;
import org.pagexplorer.lab.figure.FigureSpecification.Source;
import org.pagexplorer.lab.figure.FigureSpecification.Toy;
import org.pagexplorer.lab.toy.Region;
import org.pagexplorer.lab.toy.SetupText;
import org.pagexplorer.lab.toy.ToySetup;

/** Figures' specifications as JSON. */
public final class FigureText {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

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
    try {
      TextFile.write(file, GSON.toJson(json(specification)) + "\n");
    } catch (IOException e) {
      throw new UserException(file + " could not be written: " + e.getMessage() + ".", e);
    }
  }

  /**
   * Reads one.
   *
   * @throws UserException with one sentence if the file is missing or is none
   */
  public static FigureSpecification read(Path file) {
    try {
      JsonElement json = JsonParser.parseString(Files.readString(file));
      return parse(json.getAsJsonObject());
    } catch (IOException e) {
      throw new UserException(
          file + " cannot be read: choose the .json that was written beside a figure.", e);
    } catch (JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | UnsupportedOperationException
        | NullPointerException e) {
      throw new UserException(
          file + " is no figure's specification: choose the .json that was written beside one.", e);
    }
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
      models.add(one);
    }
    json.add("models", models);
    JsonObject attack =
        GSON.toJsonTree(SpecificationFields.of(pictures.attack())).getAsJsonObject();
    attack.addProperty("targeted", pictures.targeted());
    json.add("attack", attack);
    json.add("columns", GSON.toJsonTree(pictures.columns()));
    json.addProperty("precision", pictures.precision() == Precision.EXACT ? "exact" : "fast");
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
    pictures.subjects().forEach(subject -> images.add(json(subject)));
    json.add("images", images);
  }

  private static JsonObject json(GridSubject subject) {
    JsonObject one = new JsonObject();
    one.addProperty("origin", subject.origin());
    one.addProperty("caption", subject.caption());
    subject.label().ifPresent(label -> one.addProperty("label", label));
    one.addProperty("note", subject.note());
    byte[] png = png(subject.image());
    if (Arrays.equals(image(png).pixels(), subject.image().pixels())) {
      one.addProperty("png", Base64.getEncoder().encodeToString(png));
    } else {
      one.addProperty("float32", packed(subject.image().pixels()));
    }
    return one;
  }

  private static byte[] png(Image image) {
    try {
      return ImageFiles.png(ImageFiles.toBuffered(image));
    } catch (IOException e) {
      throw new IllegalStateException("a picture in memory can be encoded", e);
    }
  }

  private static Image image(byte[] png) {
    return ImageFiles.decode("of a figure's specification", png);
  }

  private static String packed(float[] pixels) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * pixels.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(pixels);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static FigureSpecification parse(JsonObject json) {
    int figure = json.get("figure").getAsInt();
    if (figure == 3) {
      return toy(json);
    }
    JsonObject attack = json.getAsJsonObject("attack");
    JsonArray sides = json.getAsJsonArray("shape");
    InputShape shape =
        new InputShape(sides.get(0).getAsInt(), sides.get(1).getAsInt(), sides.get(2).getAsInt());
    List<GridSubject> subjects = new ArrayList<>();
    json.getAsJsonArray("images")
        .forEach(one -> subjects.add(subject(one.getAsJsonObject(), shape)));
    List<String> columns = new ArrayList<>();
    json.getAsJsonArray("columns").forEach(one -> columns.add(one.getAsString()));
    List<ModelReference> models = new ArrayList<>();
    json.getAsJsonArray("models").forEach(one -> models.add(model(one.getAsJsonObject())));
    return new Pictures(
        figure,
        models,
        subjects,
        Optional.ofNullable(json.getAsJsonObject("dataset"))
            .map(d -> new Source(d.get("name").getAsString(), d.get("sha256").getAsString())),
        columns,
        attack.get("targeted").getAsBoolean(),
        SpecificationFields.parse(attack),
        Precision.valueOf(json.get("precision").getAsString().toUpperCase(java.util.Locale.ROOT)),
        json.get("device").getAsString(),
        json.get("batch").getAsInt(),
        json.get("threads").getAsInt());
  }

  private static ModelReference model(JsonObject one) {
    return new ModelReference(
        UserPath.of(one.get("file").getAsString()),
        one.get("name").getAsString(),
        one.get("sha256").getAsString());
  }

  private static GridSubject subject(JsonObject one, InputShape shape) {
    return new GridSubject(
        one.get("origin").getAsString(),
        one.get("caption").getAsString(),
        one.has("png")
            ? image(Base64.getDecoder().decode(one.get("png").getAsString()))
            : unpacked(one.get("float32").getAsString(), shape),
        one.has("label") ? OptionalInt.of(one.get("label").getAsInt()) : OptionalInt.empty(),
        one.get("note").getAsString());
  }

  private static Image unpacked(String text, InputShape shape) {
    byte[] bytes = Base64.getDecoder().decode(text);
    float[] pixels = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(pixels);
    return new Image(shape, pixels);
  }

  /** Those of the first versions have neither region nor steps. */
  private static Toy toy(JsonObject json) {
    ToySetup setup = SetupText.parse(json.get("setup").getAsString());
    if (!json.has("region")) {
      return Toy.of(setup);
    }
    double[] region = GSON.fromJson(json.get("region"), double[].class);
    int steps = json.get("steps").getAsInt();
    if (region.length != 4 || steps < 0) {
      throw new IllegalArgumentException("a region has four numbers, and steps are 0 or more");
    }
    return new Toy(setup, new Region(region[0], region[1], region[2], region[3]), steps);
  }
}
