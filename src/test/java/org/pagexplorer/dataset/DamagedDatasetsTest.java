package org.pagexplorer.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagexplorer.Damage;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.ThreadCost;

/**
 * Datasets damaged at random: each is used or refused in one sentence, soon and at little cost.
 * Longer by hand: {@code -Dpag.fuzz=100000}.
 */
class DamagedDatasetsTest {
  private static final int ROUNDS = Integer.getInteger("pag.fuzz", 100);
  private static final long FREE_BYTES = 256 << 20;
  private static final long PATIENCE_NANOSECONDS = 5_000_000_000L;

  @TempDir Path folder;

  /** A file that is damaged; what else its dataset needs is whole. */
  enum Kind {
    IDX("t10k-images-idx3-ubyte"),
    PACKED_IDX("t10k-images-idx3-ubyte.gz"),
    SVHN("test_32x32.mat"),
    PICKLE("test_batch"),
    NPY("x_test.npy"),
    NPZ("a.npz"),
    PARQUET("test.parquet"),
    WEBP("test/a/1.webp"),
    PPM("test/a/1.ppm"),
    TIFF("test/a/1.tiff"),
    EXIF("test/a/1.jpg");

    private final String file;

    Kind(String file) {
      this.file = file;
    }

    /** Writes all of it. */
    Path write(Path folder) {
      byte[] labels = WrittenArrays.npy("|u1", "(2,)", new byte[] {1, 0});
      byte[] images = WrittenArrays.npy("|u1", "(2, 2, 2)", WrittenArrays.counting(8));
      Path path = folder.resolve(file);
      switch (this) {
        case IDX -> WrittenArrays.mnist(folder, "t10k", false);
        case PACKED_IDX -> WrittenArrays.mnist(folder, "t10k", true);
        case SVHN -> WrittenArrays.svhn(path, 10, 3);
        case PICKLE -> Written.file(path, WrittenArrays.cifarPickle("labels", 3, 4));
        case NPY -> {
          Written.file(path, images);
          Written.file(folder.resolve("y_test.npy"), labels);
        }
        case NPZ ->
            Written.file(path, WrittenArrays.npz(Map.of("x_test", images, "y_test", labels)));
        case PARQUET -> Written.file(path, parquet());
        case WEBP -> Written.file(path, PictureKindsTest.WEBP);
        case PPM -> Written.file(path, PictureKindsTest.ppm());
        case TIFF -> Written.picture(path, 9, 7);
        case EXIF -> Written.file(path, PictureKindsTest.turned(Written.picture(16, 8), 6));
      }
      return path;
    }

    private static byte[] parquet() {
      byte[] picture = Written.encoded(Written.picture(3, 2), "png");
      return WrittenParquet.of("label", "{}", 2, List.of(picture, picture, picture), 1, 0, 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachKind(Kind kind) throws Exception {
    Path file = kind.write(folder);
    byte[] whole = Files.readAllBytes(file);
    use(folder);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Files.write(file, Damage.bytes(whole, new SplittableRandom(round)));
      refused += survives(folder, kind + " " + round) ? 0 : 1;
    }
    assertTrue(refused > 0 && refused < ROUNDS, refused + " refused");
  }

  private static void use(Path folder) {
    Dataset dataset = Datasets.open(folder, Split.ANY);
    for (int i = 0; i < Math.min(3, dataset.size()); i++) {
      dataset.bytes(i);
    }
  }

  private static boolean survives(Path folder, String which) {
    ThreadCost before = ThreadCost.now();
    boolean used = true;
    try {
      use(folder);
    } catch (UserException e) {
      used = false;
      String sentence = String.valueOf(e.getMessage());
      assertEquals(1, sentence.lines().count(), which + ": " + sentence);
      assertFalse(sentence.chars().anyMatch(Character::isISOControl), which + ": " + sentence);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(which, e);
    }
    ThreadCost cost = before.since();
    assertTrue(cost.nanoseconds() < PATIENCE_NANOSECONDS, which + " takes long");
    assertTrue(cost.bytes() < FREE_BYTES, which + " costs " + cost);
    return used;
  }
}
