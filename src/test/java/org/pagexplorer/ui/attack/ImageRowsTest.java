package org.pagexplorer.ui.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.hold;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.dataset.ForwardingDataset;
import org.pagexplorer.dataset.MadeUp;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Mask;
import org.pagexplorer.domain.StartImage;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.attack.Brush;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.PaintedRegion;
import org.pagexplorer.ui.settings.Undo;
import org.pagexplorer.ui.support.FileThreads;
import org.pagexplorer.ui.support.FxTest;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Requests;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Rows that are read at different speeds. */
@FxTest
class ImageRowsTest {
  private static final Optional<InputShape> SHAPE = Optional.of(new InputShape(3, 4, 4));

  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();
  private final List<String> withdrawn = new ArrayList<>();
  private final ImageRows rows = new ImageRows(said::add);
  private final CountDownLatch read = new CountDownLatch(1);

  @Start
  void start(Stage stage) {}

  @BeforeEach
  void open(FxRobot robot) {
    robot.interact(() -> rows.sourceProperty().set(numbered("first", 3, new CountDownLatch(0))));
    waitFor("rows", () -> names().equals(List.of("class 0 #0", "class 1 #1", "class 2 #2")));
  }

  /** Two images a class, which are read once that is allowed. */
  private Dataset numbered(String name, int count, CountDownLatch allowed) {
    InputShape shape = SHAPE.orElseThrow();
    return MadeUp.images(
        name,
        IntStream.range(0, count).mapToObj(c -> "class " + c).toList(),
        shape,
        2 * count,
        _ -> {
          hold(allowed);
          return new byte[shape.size()];
        });
  }

  /** Also knows what was taken back. */
  private final class Saying implements Notice {
    @Override
    public void say(String sentence) {
      said.add(sentence);
    }

    @Override
    public void withdraw(String sentence) {
      withdrawn.add(sentence);
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
    robot.interact(() -> rows.sourceProperty().set(numbered("second", 2, read)));
    AtomicInteger asked = new AtomicInteger();
    robot.interact(() -> rows.addPictures(List.of(own), () -> shape(asked)));
    waitFor("the picture to be read", () -> asked.get() == 2);
    read.countDown();
    waitFor("both", () -> names().equals(List.of("own.png", "class 0 #0", "class 1 #1")));
  }

  @Test
  void everyRowThatWaitsForADatasetComes(FxRobot robot) {
    robot.interact(
        () -> {
          rows.fitTo(() -> SHAPE);
          rows.open(
              () -> {
                read.await();
                return numbered("slow", 2, new CountDownLatch(0));
              });
          rows.addStart(new StartImage.ClassMean("class 0"));
          rows.addStart(new StartImage.ClassMean("class 1"));
        });
    read.countDown();
    waitFor(
        "both rows",
        () ->
            rows.images().stream()
                .map(OriginalImage::caption)
                .toList()
                .containsAll(List.of("mean of class 0", "mean of class 1")));
  }

  /** Whose images are there, and then are not. */
  private record Lost(Dataset whole, AtomicBoolean lost) implements ForwardingDataset {
    @Override
    public byte[] bytes(int index) {
      if (lost.get()) {
        throw new UserException("The images are gone.");
      }
      return whole.bytes(index);
    }
  }

  @Test
  void aRowThatCannotBeMadeInAnotherSizeStaysAndTheOthersChange(FxRobot robot) throws IOException {
    RowSource file = new RowSource.File(picture("own.png"));
    RowSource mean = new RowSource.Start(new StartImage.ClassMean("class 0"));
    AtomicBoolean lost = new AtomicBoolean();
    Lost from = new Lost(numbered("lost", 2, new CountDownLatch(0)), lost);
    OwnPictures own = new OwnPictures(new Saying());
    robot.interact(
        () ->
            own.add(
                OwnPictures.read(
                    List.of(file, mean), SHAPE.orElseThrow(), Fit.CROP, Optional.of(from))));
    lost.set(true);
    InputShape larger = new InputShape(3, 6, 6);
    List<String> once = List.of("\"mean of class 0\" is left out: The images are gone.");
    for (int i = 0; i < 2; i++) { // other rows are asked for, which fit
      refit(robot, own, larger);
      assertEquals(
          List.of(SHAPE.orElseThrow(), larger),
          own.images().stream().map(row -> row.image().shape()).toList());
      assertEquals(once, said);
      assertEquals(List.of(), withdrawn);
    }
    refit(robot, own, SHAPE.orElseThrow());
    assertEquals(once, withdrawn, "it fits again");
  }

  private static void refit(FxRobot robot, OwnPictures own, InputShape shape) {
    AtomicBoolean settled = new AtomicBoolean();
    robot.interact(
        () -> own.refit(shape, Fit.CROP, new Requests().latest(), () -> settled.set(true)));
    waitFor("an answer", settled::get);
    WaitForAsyncUtils.waitForFxEvents();
  }

  /** As by two redos, before the rows of the first have come. */
  @Test
  void aPictureThatIsAddedAgainIsNotTheOneThatGoes(FxRobot robot) throws IOException {
    RowSource file = new RowSource.File(picture("own.png"));
    OwnPictures own = new OwnPictures(said::add);
    Runnable add =
        () ->
            own.add(
                OwnPictures.read(List.of(file), SHAPE.orElseThrow(), Fit.CROP, Optional.empty()));
    robot.interact(
        () -> {
          add.run();
          own.replace();
          add.run();
        });
    assertEquals(List.of(file.text()), own.sources());
    InputShape larger = new InputShape(3, 6, 6);
    refit(robot, own, larger);
    assertEquals(List.of(file.text()), own.sources());
    robot.interact(own::drop);
    assertEquals(List.of(larger), own.images().stream().map(row -> row.image().shape()).toList());
  }

  /**
   * The rows are of a second dataset, and the mean of a class of the first one, which can be read
   * until it is lost.
   */
  private void keepAMeanOfAnotherDataset(FxRobot robot, AtomicBoolean lost) {
    robot.interact(
        () -> {
          rows.fitTo(() -> SHAPE);
          rows.sourceProperty().set(new Lost(numbered("lost", 2, new CountDownLatch(0)), lost));
          rows.addStart(new StartImage.ClassMean("class 0"));
        });
    waitFor("the mean", () -> names().size() == 3);
    robot.interact(() -> rows.sourceProperty().set(numbered("second", 2, new CountDownLatch(0))));
  }

  /** Of a comparison, whose grids have the same rows. */
  @Test
  void aRowThatDoesNotFitOneSizeIsLeftOutOfAllAndTheOthersStay(FxRobot robot) throws IOException {
    Path file = picture("own.png");
    AtomicBoolean lost = new AtomicBoolean();
    keepAMeanOfAnotherDataset(robot, lost);
    robot.interact(() -> rows.addPictures(List.of(file), () -> SHAPE));
    waitFor("the picture", () -> names().size() == 4 && names().contains("own.png"));
    lost.set(true);
    FittedRows fitted = new FittedRows(rows, new Saying());
    InputShape larger = new InputShape(3, 6, 6);
    List<String> whole = names();
    for (InputShape both : List.of(SHAPE.orElseThrow(), larger)) {
      AtomicReference<Map<InputShape, List<OriginalImage>>> found = new AtomicReference<>();
      Requests requests = new Requests();
      robot.interact(
          () -> fitted.in(new HashSet<>(List.of(both, larger)), requests.next(), found::set));
      waitFor("the rows", () -> found.get() != null);
      for (List<OriginalImage> others : found.get().values()) {
        assertEquals(
            List.of("own.png", "class 0 #0", "class 1 #1"),
            others.stream().map(OriginalImage::origin).toList());
        assertEquals(2, rows.placeIn(others, 3), "below the one that is missing");
        assertEquals(3, rows.placeOf(others, 2));
        assertEquals(-1, rows.placeIn(others, 1), "the one that is missing");
      }
    }
    assertEquals(whole, names(), "the rows themselves stay");
    String sentence = "\"mean of class 0\" is left out: The images are gone.";
    assertEquals(1, said.stream().filter(sentence::equals).count(), said.toString());
    robot.interact(fitted::settle);
    assertEquals(List.of(sentence), withdrawn);
  }

  /** As of two cameras, or of two runs. */
  @Test
  void filesOfOneNameInTwoFoldersAreNotTakenForEachOther(FxRobot robot) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String of : List.of("one", "other")) {
      Files.createDirectories(folder.resolve(of));
      files.add(picture(of + "/same.png"));
    }
    robot.interact(
        () -> {
          rows.fitTo(() -> SHAPE);
          rows.addPictures(files, () -> SHAPE);
        });
    waitFor("both", () -> names().size() == 5);
    assertEquals(List.of("same.png", "same.png"), names().subList(0, 2));
    List<OriginalImage> before = List.copyOf(rows.images());
    robot.interact(() -> rows.choice().move(0, 1));
    assertEquals(1, rows.placeOf(before, 0));
    assertEquals(0, rows.placeIn(before, 1));
    robot.interact(() -> rows.choice().remove(0));
    assertEquals(-1, rows.placeOf(before, 1), "the one that was removed");
    assertEquals(0, rows.placeOf(before, 0));
  }

  /** A class's mean is of a dataset, whatever has the same class. */
  @Test
  void aMeanOfADatasetThatIsGoneTakesNoOtherAway(FxRobot robot) {
    AtomicBoolean lost = new AtomicBoolean();
    keepAMeanOfAnotherDataset(robot, lost);
    robot.interact(() -> rows.addStart(new StartImage.ClassMean("class 0")));
    waitFor("the other's mean", () -> names().size() == 4);
    lost.set(true);
    FittedRows fitted = new FittedRows(rows, said::add);
    AtomicReference<Map<InputShape, List<OriginalImage>>> found = new AtomicReference<>();
    InputShape larger = new InputShape(3, 6, 6);
    robot.interact(() -> fitted.in(Set.of(larger), new Requests().next(), found::set));
    waitFor("the rows", () -> found.get() != null);
    List<String> left = found.get().get(larger).stream().map(OriginalImage::origin).toList();
    assertEquals(3, left.size(), left.toString());
    assertTrue(left.getFirst().contains("second"), left.toString());
  }

  /** Rows that came after the user arranged others stand where they came to those. */
  @Test
  void aRowThatDoesNotFitOneSizeHasItsPlaceAmongTheOthers(FxRobot robot) throws Exception {
    Path file = picture("own.png");
    AtomicBoolean lost = new AtomicBoolean();
    StartImage mean = new StartImage.ClassMean("class 0");
    robot.interact(
        () -> {
          rows.fitTo(() -> SHAPE);
          rows.sourceProperty().set(new Lost(numbered("lost", 2, new CountDownLatch(0)), lost));
          rows.addPictures(List.of(file), () -> SHAPE);
        });
    waitFor("the picture", () -> names().size() == 3);
    robot.interact(() -> rows.addStart(mean));
    waitFor("the mean", () -> names().size() == 4);
    robot.interact(() -> rows.sourceProperty().set(numbered("second", 2, new CountDownLatch(0))));
    FileThreads.finish(10_000);
    WaitForAsyncUtils.waitForFxEvents();
    List<String> arranged = List.of("#1", new RowSource.Start(mean).text());
    robot.interact(() -> rows.choice().arrange(new RowOrder(arranged, List.of())));
    assertEquals(4, names().size());
    assertEquals(List.of("own.png", "class 0 #0"), names().subList(2, 4));
    lost.set(true);
    FittedRows fitted = new FittedRows(rows, said::add);
    AtomicReference<Map<InputShape, List<OriginalImage>>> found = new AtomicReference<>();
    Set<InputShape> sizes = Set.of(SHAPE.orElseThrow(), new InputShape(3, 6, 6));
    robot.interact(() -> fitted.in(sizes, new Requests().next(), found::set));
    waitFor("the rows", () -> found.get() != null);
    for (List<OriginalImage> others : found.get().values()) {
      assertEquals(
          List.of("class 1 #1", "own.png", "class 0 #0"),
          others.stream().map(OriginalImage::origin).toList());
    }
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
          rows.choice().choose("class 1");
        });
    waitFor("the class", () -> names().equals(List.of("class 1 #1", "class 1 #4")));
    FileThreads.finish(10_000); // the picture has been read, and handed to the FX thread
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(List.of("class 1 #1", "class 1 #4"), names());
  }

  @Test
  void addingAPictureIsUndoneAndMadeAgain(FxRobot robot) throws IOException {
    Path first = picture("first.png");
    Path second = picture("second.png");
    ObservableList<Integer> targets = FXCollections.observableArrayList(0);
    AtomicReference<Undo> undo = new AtomicReference<>();
    robot.interact(
        () -> {
          rows.fitTo(() -> SHAPE);
          undo.set(
              new AttackSetup(
                      rows, targets, new AttackSettings(), () -> List.of("class 0"), said::add)
                  .undo());
        });
    for (Path file : List.of(first, second)) {
      robot.interact(() -> rows.addPictures(List.of(file), () -> SHAPE));
      waitFor("the picture", () -> names().contains(file.getFileName().toString()));
      robot.interact(() -> undo.get().keep());
    }
    robot.interact(() -> undo.get().undo());
    assertEquals(List.of("first.png", "class 0 #0", "class 1 #1", "class 2 #2"), names());
    robot.interact(() -> undo.get().undo());
    assertEquals(List.of("class 0 #0", "class 1 #1", "class 2 #2"), names());
    robot.interact(() -> undo.get().redo());
    robot.interact(() -> undo.get().redo());
    waitFor("both again", () -> names().size() == 5);
    assertEquals(List.of("second.png", "first.png"), names().subList(0, 2));
    assertEquals(List.of(), said);
  }

  @Test
  void undoingMoreLeavesOnesOwnPicturesThere(FxRobot robot) throws IOException {
    Path own = picture("own.png");
    robot.interact(() -> rows.choice().choose("class 1"));
    waitFor("the class", () -> names().equals(List.of("class 1 #1", "class 1 #4")));
    robot.interact(() -> rows.addPictures(List.of(own), () -> SHAPE));
    waitFor("the picture", () -> names().size() == 3);
    ShownRows before = rows.shown();
    robot.interact(() -> rows.choice().more());
    robot.interact(() -> rows.show(Optional.empty(), "", before));
    FileThreads.finish(10_000);
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals(before, rows.shown());
    assertEquals(List.of("own.png", "class 1 #1", "class 1 #4"), names());
    robot.interact(() -> rows.choice().choose("class 2"));
    waitFor("others", () -> names().equals(List.of("class 2 #2", "class 2 #5")));
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
    Dataset slow = numbered("slow", 2, new CountDownLatch(0));
    Dataset quick = numbered("quick", 4, new CountDownLatch(0));
    robot.interact(
        () ->
            rows.open(
                () -> {
                  reader.set(Thread.currentThread());
                  read.await();
                  return slow;
                }));
    waitFor("the slow one to be read", () -> reader.get() != null);
    robot.interact(() -> rows.open(() -> quick));
    waitFor("the quick one", () -> rows.images().size() == 4);
    read.countDown();
    reader.get().join(); // it has been handed to the FX thread
    WaitForAsyncUtils.waitForFxEvents();
    assertEquals("quick", rows.sourceProperty().get().name());
  }

  @Test
  void anotherPartOfADatasetIsChosen(FxRobot robot) throws IOException {
    for (String split : List.of("train", "val")) {
      for (int i = 0; i < (split.equals("val") ? 2 : 3); i++) {
        Files.createDirectories(folder.resolve(split + "/c" + i % 2));
        picture(split + "/c" + i % 2 + "/" + i + ".png");
      }
    }
    robot.interact(() -> rows.openDataset(folder));
    waitFor("the images that were held out", () -> size() == 2);
    assertEquals("val", rows.partProperty().get());
    assertEquals(List.of("train", "val"), rows.parts().stream().sorted().toList());
    robot.interact(() -> rows.choosePart("train"));
    waitFor("the training images", () -> size() == 3);
    assertEquals("train", rows.partProperty().get());
    assertEquals(Optional.of(folder), rows.folder());
    robot.interact(() -> rows.open(() -> numbered("samples", 2, new CountDownLatch(0))));
    waitFor("the samples", () -> size() == 4);
    assertEquals(List.of(), rows.parts());
    assertEquals(Optional.empty(), rows.folder());
  }

  private int size() {
    Dataset dataset = rows.sourceProperty().get();
    return dataset == null ? 0 : dataset.size();
  }

  @Test
  void ofManyClassesAHundredAreShownAtATimeAndThatIsSaid(FxRobot robot) {
    robot.interact(() -> rows.sourceProperty().set(numbered("many", 250, new CountDownLatch(0))));
    waitFor("a hundred", () -> rows.images().size() == 100);
    assertTrue(said.contains("many has 250 classes; 100 of them are shown at a time."), "" + said);
    robot.interact(() -> rows.choice().turn(2));
    waitFor("the last", () -> rows.images().size() == 50);
    assertEquals("class 249 #249", names().getLast());
    robot.interact(() -> rows.choice().turn(1));
    waitFor("each class's second", () -> names().getFirst().equals("class 0 #250"));
  }

  @Test
  void typedIndicesAreNoLongerOneOfEachClass(FxRobot robot) {
    robot.interact(() -> rows.choice().showIndices("5"));
    waitFor("the image", () -> names().equals(List.of("class 2 #5")));
    assertEquals(RowChoice.TYPED, rows.choice().choiceProperty().get());
    robot.interact(() -> rows.choice().choose(RowChoice.EACH));
    waitFor("each class", () -> rows.images().size() == 3);
  }

  private Path wide(String name) throws IOException {
    BufferedImage picture = new BufferedImage(12, 4, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(0, 0, 0xFFFFFF); // only a squashed one shows it
    Path file = folder.resolve(name);
    ImageIO.write(picture, "png", file.toFile());
    return file;
  }

  private void chooseModel(FxRobot robot, AtomicReference<InputShape> input, int side) {
    robot.interact(
        () -> {
          input.set(new InputShape(3, side, side));
          rows.refit();
          assertTrue(rows.images().isEmpty(), "nothing of the other size stays in sight");
        });
    waitFor("rows of " + side, () -> isOfSide(rows.images(), side));
  }

  private static boolean isOfSide(List<OriginalImage> images, int side) {
    return !images.isEmpty() && images.stream().allMatch(i -> i.image().shape().width() == side);
  }

  @Test
  void theUsersPicturesStayWhenAModelOfAnotherSizeIsChosen(FxRobot robot) throws IOException {
    AtomicReference<InputShape> input = new AtomicReference<>(SHAPE.orElseThrow());
    Path gone = wide("gone.png");
    Path own = picture("own.png");
    robot.interact(
        () -> {
          rows.fitTo(() -> Optional.of(input.get()));
          rows.addPictures(List.of(gone, own), () -> Optional.of(input.get()));
        });
    List<String> all = List.of("own.png", "gone.png", "class 0 #0", "class 1 #1", "class 2 #2");
    waitFor("the pictures", () -> names().equals(all));
    for (int side : List.of(6, 9, 4)) {
      chooseModel(robot, input, side);
      assertEquals(all, names());
      Files.deleteIfExists(gone);
    }
    robot.interact(() -> rows.choice().choose("class 1"));
    waitFor("the class alone", () -> names().equals(List.of("class 1 #1", "class 1 #4")));
  }

  @Test
  void theUsersPicturesStayWhenOtherRowsCannotBeRead(FxRobot robot) throws IOException {
    Path own = picture("own.png");
    robot.interact(() -> rows.addPictures(List.of(own), () -> SHAPE));
    waitFor("the picture", () -> names().size() == 4);
    robot.interact(() -> rows.openDataset(folder.resolve("absent")));
    waitFor("the sentence", () -> !said.isEmpty());
    robot.interact(() -> rows.fitProperty().set(Fit.SQUASH));
    waitFor("the picture again", () -> names().size() == 4 && names().contains("own.png"));
  }

  @Test
  void whatIsResizedIsCroppedOrSquashedAsTheUserLikes(FxRobot robot) throws IOException {
    Path own = wide("own.png");
    robot.interact(
        () -> {
          rows.fitTo(() -> SHAPE);
          rows.addPictures(List.of(own), () -> SHAPE);
        });
    waitFor("the picture", () -> names().contains("own.png"));
    assertTrue(rows.resizedProperty().get());
    assertEquals(0, rows.images().getFirst().image().at(0, 0, 0));
    assertEquals(List.of("own.png was center-cropped from 12×4 to 4×4."), said);
    robot.interact(() -> rows.fitProperty().set(Fit.SQUASH));
    waitFor("it squashed", () -> rows.images().size() == 4);
    assertEquals(1 / 3f, rows.images().getFirst().image().at(0, 0, 0), 0.01f);
  }

  @Test
  void whatIsPaintedIsOnTheSameRowsOfAModelOfAnotherSize(FxRobot robot) throws Exception {
    Mask left = new Brush(1, 0, false).rectangle(new Mask(4, 4, new byte[16]), 0, 0, 2, 4);
    List<PaintedRegion> regions =
        List.of(new PaintedRegion(left, Optional.of("class 0"), OptionalDouble.of(2)));
    robot.interact(() -> rows.paint(1, regions));
    InputShape larger = new InputShape(3, 8, 8);
    for (boolean arranged : new boolean[] {false, true}) {
      if (arranged) {
        robot.interact(() -> rows.choice().move(1, 0));
      }
      List<OriginalImage> others =
          rows.as(
                  larger,
                  Optional.of(rows.sourceProperty().get().fitted(larger, Fit.CROP, _ -> {})))
              .call()
              .without(Set.of());
      for (int i = 0; i < 3; i++) {
        boolean painted = names().get(i).equals("class 1 #1");
        assertEquals(painted ? regions : List.of(), rows.images().get(i).regions());
        assertEquals(painted ? 1 : 0, others.get(i).regions().size(), "row " + i);
        for (PaintedRegion region : others.get(i).regions()) {
          assertTrue(region.mask().fits(larger));
          assertEquals(-1, region.mask().levels()[0], "the left may change");
          assertEquals(0, region.mask().levels()[7], "the right may not");
          assertEquals(Optional.of("class 0"), region.target());
          assertEquals(OptionalDouble.of(2), region.epsilon());
        }
      }
    }
  }
}
