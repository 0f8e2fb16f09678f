package org.pagexplorer.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.ModelCard.Measurement;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.files.UnusableFileException;

/** A model card as a safetensors file's metadata: strings, some of which hold JSON. */
public final class CardCodec {
  private static final int VERSION = 1;
  private static final int LARGEST_SIDE = 4096;
  private static final long LARGEST_INPUT = 1 << 24;
  private static final String UNKNOWN = "unknown";

  private CardCodec() {}

  /** The card as metadata; doubles keep their full precision. */
  public static SequencedMap<String, String> encode(ModelCard card) {
    InputShape input = card.architecture().input();
    SequencedMap<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format_version", String.valueOf(VERSION));
    metadata.put("name", card.name());
    metadata.put("architecture", card.architecture().family().id());
    metadata.put("width", String.valueOf(card.architecture().width()));
    metadata.put("input_shape", array(List.of(input.channels(), input.height(), input.width())));
    JsonArray classes = new JsonArray();
    card.classes().forEach(classes::add);
    metadata.put("classes", classes.toString());
    metadata.put("mean", array(card.normalization().mean()));
    metadata.put("std", array(card.normalization().std()));
    metadata.put("method", card.method());
    metadata.put("training", training(card).toString());
    metadata.put("seed", String.valueOf(card.seed()));
    metadata.put("dataset", card.dataset());
    metadata.put("dataset_sha256", card.datasetHash());
    metadata.put("software", card.software());
    metadata.put("command", card.command());
    metadata.put("measurements", measurements(card).toString());
    return metadata;
  }

  /**
   * The card in that metadata, its texts printable; {@code architecture}, {@code width}, {@code
   * input_shape}, {@code classes}, {@code mean} and {@code std} are required.
   *
   * @param nameIfMissing the card's name where the metadata has none
   * @throws IllegalArgumentException if an entry is missing, of the wrong type or out of range
   */
  public static ModelCard decode(Map<String, String> metadata, String nameIfMissing) {
    CardFields fields = new CardFields(metadata);
    checkVersion(fields.text("format_version", String.valueOf(VERSION)));
    String name = fields.line("name", "");
    return new ModelCard(
        name.isBlank() ? Printable.of(nameIfMissing) : name,
        architecture(fields),
        fields.strings("classes"),
        new Normalization(fields.numbers("mean"), fields.numbers("std")),
        fields.line("method", UNKNOWN),
        training(fields),
        CardFields.whole("seed", fields.text("seed", "0")),
        fields.line("dataset", UNKNOWN),
        fields.line("dataset_sha256", ""),
        fields.line("software", UNKNOWN),
        fields.line("command", ""),
        measurements(fields));
  }

  /** The class names in anyone's metadata, if there are so many. */
  public static Optional<List<String>> classes(Map<String, String> metadata, int count) {
    return tried(() -> new CardFields(metadata).strings("classes"))
        .filter(names -> names.size() == count);
  }

  /** The mean and std in anyone's metadata, if they are of so many channels. */
  public static Optional<Normalization> normalization(Map<String, String> metadata, int channels) {
    CardFields fields = new CardFields(metadata);
    return tried(() -> new Normalization(fields.numbers("mean"), fields.numbers("std")))
        .filter(found -> found.mean().size() == channels);
  }

  private static <T> Optional<T> tried(Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void checkVersion(String text) {
    long version = CardFields.whole("format_version", text);
    if (version > VERSION) {
      throw new UnusableFileException(
          "it was written by a newer PAG Explorer (format version " + version + ")",
          "update PAG Explorer");
    }
    if (version < 1) {
      throw CardFields.wrong("format_version", "a version from 1");
    }
  }

  private static Architecture architecture(CardFields fields) {
    Family family = Family.of(fields.required("architecture"));
    int width = CardFields.wholeInt("width", fields.required("width"));
    return new Architecture(family, width, input(fields), fields.strings("classes").size());
  }

  private static InputShape input(CardFields fields) {
    String key = "input_shape";
    JsonArray array = CardFields.array(key, fields.required(key));
    List<Integer> sides = CardFields.elements(array, side -> CardFields.wholeInt(key, side));
    boolean plausible =
        sides.size() == 3
            && sides.stream().allMatch(side -> side >= 1 && side <= LARGEST_SIDE)
            && sides.stream().mapToLong(side -> side).reduce(1, (a, b) -> a * b) <= LARGEST_INPUT;
    if (!plausible) {
      throw CardFields.wrong(
          key, "channels, height and width, each 1 to " + LARGEST_SIDE + " and not too many");
    }
    return new InputShape(sides.get(0), sides.get(1), sides.get(2));
  }

  private static JsonObject training(ModelCard card) {
    JsonObject training = new JsonObject();
    card.training().forEach(training::addProperty);
    return training;
  }

  private static Map<String, String> training(CardFields fields) {
    String key = "training";
    Map<String, String> training = new LinkedHashMap<>();
    CardFields.object(key, fields.text(key, "{}"))
        .entrySet()
        .forEach(e -> training.put(Printable.of(e.getKey()), CardFields.string(key, e.getValue())));
    return training;
  }

  private static JsonArray measurements(ModelCard card) {
    JsonArray array = new JsonArray();
    for (Measurement measurement : card.measurements()) {
      JsonObject object = new JsonObject();
      object.addProperty("attack", measurement.attack());
      object.addProperty("dataset", measurement.dataset());
      object.addProperty("accuracy", measurement.accuracy());
      object.addProperty("n", measurement.n());
      array.add(object);
    }
    return array;
  }

  private static List<Measurement> measurements(CardFields fields) {
    String key = "measurements";
    return CardFields.elements(
        CardFields.array(key, fields.text(key, "[]")), CardCodec::measurement);
  }

  private static Measurement measurement(JsonElement element) {
    String key = "measurements";
    JsonObject object = CardFields.object(key, element);
    double accuracy = CardFields.number(key, CardFields.member(key, object, "accuracy"));
    int n = CardFields.wholeInt(key, CardFields.member(key, object, "n"));
    if (accuracy < 0 || accuracy > 1 || n < 0) {
      throw CardFields.wrong(key, "accuracies in [0, 1] and counts from 0");
    }
    return new Measurement(
        CardFields.string(key, CardFields.member(key, object, "attack")),
        CardFields.string(key, CardFields.member(key, object, "dataset")),
        accuracy,
        n);
  }

  private static String array(Collection<? extends Number> numbers) {
    JsonArray array = new JsonArray();
    numbers.forEach(array::add);
    return array.toString();
  }
}
