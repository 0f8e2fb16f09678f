package org.pagexplorer.ui.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.ui.support.FileThreads;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Rows that are read at different speeds. */
@FxTest
class ImageRowsTest {
  private static final Optional<InputShape> SHAPE = Optional.of(new InputShape(3, 4, 4));

  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();
  private final ImageRows rows = new ImageRows(said::add);
  private final CountDownLatch read = new CountDownLatch(1);

  @Start
  void start(Stage stage) {}

  @BeforeEach
  void open(FxRobot robot) {
    robot.interact(
        () -> rows.sourceProperty().set(new Numbered("first", 3, new CountDownLatch(0))));
    waitFor("rows", () -> names().equals(List.of("class 0 #0", "class 1 #1", "class 2 #2")));
  }

  /** Two images a class, which are read once that is allowed. */
  private record Numbered(String name, int count, CountDownLatch allowed) implements Dataset {
    @Override
    public List<String> classes() {
      return IntStream.range(0, count).mapToObj(c -> "class " + c).toList();
    }

    @Override
    public InputShape shape() {
      return SHAPE.orElseThrow();
    }

    @Override
    public int size() {
      return 2 * count;
    }

    @Override
    public int label(int index) {
      return index % count;
    }

    @Override
    public byte[] bytes(int index) {
      try {
        allowed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new byte[shape().size()];
    }
  }

  private List<String> names() {
    return rows.images().stream().map(OriginalImage::origin).toList();
  }

  private Path picture(String name) throws IOException {
    Path file = folder.resolve(name);
    ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    return file;
  }

  @Test
  void picturesStandInTheOrderInWhichTheyCameAndABrokenOneLosesNone(FxRobot robot)
      throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      files.add(picture(i + ".png"));
    }
    files.add(4, Files.writeString(folder.resolve("broken.png"), "no picture"));
    robot.interact(() -> rows.addPictures(files, () -> SHAPE));
    waitFor("all of them", () -> rows.images().size() == 11);
    assertEquals("7.png", names().getFirst());
    assertEquals("0.png", names().get(7));
    assertEquals(1, said.size());
  }

  @Test
  void aPictureThatIsAddedWhileRowsAreReadStandsBeforeThem(FxRobot robot) throws IOException {
    Path own = picture("own.png");
    robot.interact(() -> rows.sourceProperty().set(new Numbered("second", 2, read)));
    AtomicInteger asked = new AtomicInteger();
    robot.interact(() -> rows.addPictures(List.of(own), () -> shape(asked)));
    waitFor("the picture to be read", () -> asked.get() == 2);
    read.countDown();
    waitFor("both", () -> names().equals(List.of("own.png", "class 0 #0", "class 1 #1")));
  }

  private static Optional<InputShape> shape(AtomicInteger asked) {
    asked.incrementAndGet();
    return SHAPE;
  }

  @Test
  void aPictureThatIsReadAfterOtherRowsWereChosenStaysOut(FxRobot robot) throws IOException {
    Path own = picture("own.png");
    robot.interact(
        () -> {
          rows.addPictures(List.of(own), () -> SHAPE);
          rows.choose("class 1");
        });
    waitFor("the class", () -> names().equals(List.of("class 1 #1", "class 1 #4")));
    FileThreads.finish(10_000); // the picture has been read, and handed to the FX thread
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(List.of("class 1 #1", "class 1 #4"), names());
  }

  @Test
  void aPictureIsOfTheShapeOfTheModelThatIsChosenByThen(FxRobot robot) throws IOException {
    Path own = picture("own.png");
    Optional<InputShape> other = Optional.of(new InputShape(3, 6, 6));
    AtomicInteger asked = new AtomicInteger();
    robot.interact(
        () -> rows.addPictures(List.of(own), () -> asked.getAndIncrement() == 0 ? SHAPE : other));
    waitFor("the picture", () -> names().equals(List.of("own.png")));
    assertEquals(other.orElseThrow(), rows.images().getFirst().image().shape());
  }

  @Test
  void theDatasetThatWasOpenedLastWins(FxRobot robot) throws InterruptedException {
    AtomicReference<Thread> reader = new AtomicReference<>();
    Numbered slow = new Numbered("slow", 2, new CountDownLatch(0));
    Numbered quick = new Numbered("quick", 4, new CountDownLatch(0));
    robot.interact(
        () ->
            rows.open(
                () -> {
                  reader.set(Thread.currentThread());
                  read.await();
                  return slow;
                },
                Optional.empty()));
    waitFor("the slow one to be read", () -> reader.get() != null);
    robot.interact(() -> rows.open(() -> quick, Optional.empty()));
    waitFor("the quick one", () -> rows.images().size() == 4);
    read.countDown();
    reader.get().join(); // it has been handed to the FX thread
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals("quick", rows.sourceProperty().get().name());
  }

  @Test
  void ofManyClassesAHundredAreShownAtATimeAndThatIsSaid(FxRobot robot) {
    robot.interact(
        () -> rows.sourceProperty().set(new Numbered("many", 250, new CountDownLatch(0))));
    waitFor("a hundred", () -> rows.images().size() == 100);
    assertTrue(said.contains("many has 250 classes; 100 of them are shown at a time."), "" + said);
    robot.interact(() -> rows.turn(2));
    waitFor("the last", () -> rows.images().size() == 50);
    assertEquals("class 249 #249", names().getLast());
    robot.interact(() -> rows.turn(1));
    waitFor("each class's second", () -> names().getFirst().equals("class 0 #250"));
  }

  @Test
  void typedIndicesAreNoLongerOneOfEachClass(FxRobot robot) {
    robot.interact(() -> rows.showIndices("5"));
    waitFor("the image", () -> names().equals(List.of("class 2 #5")));
    assertEquals(ImageRows.TYPED, rows.choiceProperty().get());
    robot.interact(() -> rows.choose(ImageRows.EACH));
    waitFor("each class", () -> rows.images().size() == 3);
  }
}
