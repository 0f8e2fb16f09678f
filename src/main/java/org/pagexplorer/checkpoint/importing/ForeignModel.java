package org.pagexplorer.checkpoint.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.pagexplorer.checkpoint.CardCodec;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.TensorFile;
import org.pagexplorer.checkpoint.TensorType;
import org.pagexplorer.checkpoint.importing.WeightSets.WeightSet;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Software;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;

/**
 * Somebody's model in memory: its weights under the names of a known network, and what its file
 * leaves open.
 *
 * @param file where it was read
 * @param format of that file, for people
 * @param architectures that fit, with a usual input size; never empty
 * @param normalization the file's own, if it has one
 * @param classes the file's own names, if it has them
 * @param tensors as the architectures name them
 * @param remarks what was chosen or left out, a sentence each
 * @param places of all sets of weights in the file, the likeliest first; empty text for the file
 *     itself
 * @param place of the one that was read
 */
public record ForeignModel(
    Path file,
    String format,
    List<Architecture> architectures,
    Optional<Normalization> normalization,
    Optional<List<String>> classes,
    SequencedMap<String, Tensor> tensors,
    List<String> remarks,
    List<String> places,
    String place) {

  /**
   * What the user says of a model beyond its file.
   *
   * @param name for people
   * @param architecture one of those that fit, with the input size that the model was trained on
   * @param classes a name a class
   * @param command the command line that imported it, or empty
   */
  public record Answers(
      String name,
      Architecture architecture,
      Normalization normalization,
      List<String> classes,
      String command) {}

  public ForeignModel {
    architectures = List.copyOf(architectures);
    tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
    remarks = List.copyOf(remarks);
    places = List.copyOf(places);
  }

  /**
   * Reads a model.
   *
   * @throws UserException if the file is damaged, wants to run something, or holds no known
   *     network; then the sentence names what the nearest one lacks
   */
  public static ForeignModel read(Path file) {
    return read(file, "");
  }

  /**
   * Reads one set of weights of a file that may hold several.
   *
   * @param place where it is; empty for the likeliest
   * @throws UserException as {@link #read(Path)}, or if nothing is there
   */
  public static ForeignModel read(Path file, String place) {
    try (TensorFile tensors = TensorFiles.open(file)) {
      WeightSets sets = WeightSets.in(tensors);
      WeightSet set = sets.at(place);
      if (set.recognition().complete().isEmpty()) {
        throw new UnusableFileException(
            unknown(set.tensors(), set.recognition()),
            "pag inspect lists all of its tensors and what the nearest network needs");
      }
      return read(file, sets, set);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw Sentences.unusable(file, e);
    } catch (IOException e) {
      throw Sentences.unreadable(file, e);
    }
  }

  private static ForeignModel read(Path file, WeightSets sets, WeightSet set) throws IOException {
    TensorFile tensors = set.tensors();
    Recognition recognition = set.recognition();
    Fit fit = recognition.complete().getFirst();
    SequencedMap<String, TensorShape> shapes = fit.architecture().tensorShapes();
    CheckpointFiles.checkMemory(shapes);
    SequencedMap<String, Tensor> weights = new LinkedHashMap<>();
    for (Map.Entry<String, TensorShape> entry : shapes.entrySet()) {
      String name = fit.inFile(entry.getKey());
      float[] values =
          tensors.tensors().containsKey(name)
              ? tensors.read(name).values()
              : new float[Math.toIntExact(entry.getValue().size())];
      Tensor tensor = new Tensor(entry.getValue(), values);
      CheckpointFiles.checkFinite(name, tensor);
      weights.put(entry.getKey(), tensor);
    }
    int channels = fit.architecture().input().channels();
    List<Architecture> architectures =
        recognition.complete().stream().map(Fit::architecture).toList();
    return new ForeignModel(
        file,
        tensors.format(),
        architectures,
        Normalizer.read(tensors, channels)
            .or(() -> CardCodec.normalization(tensors.metadata(), channels)),
        CardCodec.classes(tensors.metadata(), fit.architecture().classes()),
        weights,
        remarks(sets, set, fit, shapes, architectures.size() > 1),
        sets.choices().stream().map(WeightSet::place).toList(),
        set.place());
  }

  private static List<String> remarks(
      WeightSets sets,
      WeightSet set,
      Fit fit,
      SequencedMap<String, TensorShape> shapes,
      boolean isOpen) {
    TensorFile file = set.tensors();
    List<String> remarks = new ArrayList<>();
    if (sets.choices().size() > 1) {
      remarks.add(
          "It holds %d sets of weights, the likeliest first: %s."
              .formatted(sets.choices().size(), WeightSets.places(sets.choices())));
    }
    remarks.addAll(file.remarks());
    if (!fit.prefix().isEmpty()) {
      remarks.add("Its names begin with " + Sentences.quoted(fit.prefix()) + ".");
    }
    Map<String, String> renamed = fit.renamed();
    if (!renamed.isEmpty()) {
      remarks.add(
          "%d of its tensors have other names here, for instance %s %s."
              .formatted(
                  renamed.size(),
                  Sentences.quoted(renamed.values().iterator().next()),
                  Sentences.quoted(renamed.keySet().iterator().next())));
    }
    String lastBias = shapes.lastEntry().getKey();
    if (!file.tensors().containsKey(fit.inFile(lastBias))) {
      remarks.add("It has no " + lastBias + ": zeros, which is the same.");
    }
    if (!isOpen) {
      Assumption.of(fit).ifPresent(remarks::add);
    }
    long counters =
        file.tensors().keySet().stream().filter(n -> n.endsWith(Recognition.COUNTER)).count();
    long others =
        file.tensors().keySet().stream()
            .filter(name -> !isUsed(name, fit) && !name.endsWith(Recognition.COUNTER))
            .count();
    if (counters > 0) {
      remarks.add("Left out: %d counters (num_batches_tracked).".formatted(counters));
    }
    if (others > 0) {
      remarks.add(
          "Left out: %d other tensors, for instance %s."
              .formatted(
                  others,
                  file.tensors().keySet().stream()
                      .filter(n -> !isUsed(n, fit) && !n.endsWith(Recognition.COUNTER))
                      .findFirst()
                      .map(Sentences::quoted)
                      .orElseThrow()));
    }
    return remarks;
  }

  private static boolean isUsed(String name, Fit fit) {
    // Also beside the network, as in "module.normalizer.new_mean" of "module.model.".
    boolean normalizes = Normalizer.isPart(name.substring(name.lastIndexOf('.') + 1));
    return normalizes || fit.names().containsValue(name);
  }

  private static String unknown(TensorFile tensors, Recognition recognition) {
    String found = found(tensors.tensors());
    return recognition
            .nearest()
            .map(
                fit ->
                    "its names and shapes fit no known network (the nearest, %s, %s)"
                        .formatted(fit.architecture().title(), difference(fit)))
            .orElse("it holds no known network, but " + found)
        + uncalled(tensors);
  }

  /** Tensors that Python would make by running something. */
  private static String uncalled(TensorFile tensors) {
    if (tensors.uncalled().isEmpty()) {
      return "";
    }
    Map.Entry<String, String> first = tensors.uncalled().entrySet().iterator().next();
    return "; %s would be made by %s, and nothing of it was run"
        .formatted(Sentences.quoted(first.getKey()), Sentences.quoted(first.getValue()));
  }

  private static String found(SequencedMap<String, TensorType> tensors) {
    return "%d tensors (%s)"
        .formatted(tensors.size(), some(List.copyOf(tensors.sequencedKeySet())));
  }

  private static String difference(Fit fit) {
    List<String> parts = new ArrayList<>();
    if (!fit.missing().isEmpty()) {
      parts.add("lacks %d tensors: %s".formatted(fit.missing().size(), some(fit.missing())));
    }
    if (!fit.misshapen().isEmpty()) {
      parts.add(
          "differs in %d shapes: %s".formatted(fit.misshapen().size(), some(fit.misshapen())));
    }
    if (!fit.over().isEmpty()) {
      parts.add("does not know %d: %s".formatted(fit.over().size(), some(fit.over())));
    }
    return String.join("; ", parts);
  }

  private static String some(List<String> names) {
    int most = 3;
    return names.stream().limit(most).map(Sentences::quoted).collect(Collectors.joining(", "))
        + (names.size() > most ? ", …" : "");
  }

  /**
   * The same for images of another height and width.
   *
   * @throws UserException if its tensors are of another size, or its images too small for it
   */
  public ForeignModel withInputSide(int side) {
    List<Architecture> sized =
        (PlainAnswers.isPlain(this) ? PlainAnswers.sized(this, side) : architectures)
            .stream()
                .map(a -> new Architecture(a.family(), a.width(), square(a, side), a.classes()))
                .filter(this::hasTensorsOf)
                .toList();
    if (sized.isEmpty()) {
      throw new UserException(
          "%s, %s, cannot take images of %d × %d pixels: choose another size (it takes %s)."
              .formatted(
                  file,
                  architectures.getFirst().title(),
                  side,
                  side,
                  architectures.getFirst().input()));
    }
    return with(sized);
  }

  /**
   * A small CNN of such strides and paddings.
   *
   * @param strides one for all convolutions, or one each; empty if nothing is said
   * @param paddings likewise
   * @throws UserException if it is another network, or nothing fits
   */
  public ForeignModel withConvolutions(List<Integer> strides, List<Integer> paddings) {
    return with(PlainAnswers.of(this, strides, paddings));
  }

  /** What the command line has to say, if several networks fit, for a sentence. */
  public static String question(List<Architecture> architectures) {
    return architectures.getFirst().family().design() == Family.Design.PLAIN_CNN
        ? PlainAnswers.question(architectures)
        : "--architecture "
            + architectures.stream().map(a -> a.family().id()).collect(Collectors.joining("|"));
  }

  private boolean hasTensorsOf(Architecture architecture) {
    Map<String, TensorShape> own = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> own.put(name, tensor.shape()));
    try {
      return architecture.tensorShapes().equals(own);
    } catch (IllegalArgumentException e) {
      return false; // too small an image
    }
  }

  private static InputShape square(Architecture architecture, int side) {
    return new InputShape(architecture.input().channels(), side, side);
  }

  /**
   * The same as that network, also where its names and shapes are another's that is likelier.
   *
   * @throws UserException if it does not fit
   */
  public ForeignModel withFamily(Family family) {
    List<Architecture> left =
        architectures.stream()
            .map(a -> new Architecture(family, a.width(), a.input(), a.classes()))
            .distinct()
            .filter(this::hasTensorsOf)
            .toList();
    if (left.isEmpty()) {
      throw new UserException(
          "%s fits %s, not %s: choose one of those."
              .formatted(
                  file,
                  architectures.stream()
                      .map(a -> a.family().id())
                      .collect(Collectors.joining(" or ")),
                  family.id()));
    }
    return with(left);
  }

  private ForeignModel with(List<Architecture> others) {
    return new ForeignModel(
        file, format, others, normalization, classes, tensors, remarks, places, place);
  }

  /**
   * The model as a PAG Explorer checkpoint.
   *
   * @throws IllegalArgumentException if an answer does not fit the weights
   */
  public Checkpoint checkpoint(Answers answers) {
    return new Checkpoint(card(file, format, place, answers), tensors);
  }

  /** The card of an imported model that is all of its file. */
  public static ModelCard card(Path file, String format, Answers answers) {
    return card(file, format, "", answers);
  }

  private static ModelCard card(Path file, String format, String place, Answers answers) {
    Map<String, String> source = new LinkedHashMap<>();
    source.put("imported-from", String.valueOf(file.getFileName()));
    source.put("format", format);
    if (!place.isEmpty()) {
      source.put("weights", place);
    }
    return new ModelCard(
        answers.name(),
        answers.architecture(),
        answers.classes(),
        answers.normalization(),
        "imported",
        source,
        0,
        "unknown",
        "",
        Software.NAME_AND_VERSION,
        answers.command(),
        List.of());
  }
}
