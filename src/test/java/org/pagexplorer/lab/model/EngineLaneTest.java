package org.pagexplorer.lab.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.CardCodec;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.Safetensors;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Cards;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.files.FileStamp;
import org.pagexplorer.lab.measure.Colours;

/** A name is not a model: its file may be another one by now. */
class EngineLaneTest {
  private static final InputShape SHAPE = new InputShape(3, 8, 8);
  private static final Image GRAY = new Image(SHAPE, new float[SHAPE.size()]);
  private static final Precision EXACT = Precision.EXACT;

  @TempDir Path folder;
  private final EngineLane lane = new EngineLane("cpu");

  @AfterEach
  void close() {
    lane.close();
  }

  /** Models of different seeds differ in nothing but their weights: neither in size nor in card. */
  private static Path model(Path file, long seed) {
    Architecture architecture = Architecture.resNet18(1, SHAPE, 3);
    ModelCard card = Cards.of("Random", architecture, List.of("a", "b", "c"));
    CheckpointFiles.write(
        file, new Checkpoint(card, Initialization.of(architecture, seed)), Dtype.F32);
    return file;
  }

  private static double answer(Classifier classifier) {
    return classifier.logits(List.of(GRAY)).getFirst()[0];
  }

  private double answer(Path file) {
    return lane.submit(l -> answer(l.classifier(file, EXACT))).join();
  }

  @Test
  void aModelTrainedAgainUnderTheSameNameIsReadAgain() throws IOException {
    Path file = model(folder.resolve("model.safetensors"), 1);
    FileTime then = Files.getLastModifiedTime(file);
    double first = answer(file);
    assertEquals(first, answer(file));
    Path other = model(folder.resolve("other.safetensors"), 2);
    double second = answer(other);
    assertNotEquals(first, second);

    // As a training replaces it, but at once, and with the former file's time.
    Path copy = Files.copy(other, folder.resolve("copy"));
    Files.setLastModifiedTime(copy, then);
    Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
    assertEquals(second, answer(file));

    // Written over in place: the inode and the size stay too.
    Files.write(file, Files.readAllBytes(model(folder.resolve("third.safetensors"), 1)));
    Files.setLastModifiedTime(file, then);
    assertEquals(first, answer(file));
  }

  @Test
  void whatWasReplacedIsFreedAndItsHashIsNotGivenToTheNewOne() {
    Path file = model(folder.resolve("model.safetensors"), 1);
    String first = lane.submit(l -> l.model(file, EXACT).sha256()).join();
    assertEquals(CheckpointFiles.sha256(file), first);
    model(file, 2);
    // Those who began with the former weights keep them …
    assertEquals(first, lane.submit(l -> l.model(file, first, EXACT).sha256()).join());
    String second = lane.submit(l -> l.model(file, EXACT).sha256()).join();
    assertEquals(CheckpointFiles.sha256(file), second);
    // … until somebody has asked for the new ones.
    Throwable gone =
        assertThrows(
                CompletionException.class,
                () -> lane.submit(l -> l.model(file, first, EXACT)).join())
            .getCause();
    assertTrue(gone instanceof UserException && gone.getMessage().contains("has changed"));
  }

  @Test
  void theSameBytesAreOneModelWhateverTheirName() throws IOException {
    Path file = model(folder.resolve("model.safetensors"), 1);
    Path copy = Files.copy(file, folder.resolve("copy.safetensors"));
    lane.submit(
            l -> {
              Classifier classifier = l.classifier(file, EXACT);
              assertSame(classifier, l.classifier(copy, EXACT));
              assertSame(classifier, l.classifier(OpenModel.read(file), EXACT));
              model(copy, 2);
              l.classifier(copy, EXACT);
              assertSame(classifier, l.classifier(file, EXACT), "still in use under this name");
              return classifier;
            })
        .join();
  }

  @Test
  void aCopyOfAModelWithoutANameIsCalledAsItsOwnFile() throws IOException {
    Path file = model(folder.resolve("one.safetensors"), 1);
    Checkpoint checkpoint = CheckpointFiles.read(file);
    Map<String, String> metadata = CardCodec.encode(checkpoint.card());
    metadata.remove("name");
    Safetensors.write(file, metadata, checkpoint.tensors(), Dtype.F32);
    Path copy = Files.copy(file, folder.resolve("two.safetensors"));
    lane.submit(
            l -> {
              EngineLane.Loaded one = l.model(file, EXACT);
              EngineLane.Loaded two = l.model(copy, EXACT);
              assertSame(one.classifier(), two.classifier());
              assertEquals("one", one.card().name());
              assertEquals("two", two.card().name());
              assertEquals("two", l.model(copy, two.sha256(), EXACT).card().name());
              assertEquals("one", l.model(file, EXACT).card().name());
              return one;
            })
        .join();
  }

  @Test
  void aStampProvesNothingOfAFileThatWasJustWritten() throws IOException {
    Path rested = Path.of(System.getProperty("java.home"), "release");
    assertTrue(FileStamp.of(rested).provesUnchanged(FileStamp.of(rested)));
    Path fresh = Files.writeString(folder.resolve("fresh"), "1");
    assertFalse(FileStamp.of(fresh).provesUnchanged(FileStamp.of(fresh)));
    if (fresh.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      Files.setLastModifiedTime(fresh, FileTime.from(Instant.EPOCH));
      assertFalse(FileStamp.of(fresh).provesUnchanged(FileStamp.of(fresh)), "set back");
    }
  }

  @Test
  void onlyTheProgramThatWasLookedAtIsRun() throws IOException {
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      Colours.classifier(engine, folder, Colours.PLAIN, 30).close();
      Path program;
      try (var files = Files.list(folder)) {
        program = files.findFirst().orElseThrow();
      }
      Arrival trusted = Arrival.TrustedProgram.of(program, Colours.SHAPE, engine);
      Architecture architecture = trusted.architectures().getFirst();
      Dataset images = new Colours(1, 0.3);
      try (Classifier f = trusted.classifier(engine, architecture, Normalization.identity(3))) {
        assertEquals(0, f.predictions(List.of(images.image(0)))[0]);
      }
      Files.write(program, new byte[] {1, 2, 3});
      assertEquals(
          program + " has changed since it was opened; open it again.",
          assertThrows(
                  UserException.class,
                  () -> trusted.classifier(engine, architecture, Normalization.identity(3)))
              .getMessage());
    }
  }

  @Test
  void whatAClosedLaneIsAskedForIsCancelled() {
    lane.close();
    assertTrue(lane.submit(l -> 1).isCancelled());
  }
}
