package org.pagexplorer.ui.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Cards;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.TargetGrid;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.lab.figure.Drawing;
import org.pagexplorer.lab.figure.FigureMaker;
import org.pagexplorer.lab.figure.FigureSpecification;
import org.pagexplorer.lab.figure.FigureSpecification.Pictures;
import org.pagexplorer.lab.figure.FigureText;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.control.TileRange;

class GridAttackTest {
  private static final InputShape SHAPE = new InputShape(3, 8, 8);
  private static final Image BLACK = new Image(SHAPE, new float[SHAPE.size()]);
  private static final List<String> CLASSES = List.of("a", "b", "c");

  @TempDir Path folder;
  private final EngineLane lane = new EngineLane("cpu");

  @AfterEach
  void close() {
    lane.close();
  }

  private ModelFile model(String name, long seed) {
    Architecture architecture = Architecture.resNet18(1, SHAPE, 3);
    ModelCard card = Cards.of(name, architecture, CLASSES);
    Path file = folder.resolve("model.safetensors");
    CheckpointFiles.write(
        file, new Checkpoint(card, Initialization.of(architecture, seed)), Dtype.F32);
    return new ModelFile(file, card);
  }

  private GridAttack attack(ModelFile model) {
    return attack(
        model,
        AttackSpecification.pictures(new ThreatModel(Norm.L2, 1), 1),
        List.of(new Tile(0, BLACK, Goal.reach(0))),
        () -> {});
  }

  private static final AttackSpecification TWO_STEPS =
      AttackSpecification.pictures(new ThreatModel(Norm.L2, 1), 2);

  private GridAttack attack(
      ModelFile model, AttackSpecification specification, List<Tile> tiles, Runnable changed) {
    return new GridAttack(
        model,
        List.of(new OriginalImage("black", "a", BLACK, OptionalInt.of(0), "")),
        Optional.empty(),
        CLASSES.subList(0, 1),
        Precision.EXACT,
        specification,
        tiles,
        1L << 30,
        changed,
        sentence -> {});
  }

  private static List<Tile> rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            row -> new Tile(row, new Image(SHAPE, new float[SHAPE.size()]), Goal.reach(row % 2)))
        .toList();
  }

  @Test
  void aRowThatIsChangedIsAttackedFirstAndTheOthersAreShownMeanwhile() {
    ModelFile model = model("Random", 1);
    List<Tile> tiles = new ArrayList<>(rows(100));
    GridAttack before = attack(model, TWO_STEPS, tiles, () -> {});
    before.start(lane).join();
    List<Tile> next = new ArrayList<>(tiles);
    next.set(99, new Tile(99, tiles.get(99).image(), Goal.reach(2)));
    next.add(0, next.remove(50)); // and one moves
    List<GridAttack> attack = new ArrayList<>();
    List<Boolean> keptWhenItCame = new ArrayList<>();
    Runnable changed =
        () -> {
          GridAttack now = attack.getFirst();
          if (keptWhenItCame.isEmpty() && now.trajectory(99).latest() >= 0) {
            keptWhenItCame.add(now.trajectory(1) == before.trajectory(0));
          }
        };
    attack.add(attack(model, TWO_STEPS, next, changed));
    GridAttack now = attack.getFirst();
    now.keep(before);
    assertSame(before.trajectory(50), now.trajectory(0));
    assertSame(before.trajectory(0), now.trajectory(1));
    assertEquals(-1, now.trajectory(99).latest(), "nothing is known of what is new");
    now.start(lane).join();
    assertEquals(List.of(true), keptWhenItCame);
    assertTrue(now.isFinished());
    GridAttack afresh = attack(model, TWO_STEPS, next, () -> {});
    afresh.start(lane).join();
    for (int i = 0; i < 100; i++) {
      assertNotSame(before.trajectory(i), now.trajectory(i), "all are made in batches as usual");
      assertArrayEquals(afresh.trajectory(i).pixels(2), now.trajectory(i).pixels(2));
    }
  }

  @Test
  void nothingIsShownOfAnAttackThatWasAnother() {
    ModelFile model = model("Random", 1);
    List<Tile> tiles = rows(2);
    GridAttack before = attack(model, TWO_STEPS, tiles, () -> {});
    before.start(lane).join();
    AttackSpecification larger = AttackSpecification.pictures(new ThreatModel(Norm.L2, 2), 2);
    ModelFile other = new ModelFile(folder.resolve("other.safetensors"), model.card());
    for (GridAttack next :
        List.of(
            attack(model, larger, tiles, () -> {}),
            attack(other, TWO_STEPS, tiles, () -> {}),
            attack(model, TWO_STEPS, rows(2), () -> {}))) {
      next.keep(before);
      assertEquals(-1, next.trajectory(0).latest());
    }
    assertEquals(model, model("Random", 2)); // other weights, of the same name and card
    List<Boolean> old = new ArrayList<>();
    List<GridAttack> attack = new ArrayList<>();
    attack.add(
        attack(
            model,
            TWO_STEPS,
            tiles,
            () -> old.add(attack.getFirst().trajectory(0) == before.trajectory(0))));
    attack.getFirst().keep(before);
    attack.getFirst().start(lane).join();
    assertFalse(old.isEmpty(), "it was told");
    assertFalse(old.contains(true), "of other weights");
  }

  @Test
  void aModelUnderAnotherNameKeepsItsPictures() {
    ModelFile model = model("Random", 1);
    List<Tile> tiles = rows(1);
    GridAttack before = attack(model, TWO_STEPS, tiles, () -> {});
    before.start(lane).join();
    ModelFile renamed = new ModelFile(model.file(), model.card().withName("Best one"));
    GridAttack now = attack(renamed, TWO_STEPS, tiles, () -> {});
    now.keep(before);
    assertSame(before.trajectory(0), now.trajectory(0));
  }

  @Test
  void whatIsShownOfAnAttackBeforeIsNotExported() {
    ModelFile model = model("Random", 1);
    List<Tile> tiles = rows(1);
    GridAttack before = attack(model, TWO_STEPS, tiles, () -> {});
    before.start(lane).join();
    GridAttack now = attack(model, TWO_STEPS, tiles, () -> {});
    now.keep(before);
    assertSame(before.trajectory(0), now.trajectory(0), "it is shown");
    assertEquals(Optional.empty(), GridExport.of(List.of(now)));
    assertFalse(AttackAnimation.ofGrid(List.of(now)).isFinished());
    now.start(lane).join();
    assertTrue(AttackAnimation.ofGrid(List.of(now)).isFinished());
    Path out = folder.resolve("again.png");
    GridExport.of(List.of(now)).orElseThrow().write(out);
    Pictures written = (Pictures) FigureText.read(FigureText.beside(out));
    assertEquals("cpu", written.device());
    assertEquals(now.batch(), written.batch());
  }

  /** Random starts depend on the image and its goal, not on where they stand. */
  @Test
  void aTileThatMovesKeepsItsPictureAlsoWithARandomStart() {
    AttackSpecification random = AttackSpecification.adversary(new ThreatModel(Norm.L2, 1), 2, 3);
    ModelFile model = model("Random", 1);
    List<Tile> tiles = rows(3);
    GridAttack before = attack(model, random, tiles, () -> {});
    before.start(lane).join();
    GridAttack now = attack(model, random, tiles.reversed(), () -> {});
    now.keep(before);
    for (int i = 0; i < 3; i++) {
      assertSame(before.trajectory(2 - i), now.trajectory(i), "it is shown");
    }
    now.start(lane).join();
    for (int i = 0; i < 3; i++) {
      assertNotSame(before.trajectory(2 - i), now.trajectory(i));
      assertArrayEquals(before.trajectory(2 - i).pixels(0), now.trajectory(i).pixels(0));
    }
    assertFalse(Arrays.equals(now.trajectory(0).pixels(0), now.trajectory(1).pixels(0)));
  }

  @Test
  void aTileAloneIsMadeAgainAlsoWithARandomStart() throws IOException {
    GridAttack attack =
        new GridAttack(
            model("Random", 1),
            List.of(new OriginalImage("black", "a", BLACK, OptionalInt.of(0), "")),
            Optional.empty(),
            CLASSES.subList(0, 2),
            Precision.EXACT,
            AttackSpecification.adversary(new ThreatModel(Norm.L2, 1), 2, 3),
            List.of(new Tile(0, BLACK, Goal.reach(0)), new Tile(0, BLACK, Goal.reach(1))),
            1L << 30,
            () -> {},
            sentence -> {});
    attack.start(lane).join();
    List<GridAttack> all = List.of(attack);
    Path out = folder.resolve("tile.png");
    GridExport.of(all, GridPart.tile(attack, 1)).orElseThrow().write(out);
    FigureSpecification written = FigureText.read(FigureText.beside(out));
    Path again = folder.resolve("again.png");
    lane.submit(l -> FigureMaker.make(written, l.engine(), new TargetGrid.Observer() {}))
        .join()
        .orElseThrow()
        .write(again);
    assertEquals(-1, Files.mismatch(out, again));
  }

  @Test
  void anExportNamesTheWeightsThatWereAttackedWhateverIsInTheFileByThen() {
    ModelFile model = model("Random", 1);
    String attacked = CheckpointFiles.sha256(model.file());
    GridAttack attack = attack(model);
    attack.start(lane).join();
    assertEquals(model, model("Random", 2));
    assertNotEquals(attacked, CheckpointFiles.sha256(model.file()));
    Path out = folder.resolve("grid.png");
    GridExport.of(List.of(attack)).orElseThrow().write(out);
    Pictures written = (Pictures) FigureText.read(FigureText.beside(out));
    assertEquals(attacked, written.models().getFirst().sha256());
  }

  /** Of hundreds of tiles that takes its time, for which no window stands still. */
  @Test
  void whatIsThereOfAGridIsDrawnWhereItIsWanted() {
    GridAttack attack = attack(model("Random", 1));
    attack.start(lane).join();
    Supplier<Drawing> drawing =
        UnfinishedGrid.of(List.of(attack), "grid").orElseThrow().drawing().orElseThrow();
    Drawing first = drawing.get();
    assertNotSame(first, drawing.get(), "it had been drawn when it was asked for");
    assertTrue(first.width() > 0 && first.height() > 0);
  }

  /** A large picture's batch, of one tile, takes seconds: who scrolls does not wait for it. */
  @Test
  void aBatchThatGoesOutOfSightMakesRoomWithinOneStep() {
    List<Tile> tiles = Collections.nCopies(100, new Tile(0, BLACK, Goal.reach(0)));
    List<GridAttack> attack = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    Runnable changed =
        () -> {
          GridAttack now = attack.getFirst();
          boolean first = now.trajectory(0).result() != null;
          boolean last = now.trajectory(99).result() != null;
          if (seen.isEmpty() && now.trajectory(0).latest() == 2) {
            seen.add("scrolled");
            assertFalse(now.look(new TileRange(98, 99, 0, 0)));
          } else if (seen.size() == 1 && (first || last)) {
            seen.add(first ? "the first" : "the last");
            assertEquals(-1, now.trajectory(0).latest(), "what was cut short is not shown");
          }
        };
    attack.add(
        new GridAttack(
            model("Random", 1),
            List.of(new OriginalImage("black", "a", BLACK, OptionalInt.of(0), "")),
            Optional.empty(),
            CLASSES.subList(0, 1),
            Precision.EXACT,
            AttackSpecification.pictures(new ThreatModel(Norm.L2, 1), 5),
            tiles,
            1L << 30,
            changed,
            sentence -> {}));
    attack.getFirst().look(new TileRange(0, 1, 0, 0));
    attack.getFirst().start(lane).join();
    assertEquals(List.of("scrolled", "the last"), seen);
    assertTrue(attack.getFirst().isFinished());
    assertEquals(
        attack.getFirst().trajectory(99).result().result(),
        attack.getFirst().trajectory(0).result().result(),
        "it was attacked again, and whole");
    assertEquals(5, attack.getFirst().trajectory(0).latest());
  }

  @Test
  void aFileThatBecameAnotherModelIsNotAttackedUnderTheOldName() {
    ModelFile model = model("Random", 1);
    model("Another", 1);
    GridAttack attack = attack(model);
    CompletionException failure =
        assertThrows(CompletionException.class, () -> attack.start(lane).join());
    assertTrue(failure.getCause().getMessage().contains("has changed since it was opened"));
  }

  /** Their bytes are one model, on the device once; each has its file's name. */
  @Test
  void twoCopiesOfAModelWithoutANameAreBothAttacked() throws IOException {
    ModelFile named = model("", 1);
    Path first = Files.move(named.file(), folder.resolve("first.safetensors"));
    Path second = Files.copy(first, folder.resolve("second.safetensors"));
    for (Path file : List.of(first, second)) {
      GridAttack run = attack(new ModelFile(file, CheckpointFiles.readCard(file)));
      run.start(lane).join();
      assertEquals(
          file.getFileName() + "",
          run.opened().orElseThrow().card().name() + CheckpointFiles.EXTENSION);
    }
  }
}
