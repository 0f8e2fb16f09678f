package org.pagexplorer.checkpoint.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagexplorer.Damage;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.RawFiles;
import org.pagexplorer.checkpoint.pytorch.TorchSave;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.files.ThreadCost;

/**
 * Good files, damaged at random: each is read or refused in one sentence, soon and at little cost.
 * Longer by hand: {@code ./mvnw test -Dtest=FuzzTest -Dpag.fuzz=1000000}.
 */
class FuzzTest {
  private static final int ROUNDS = Integer.getInteger("pag.fuzz", 1500);

  /** Whatever the file: the nearest of all networks is looked for, whose shapes take 20 MB. */
  private static final long FREE_BYTES = 48L << 20;

  private static final long PATIENCE_NANOSECONDS = 5_000_000_000L;

  private static final Map<String, Tensor> SMALL = RawFiles.checkpoint().tensors();
  private static final Map<String, Tensor> RESNET =
      Initialization.of(Architecture.resNet18(1, InputShape.CIFAR, 10), 1);

  @TempDir private Path folder;

  /** What is damaged. */
  enum Target {
    SAFETENSORS,
    ZIP,
    /** The pickle alone, with right checksums around it. */
    PICKLE_IN_ZIP,
    OLD_FORMAT,
    /** A pickle with all kinds of values beside the weights. */
    TRAINING_SCRIPT,
    GZIP,
    ZIP_IN_ZIP,
    RESNET_IN_ZIP,
    RESNET_IN_OLD_FORMAT
  }

  private UnaryOperator<byte[]> identity() {
    return UnaryOperator.identity();
  }

  private byte[] seed(Target target) throws IOException {
    return switch (target) {
      case SAFETENSORS -> {
        Path file = folder.resolve("seed.safetensors");
        CheckpointFiles.write(file, RawFiles.checkpoint(), Dtype.F32);
        yield Files.readAllBytes(file);
      }
      case ZIP -> TorchSave.zip(SMALL);
      case PICKLE_IN_ZIP -> TorchSave.pickle(SMALL);
      case OLD_FORMAT -> TorchSave.legacy(SMALL);
      case TRAINING_SCRIPT -> TorchSave.beside(SMALL, BesideTheWeightsTest.everything());
      case GZIP -> WrappedFileTest.gzip(TorchSave.zip(SMALL));
      case ZIP_IN_ZIP -> WrappedFileTest.zip(Map.of("a.pth", TorchSave.zip(SMALL)));
      case RESNET_IN_ZIP -> TorchSave.zip(RESNET);
      case RESNET_IN_OLD_FORMAT -> TorchSave.legacy(RESNET);
    };
  }

  private UnaryOperator<byte[]> wrapper(Target target) {
    List<byte[]> storages =
        SMALL.values().stream().map(tensor -> TorchSave.floats(tensor.values())).toList();
    return switch (target) {
      case PICKLE_IN_ZIP, TRAINING_SCRIPT -> bytes -> TorchSave.zip(bytes, storages);
      default -> identity();
    };
  }

  @ParameterizedTest
  @EnumSource
  void damagedFilesAreReadOrRefused(Target target) throws IOException {
    byte[] seed = seed(target);
    UnaryOperator<byte[]> wrapper = wrapper(target);
    int refused = 0;
    int read = 0;
    int rounds = target.name().startsWith("RESNET") ? ROUNDS / 3 : ROUNDS; // larger, and slower
    for (int round = 0; round < rounds; round++) {
      byte[] damaged = wrapper.apply(Damage.bytes(seed, new SplittableRandom(round)));
      if (survives(damaged, target + " " + round)) {
        read++;
      } else {
        refused++;
      }
    }
    assertTrue(refused > rounds / 4, refused + " refused and " + read + " read");
  }

  /** True if it was read, false if it was refused well. */
  private boolean survives(byte[] bytes, String which) throws IOException {
    Path file = Files.write(folder.resolve("fuzzed.pt"), bytes);
    ThreadCost before = ThreadCost.now();
    boolean read;
    try {
      ForeignModel.read(file);
      read = true;
    } catch (UserException e) {
      String sentence = String.valueOf(e.getMessage());
      assertEquals(1, sentence.lines().count(), which + ": " + sentence);
      assertTrue(sentence.endsWith(".") && sentence.length() < 1000, which + ": " + sentence);
      read = false;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(which, e);
    }
    ThreadCost cost = before.since();
    assertTrue(cost.nanoseconds() < PATIENCE_NANOSECONDS, which);
    assertTrue(cost.bytes() < FREE_BYTES + 2L * bytes.length, which + ": " + cost);
    return read;
  }
}
