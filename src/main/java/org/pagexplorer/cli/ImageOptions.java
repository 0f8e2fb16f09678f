package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.dataset.Samples;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.StartImage;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.StartImages;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.OpenModel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which images are attacked: some of a dataset, files, or the samples that ship. */
final class ImageOptions {

  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      description = "a dataset's folder, or a file of one")
  @Nullable Path dataset;

  @Mixin SplitOption split = new SplitOption();

  @Mixin FitOption fit = new FitOption();

  @Option(
      names = "--index",
      paramLabel = "I",
      split = ",",
      description =
          "indices of images in the dataset, from 0, such as 0,1,2; without a dataset, of the"
              + " shipped samples (default: one sample of each class)")
  List<Integer> indices = List.of();

  @Option(
      names = "--image",
      paramLabel = "FILE",
      arity = "1..*",
      description = "your own pictures; cropped and resized to the model's input size")
  List<Path> files = List.of();

  @Option(
      names = "--start",
      paramLabel = "START",
      split = ",",
      description =
          "begin at no picture: gray, noise, gaussian-noise, class-mean:CLASS, or"
              + " class-gaussian:CLASS (a sample of the normal distribution of a class's images);"
              + " noise:1 is another seed; classes are those of --dataset, or of the samples")
  List<String> starts = List.of();

  /** The images, at least one, of the model's shape. */
  List<OriginalImage> read(OpenModel model, CommandSpec spec) {
    if (!starts.isEmpty()) {
      check(files.isEmpty() && indices.isEmpty(), spec, "--start excludes --image and --index");
      return started(model, spec);
    }
    if (!files.isEmpty()) {
      check(dataset == null && indices.isEmpty(), spec, "--image excludes --dataset and --index");
      return files.stream().map(file -> fitted(file, model)).toList();
    }
    Path folder = dataset;
    check(
        folder == null || !indices.isEmpty(),
        spec,
        "Specify images of the dataset, for instance --index 0,1,2");
    return some(Agreement.fitted(List.of(model), images(), fit.value, say(spec)));
  }

  /** What {@code --dataset} names, or the samples. */
  Dataset images() {
    Path folder = dataset;
    return folder == null ? Samples.open(Home.assets()) : Datasets.open(folder, split.value);
  }

  private List<OriginalImage> started(OpenModel model, CommandSpec spec) {
    InputShape shape = model.card().architecture().input();
    return starts.stream()
        .map(StartImage::parse)
        .map(
            start ->
                StartImages.of(start, shape, () -> images().fitted(shape, fit.value, say(spec))))
        .toList();
  }

  /** Whether the images are a dataset's, by their indices in it. */
  boolean areIndexed() {
    return files.isEmpty() && starts.isEmpty();
  }

  /** Whether a dataset says what they are. */
  boolean needDataset() {
    return starts.isEmpty()
        ? files.isEmpty()
        : starts.stream().map(StartImage::parse).anyMatch(StartImage::isOfClass);
  }

  private static Consumer<String> say(CommandSpec spec) {
    return sentence -> Report.note(spec, sentence);
  }

  /** Whether the user said which images. */
  boolean chosen() {
    return !files.isEmpty() || !indices.isEmpty() || !starts.isEmpty();
  }

  private static void check(boolean holds, CommandSpec spec, String sentence) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), sentence);
    }
  }

  private OriginalImage fitted(Path file, OpenModel model) {
    ImageFiles.FittedImage fitted =
        ImageFiles.fit(file, model.card().architecture().input(), fit.value);
    String name = String.valueOf(file.getFileName());
    return new OriginalImage(
        file.toString(), name, fitted.image(), OptionalInt.empty(), fitted.note());
  }

  private List<OriginalImage> some(Dataset images) {
    int[] chosen =
        (indices.isEmpty() ? firstOfEachClass(images) : indices)
            .stream().mapToInt(index -> checked(index, images)).toArray();
    List<Image> decoded = Datasets.images(images, chosen);
    List<OriginalImage> subjects = new ArrayList<>();
    for (int i = 0; i < chosen.length; i++) {
      int label = images.label(chosen[i]);
      subjects.add(
          new OriginalImage(
              String.valueOf(chosen[i]),
              images.classes().get(label),
              decoded.get(i),
              OptionalInt.of(label),
              ""));
    }
    return subjects;
  }

  private static int checked(int index, Dataset images) {
    if (index < 0 || index >= images.size()) {
      throw new UserException(
          "There is no image %d in %s: choose --index from 0 to %d."
              .formatted(index, images.name(), images.size() - 1));
    }
    return index;
  }

  private static List<Integer> firstOfEachClass(Dataset images) {
    Integer[] first = new Integer[images.classes().size()];
    for (int i = images.size() - 1; i >= 0; i--) {
      first[images.label(i)] = i;
    }
    return java.util.Arrays.stream(first).filter(java.util.Objects::nonNull).toList();
  }

  /** Where the images come from, for JSON. */
  String source() {
    Path folder = dataset;
    if (!files.isEmpty()) {
      return "files";
    }
    if (!needDataset()) {
      return "start images";
    }
    return folder == null ? "samples" : folder + ", " + Datasets.part(folder, split.value);
  }
}
