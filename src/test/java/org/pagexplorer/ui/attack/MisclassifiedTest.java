package org.pagexplorer.ui.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.ForwardingDataset;
import org.pagexplorer.dataset.MadeUp;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Cards;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** An untrained model and noise: it is right by chance alone. */
@FxTest
class MisclassifiedTest {
  private static final InputShape SHAPE = new InputShape(3, 4, 4);
  private static final List<String> CLASSES = List.of("a", "b", "c");
  private static final int SIZE = 300;

  @TempDir Path folder;

  private final EngineLane lane = new EngineLane("cpu");
  private final List<String> said = new ArrayList<>();
  private final AtomicInteger read = new AtomicInteger();
  private Misclassified search;
  private ModelFile model;

  @Start
  void start(Stage stage) {}

  @BeforeEach
  void make() {
    Architecture architecture = Architecture.mlp(4, SHAPE, CLASSES.size());
    Path file = folder.resolve("model.safetensors");
    CheckpointFiles.write(
        file,
        new Checkpoint(
            Cards.of("Untrained", architecture, CLASSES), Initialization.of(architecture, 1)),
        Dtype.F32);
    model = ModelFile.read(file);
    search = new Misclassified(lane, () -> Optional.of(model), said::add);
    search.begin();
  }

  @AfterEach
  void close() {
    lane.close();
  }

  /** Counts what is read of it. */
  private static Dataset noise(List<String> classes, AtomicInteger read) {
    return MadeUp.images(
        "noise",
        classes,
        SHAPE,
        SIZE,
        index -> {
          read.incrementAndGet();
          byte[] bytes = new byte[SHAPE.size()];
          new SplittableRandom(index).nextBytes(bytes);
          return bytes;
        });
  }

  private List<Integer> wrong(Dataset dataset) {
    int[] named =
        lane.submit(
                l ->
                    l.classifier(model.file(), Precision.EXACT)
                        .predictions(IntStream.range(0, SIZE).mapToObj(dataset::image).toList()))
            .join();
    return IntStream.range(0, SIZE).filter(i -> named[i] != dataset.label(i)).boxed().toList();
  }

  @Test
  void exactlyThoseThatTheModelGetsWrongAreFoundAndNoFurtherThanNeeded() throws Exception {
    Dataset noise = noise(CLASSES, read);
    List<Integer> expected = wrong(noise(CLASSES, new AtomicInteger()));
    assertTrue(expected.size() > 50 && expected.size() < SIZE, "else nothing is told apart");
    assertEquals(expected.subList(0, 7), search.find(noise, 0, 7, () -> false));
    assertTrue(read.get() <= 64, "of 300 images, " + read + " were read");
    assertEquals(expected.subList(7, 14), search.find(noise, 1, 7, () -> false));
    assertTrue(read.get() <= 64, "what is known is not read again");
    int pages = Math.ceilDiv(expected.size(), 7);
    assertEquals(expected.subList(0, 7), search.find(noise, pages, 7, () -> false), "round");
    assertEquals(SIZE, read.get());
  }

  @Test
  void whatWasFoundIsEnoughWhenTheUserSaysSo() throws Exception {
    Dataset noise = noise(CLASSES, read);
    List<Integer> expected = wrong(noise(CLASSES, new AtomicInteger()));
    Dataset stopping =
        new ToldNoise(
            noise,
            index -> {
              if (index == 70) {
                search.stop();
              }
            });
    List<Integer> found = search.find(stopping, 0, SIZE, () -> false);
    assertEquals(expected.stream().filter(i -> i < 128).toList(), found);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(
        List.of(
            "Stopped: \"Untrained\" misclassifies %d of the first 128 images of noise."
                .formatted(found.size())),
        said);
    search.begin();
    assertEquals(expected, search.find(stopping, 0, SIZE, () -> false), "it goes on from there");
  }

  /** Tells which image is read. */
  private record ToldNoise(Dataset whole, java.util.function.IntConsumer told)
      implements ForwardingDataset {
    @Override
    public byte[] bytes(int index) {
      told.accept(index);
      return whole.bytes(index);
    }
  }

  @Test
  void aSearchThatNobodyWaitsForEnds() throws Exception {
    assertEquals(List.of(), search.find(noise(CLASSES, read), 0, SIZE, () -> read.get() >= 64));
    assertEquals(64, read.get());
  }

  @Test
  void ofClassesThatTheModelDoesNotKnowNothingIsSaidToBeWrong() {
    Dataset other = noise(List.of("x", "y"), read);
    UserException e =
        assertThrows(UserException.class, () -> search.find(other, 0, 7, () -> false));
    assertTrue(e.getMessage().contains("knows none of the classes of noise"), e.getMessage());
  }
}
