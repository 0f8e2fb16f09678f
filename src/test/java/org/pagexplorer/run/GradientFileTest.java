package org.pagexplorer.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.Python;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.NumpyFile;
import org.pagexplorer.checkpoint.Safetensors;
import org.pagexplorer.dataset.Augmentation;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.ForwardingDataset;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.engine.Trainer;
import org.pagexplorer.files.Sha256;

/** Ground-truth gradients in files: written, read again, and trained with. */
class GradientFileTest {
  private static final Dataset DATA = Coded.of(36);
  private static final int SIZE = DATA.shape().size();

  private static TorchEngine engine;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    engine = TorchEngine.open("cpu");
    TorchEngine.useThreads(1);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private Path written(String name, Realization from, Dataset data, Dtype dtype) {
    Path file = folder.resolve(name);
    try (GroundTruth truth = from.prepare(data, engine)) {
      assertTrue(
          new GradientWriter(file, data, dtype).write(truth, Alignment.Gradient.LOGIT, more -> {}));
    }
    return file;
  }

  private static SequencedMap<String, Tensor> trained(TrainingPlan plan, Dataset data) {
    List<SequencedMap<String, Tensor>> kept = new ArrayList<>();
    Training training = new Training(plan, data, Coded.of(30), Normalization.CIFAR10);
    assertTrue(
        training.run(
            engine, (state, report) -> kept.add(state.weights()), new TrainingObserver() {}));
    return kept.getLast();
  }

  private static TrainingPlan plan(Method method, Realization realization) {
    return Plans.of(method, Optional.of(realization), 12, 2, 0.4, 5, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"g.npy", "g.safetensors"})
  void aTrainingFromAFileIsThatOfItsRealizationToTheBit(String name) {
    for (Realization realization :
        List.of(new Realization.ClassMean(), new Realization.NearestNeighbor(4, 5))) {
      Path file = written(name, realization, DATA, Dtype.F32);
      // With crops and flips, which move the gradients, too.
      assertEquals(
          trained(plan(realization.method(), realization), DATA),
          trained(plan(Method.FROM_FILE, Realization.FromFile.of(file, DATA)), DATA));
    }
  }

  @Test
  void whatWasInterruptedEndsAsIfItHadNotBeenToTheBit() {
    Path file = written("g.npy", new Realization.NearestNeighbor(4, 5), DATA, Dtype.F16);
    List<TrainingPlan> plans =
        List.of(
            plan(Method.FROM_FILE, Realization.FromFile.of(file, DATA)),
            plan(Method.ADVERSARIAL, new Realization.ClassMean()),
            plan(Method.ADVERSARIAL, Realization.FromFile.of(file, DATA)),
            Plans.of(Method.GRADIENT_NORM, 12, 2, 0.4, 5, 2));
    for (TrainingPlan plan : plans) {
      List<Trainer.State> states = new ArrayList<>();
      Training whole = new Training(plan, DATA, Coded.of(30), Normalization.CIFAR10);
      assertTrue(
          whole.run(engine, (state, report) -> states.add(state), new TrainingObserver() {}));
      List<Trainer.State> rest = new ArrayList<>();
      Training resumed = new Training(plan, DATA, Coded.of(30), Normalization.CIFAR10);
      assertTrue(
          resumed.run(
              engine,
              Optional.of(new Training.Resumption(states.getFirst(), 1)),
              (state, report) -> rest.add(state),
              new TrainingObserver() {}));
      assertEquals(2, states.size());
      assertEquals(List.of(states.getLast()), rest, plan.method() + "");
    }
  }

  private static Realization teacher() {
    return Plans.teacher(new Architecture(Family.MLP, 16, DATA.shape(), 3), 9);
  }

  /** A teacher is asked at the very crop in a training, and at the whole image for a file. */
  @Test
  void aTeachersFileTrainsAsTheTeacherDoesWhereImagesDoNotMove() {
    Path file = written("g.npy", teacher(), DATA, Dtype.F32);
    Augmentation.Policy still = new Augmentation.Policy(0, 0);
    SequencedMap<String, Tensor> asked =
        trained(Plans.moving(plan(Method.RIGD, teacher()), still), DATA);
    SequencedMap<String, Tensor> read =
        trained(
            Plans.moving(plan(Method.FROM_FILE, Realization.FromFile.of(file, DATA)), still), DATA);
    asked.forEach(
        (name, tensor) -> assertArrayEquals(tensor.values(), read.get(name).values(), 1e-4f, name));
  }

  @Test
  void float16KeepsEveryDirectionHoweverSmallTheGradient() {
    float[] tiny = new float[36 * 3 * SIZE];
    for (int i = 0; i < tiny.length; i++) {
      tiny[i] = (i % SIZE % 7 - 3) * 1e-8f * (i / SIZE % 3 + 1);
    }
    Path whole = folder.resolve("whole.npy");
    NumpyFile.write(whole, TensorShape.of(36, 3, 3, 16, 16), Dtype.F32, List.of(tiny));
    Path file = written("g.safetensors", Realization.FromFile.of(whole, DATA), DATA, Dtype.F16);
    try (GradientFile stored = GradientFile.open(file)) {
      assertEquals(List.of(36L, 3L, 3L, 16L, 16L), stored.sides());
      for (int image = 0; image < 36; image += 5) {
        for (int target = 0; target < 3; target++) {
          int from = (3 * image + target) * SIZE;
          float[] exact = Arrays.copyOfRange(tiny, from, from + SIZE);
          float[] found = stored.read(3L * image + target);
          int exponent = Math.getExponent(exact[6]); // of 3, the largest
          float scale = Math.scalb(1f, -1 - exponent);
          for (int j = 0; j < SIZE; j++) {
            assertEquals(scale * exact[j], found[j], 1e-3f);
          }
          assertTrue(Math.abs(found[6]) >= 0.49, "it is scaled up");
        }
      }
    }
  }

  /** Training on other images of the same dataset takes their gradients, not the first ones. */
  @Test
  void gradientsAreFoundByTheImagesPlaceWhateverIsTrainedOn() {
    Path whole = written("whole.npy", new Realization.ClassMean(), DATA, Dtype.F32);
    Dataset some = Datasets.limit(DATA, 12, 3);
    assertGradientsOf(some, whole);
    Path part = written("part.safetensors", new Realization.ClassMean(), some, Dtype.F32);
    Dataset fewer = Datasets.limit(DATA, 6, 3);
    GroundTruth means = new Realization.ClassMean().prepare(some, engine);
    GroundTruth stored = Realization.FromFile.of(part, fewer).prepare(fewer, engine);
    try (means;
        stored) {
      for (int i = 0; i < 6; i++) {
        assertArrayEquals(gradient(means, some, i), gradient(stored, fewer, i));
      }
    }
    assertRefused("has no gradients of image", part, Datasets.limit(DATA, 12, 4));
    assertRefused("cannot say of which images", () -> new GradientWriter(whole, some, Dtype.F32));
  }

  private static void assertGradientsOf(Dataset some, Path file) {
    try (GroundTruth means = new Realization.ClassMean().prepare(DATA, engine);
        GroundTruth stored = Realization.FromFile.of(file, some).prepare(some, engine)) {
      for (int i = 0; i < some.size(); i++) {
        assertArrayEquals(
            gradient(means, DATA, some.originalIndex(i)), gradient(stored, some, i), "image " + i);
      }
    }
  }

  private static float[] gradient(GroundTruth truth, Dataset data, int image) {
    return assertInstanceOf(GroundTruth.PerImage.class, truth)
        .of(image, data.image(image).pixels(), 2);
  }

  /** One of its images has no byte below 128. */
  private record OneBright(Dataset whole) implements ForwardingDataset {
    @Override
    public byte[] bytes(int index) {
      byte[] bytes = whole.bytes(index);
      for (int j = 0; j < bytes.length && index == 4; j++) {
        bytes[j] += 50;
      }
      return bytes;
    }
  }

  /** N × (1 + C): the image, then its gradients, in whatever order the images are. */
  @ParameterizedTest
  @CsvSource({"F16, true", "F32, false"})
  void theAuthorsLayoutIsReadAndItsImagesAreFoundByTheirPixels(Dtype dtype, boolean normalized) {
    Dataset data = new OneBright(DATA); // whose pixels, normalized, are none negative
    Path file = folder.resolve("authors.safetensors");
    List<float[]> parts = new ArrayList<>();
    GroundTruth.PerImage means =
        assertInstanceOf(
            GroundTruth.PerImage.class, new Realization.ClassMean().prepare(data, engine));
    for (int image = data.size() - 1; image >= 0; image--) {
      float[] pixels = data.image(image).pixels();
      float[] first = pixels.clone();
      for (int j = 0; j < SIZE && normalized; j++) {
        first[j] = 2 * pixels[j] - 1;
      }
      parts.add(first);
      for (int target = 0; target < 3; target++) {
        parts.add(means.of(image, pixels, target));
      }
    }
    Safetensors.write(file, Map.of(), "anything", TensorShape.of(36, 4, 3, 16, 16), dtype, parts);
    try (GroundTruth stored = Realization.FromFile.of(file, data).prepare(data, engine)) {
      for (int i = 0; i < data.size(); i++) {
        assertArrayEquals(gradient(means, data, i), gradient(stored, data, i), 1e-3f);
      }
    }
    assertRefused("has no gradients of image 4 of coded", file, DATA);
  }

  /** An alignment study asks in the order of the model's classes. */
  @ParameterizedTest
  @ValueSource(strings = {"g.npy", "g.safetensors"})
  void classesInAnotherOrderHaveTheirOwnGradients(String name) {
    Path file = written(name, new Realization.ClassMean(), DATA, Dtype.F32);
    Dataset labeled = labeled("blue", "red", "green");
    int[] own = {2, 0, 1};
    try (GroundTruth means = new Realization.ClassMean().prepare(DATA, engine);
        GroundTruth stored = Realization.FromFile.of(file, labeled).prepare(labeled, engine)) {
      for (int i = 0; i < 36; i += 7) {
        float[] pixels = DATA.image(i).pixels();
        for (int target = 0; target < 3; target++) {
          assertArrayEquals(
              means.of(i, pixels, new int[][] {{own[target]}}),
              stored.of(i, pixels, new int[][] {{target}}));
        }
      }
    }
    assertRefused("of which \"gray\" is none", file, labeled("red", "gray", "green", "blue"));
  }

  private static Dataset labeled(String... classes) {
    return Datasets.labeled(DATA, List.of(classes), said -> {}).orElseThrow();
  }

  @Test
  void whatDoesNotFitIsRefusedInASentenceBeforeTraining() throws IOException {
    assertRefused("does not end in .npy or .safetensors", folder.resolve("sbg.pt"), DATA);
    assertRefused("does not exist", folder.resolve("none.npy"), DATA);
    Path file = folder.resolve("g.npy");
    write(file, Dtype.F32, 36, 4, 3, 16, 15);
    assertRefused("gradients of coded are N × 3 × 3 × 16 × 16", file, DATA);
    write(file, Dtype.F32, 36, 3, 16, 16);
    assertRefused("gradients of coded are N × 3 × 3 × 16 × 16", file, DATA);
    write(file, Dtype.F16, 35, 3, 3, 16, 16);
    assertRefused("holds gradients of 35 images, but coded has 36", file, DATA);
    Files.write(file, "hello".getBytes(StandardCharsets.US_ASCII));
    assertRefused("is damaged", file, DATA);
    npy(file, "<f8", 8);
    assertRefused("of the NumPy type f8; store gradients as float16", file, DATA);
    npy(file, "|u1", 1);
    assertRefused("of the NumPy type u1; store gradients as float16", file, DATA);
    Path other = written("g.safetensors", new Realization.ClassMean(), DATA, Dtype.F16);
    Dataset dull = new Coded(36, new InputShape(3, 16, 16), 35); // another last image: unreadable
    assertRefused("Image 35 is damaged.", other, dull);
    assertRefused("of other images than those of", other, new OneBright(DATA));
  }

  private static void write(Path file, Dtype dtype, long... sides) {
    TensorShape shape = TensorShape.of(sides);
    NumpyFile.write(file, shape, dtype, List.of(new float[(int) shape.size()]));
  }

  /** As numpy.save writes it, of zeros. */
  private static void npy(Path file, String descr, int width) throws IOException {
    byte[] header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (36, 3, 3, 16, 16), }\n"
            .formatted(descr)
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + header.length + width * 36 * 3 * SIZE)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) header.length).put(header);
    Files.write(file, bytes.array());
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void whatIsNotFiniteIsNamedBeforeTraining(float wrong) {
    Path file = folder.resolve("g.npy");
    float[] values = new float[36 * 3 * SIZE];
    values[(7 * 3 + 2) * SIZE + 11] = wrong;
    NumpyFile.write(file, TensorShape.of(36, 3, 3, 16, 16), Dtype.F16, List.of(values));
    assertRefused("in gradient 2 of image 7; compute it again.", file, DATA);
  }

  private static void assertRefused(String words, Path file, Dataset data) {
    assertRefused(words, () -> Realization.FromFile.of(file, data).prepare(data, engine).close());
  }

  private static void assertRefused(String words, Runnable work) {
    String said = String.valueOf(assertThrows(UserException.class, work::run).getMessage());
    assertTrue(said.contains(words), said);
    assertEquals(1, said.lines().count(), said);
  }

  /** Whatever single byte is wrong, it is read or refused. */
  @Test
  void damagedFilesAreReadOrRefused() throws IOException {
    SplittableRandom random = new SplittableRandom(8);
    for (String name : List.of("g.npy", "g.safetensors")) {
      byte[] whole =
          Files.readAllBytes(written(name, new Realization.ClassMean(), DATA, Dtype.F16));
      for (int time = 0; time < 150; time++) {
        byte[] damaged = whole.clone();
        damaged[random.nextInt(200)] = (byte) random.nextInt(256);
        Path file = folder.resolve("damaged-" + name);
        Files.write(file, time % 5 > 0 ? damaged : Arrays.copyOf(damaged, random.nextInt(2000)));
        try {
          Realization.FromFile.of(file, DATA).prepare(DATA, engine).close();
        } catch (UserException e) {
          assertEquals(1, String.valueOf(e.getMessage()).lines().count());
        }
      }
    }
  }

  @Test
  void aFileThatIsNotFinishedLeavesTheEarlierOne() throws IOException {
    Path file = written("g.npy", new Realization.ClassMean(), DATA, Dtype.F32);
    String before = Sha256.of(file);
    try (GroundTruth truth = new Realization.OneImage(List.of()).prepare(DATA, engine)) {
      assertFalse(
          new GradientWriter(file, DATA, Dtype.F32)
              .write(
                  truth,
                  Alignment.Gradient.LOGIT,
                  new GradientWriter.Observer() {
                    @Override
                    public void images(int more) {}

                    @Override
                    public boolean isCancelled() {
                      return true;
                    }
                  }));
    }
    assertEquals(before, Sha256.of(file));
    try (var left = Files.list(folder)) {
      assertEquals(List.of(file), left.toList());
    }
  }

  @Test
  void theCardNamesTheFileAndItsHash() throws IOException {
    Path file = written("g.npy", new Realization.ClassMean(), DATA, Dtype.F16);
    SequencedMap<String, String> card =
        plan(Method.FROM_FILE, Realization.FromFile.of(file, DATA)).parameters();
    assertEquals("g.npy", card.get("gradients"));
    assertEquals(Sha256.of(file), card.get("gradients-sha256"));
  }

  @Test
  void numpyReadsWhatIsWrittenAndIsRead() throws Exception {
    assumeTrue(Python.has("numpy", folder), "there is no NumPy here");
    Path file = written("ours.npy", new Realization.ClassMean(), DATA, Dtype.F16);
    String said =
        Python.run(
            """
            import sys, numpy as np
            ours = np.load(sys.argv[1])
            assert ours.dtype == np.float16 and ours.flags["C_CONTIGUOUS"]
            print(ours.shape, ours[7, 2].astype(np.float64).sum())
            np.save(sys.argv[2], ours.astype(">f4"))
            """,
            folder,
            file.toString(),
            folder.resolve("theirs.npy").toString());
    assertTrue(said.startsWith("(36, 3, 3, 16, 16) "), said);
    try (GradientFile ours = GradientFile.open(file);
        GradientFile theirs = GradientFile.open(folder.resolve("theirs.npy"))) {
      double sum = 0;
      for (float value : ours.read(7 * 3 + 2)) {
        sum += value;
      }
      assertEquals(Double.parseDouble(said.substring(said.indexOf(") ") + 2).strip()), sum, 1e-9);
      for (int g = 0; g < 108; g += 17) {
        assertArrayEquals(ours.read(g), theirs.read(g));
      }
    }
  }
}
