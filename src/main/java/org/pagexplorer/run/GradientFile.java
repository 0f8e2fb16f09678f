package org.pagexplorer.run;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.Safetensors;
import org.pagexplorer.checkpoint.SafetensorsHeader;
import org.pagexplorer.checkpoint.TensorEntry;
import org.pagexplorer.dataset.NpyArray;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.RegularFile;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.Sha256;

/**
 * Images' gradients as somebody has stored them: N × K × channels × height × width numbers, an
 * image's K gradients after each other, in {@code .npy} or {@code .safetensors}, as float16,
 * bfloat16 or float32. The file is mapped into memory, so that the operating system keeps its
 * pages, however large it is; safe to be read by several threads.
 */
public final class GradientFile implements AutoCloseable {
  /** The tensor's name in a safetensors file. */
  public static final String TENSOR = "gradients";

  /** Bytes up to which a file is hashed whole; of a larger one as many are, evenly spaced. */
  static final long HASHED = 64L << 20;

  private static final int BLOCK = 1 << 16;

  private final Path path;
  private final Dtype dtype;
  private final ByteOrder order;
  private final List<Long> sides;
  private final Map<String, String> metadata;
  private final MemorySegment whole;
  private final MemorySegment values;
  private final Arena arena;

  private GradientFile(Path path, Arena arena, MemorySegment whole, NpyArray array) {
    this.path = path;
    this.arena = arena;
    this.whole = whole;
    dtype = array.width() == 2 ? Dtype.F16 : Dtype.F32;
    order = array.order();
    sides = withGradients(array.sizes().stream().map(Integer::longValue).toList());
    metadata = Map.of();
    values = array.values();
  }

  private GradientFile(
      Path path, Arena arena, MemorySegment whole, SafetensorsHeader header, TensorEntry entry) {
    this.path = path;
    this.arena = arena;
    this.whole = whole;
    dtype = entry.dtype();
    order = ByteOrder.LITTLE_ENDIAN;
    sides = withGradients(entry.shape().sides());
    metadata = header.metadata();
    values = whole.asSlice(header.dataStart() + entry.begin(), entry.bytes());
  }

  /**
   * Maps a file, and reads its header only.
   *
   * @throws UserException in a sentence, if it is neither of the two formats, damaged, or of other
   *     numbers
   */
  @SuppressWarnings("MustBeClosedChecker") // the arena closes with the file
  public static GradientFile open(Path file) {
    checkName(file);
    Arena arena = Arena.ofShared();
    boolean opened = false;
    try (FileChannel channel = FileChannel.open(RegularFile.check(file))) {
      MemorySegment whole = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      GradientFile gradients =
          isNumpy(file) ? numpy(file, arena, whole) : safetensors(file, arena, whole);
      opened = true;
      return gradients;
    } catch (IOException e) {
      throw Sentences.unreadable(file, e);
    } finally {
      if (!opened) {
        arena.close();
      }
    }
  }

  /**
   * Looks at a name alone.
   *
   * @throws UserException if it ends in neither format
   */
  public static void checkName(Path file) {
    if (!isNumpy(file) && !isNamed(file, ".safetensors")) {
      throw new UserException(
          "%s does not end in .npy or .safetensors, in which gradients are kept; what torch.save wrote, Python converts: numpy.save(\"gradients.npy\", torch.load(FILE).half().numpy())."
              .formatted(file));
    }
  }

  /** Whether it is called like NumPy's, which says nothing but numbers. */
  public static boolean isNumpy(Path file) {
    return isNamed(file, ".npy");
  }

  private static boolean isNamed(Path file, String ending) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  private static GradientFile numpy(Path file, Arena arena, MemorySegment whole) {
    NpyArray array = NpyArray.of(file.toString(), whole);
    if (array.kind() != 'f' || array.width() > Float.BYTES) {
      throw otherNumbers(file, "the NumPy type " + array.kind() + array.width());
    }
    return new GradientFile(file, arena, whole, array);
  }

  private static GradientFile safetensors(Path file, Arena arena, MemorySegment whole) {
    SafetensorsHeader header = Safetensors.readHeader(file);
    TensorEntry entry =
        header.entries().size() == 1
            ? header.entries().firstEntry().getValue()
            : header.entries().get(TENSOR);
    if (entry == null) {
      throw new UserException(
          "%s holds %d tensors, none of which is called \"%s\"; choose a file of gradients."
              .formatted(file, header.entries().size(), TENSOR));
    }
    if (entry.dtype() != Dtype.F16 && entry.dtype() != Dtype.BF16 && entry.dtype() != Dtype.F32) {
      throw otherNumbers(file, entry.dtype().toString());
    }
    return new GradientFile(file, arena, whole, header, entry);
  }

  /** N × C × H × W numbers are a gradient an image. */
  private static List<Long> withGradients(List<Long> sides) {
    return sides.size() == 4
        ? List.of(sides.get(0), 1L, sides.get(1), sides.get(2), sides.get(3))
        : sides;
  }

  private static UserException otherNumbers(Path file, String type) {
    return new UserException(
        "The numbers of %s are of %s; store gradients as float16 or float32."
            .formatted(file, type));
  }

  /** As it was named. */
  Path path() {
    return path;
  }

  /** N, K, channels, height and width, where it is what it should be. */
  List<Long> sides() {
    return sides;
  }

  /** What a safetensors file says beside its numbers; nothing in NumPy's. */
  Map<String, String> metadata() {
    return metadata;
  }

  /** How many gradients there are: N · K. */
  long count() {
    return sides.get(0) * sides.get(1);
  }

  /** Values of a gradient. */
  int size() {
    return Math.toIntExact(sides.stream().skip(2).reduce(1L, Math::multiplyExact));
  }

  /**
   * One gradient, as it is stored.
   *
   * @param index in [0, {@link #count()}): the image's times K, plus its own
   * @throws UserException if it is not finite
   */
  float[] read(long index) {
    float[] gradient = stored(index);
    for (float value : gradient) {
      if (!Float.isFinite(value)) {
        throw new UserException(
            "%s holds %s in gradient %d of image %d; compute it again."
                .formatted(path, value, index % sides.get(1), index / sides.get(1)));
      }
    }
    return gradient;
  }

  private float[] stored(long index) {
    try {
      return copied(index);
    } catch (InternalError e) { // Java's, of a mapped page that is gone
      throw new UserException(
          path + " became shorter while it was read; compute it again, or put it back.", e);
    }
  }

  private float[] copied(long index) {
    int size = size();
    float[] gradient = new float[size];
    long at = index * size * dtype.bytes();
    if (dtype == Dtype.F32) {
      MemorySegment.copy(
          values, ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order), at, gradient, 0, size);
      return gradient;
    }
    short[] halves = new short[size];
    MemorySegment.copy(
        values, ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), at, halves, 0, size);
    for (int i = 0; i < size; i++) {
      gradient[i] =
          dtype == Dtype.F16
              ? Float.float16ToFloat(halves[i])
              : Float.intBitsToFloat(halves[i] << Short.SIZE);
    }
    return gradient;
  }

  /** Whether {@link #hash} is that of all bytes. */
  boolean isHashedWhole() {
    return whole.byteSize() <= HASHED;
  }

  /**
   * {@link #hash} of a file.
   *
   * @throws UserException as {@link #open}
   */
  public static String hashOf(Path path) {
    try (GradientFile file = open(path)) {
      return file.hash();
    }
  }

  /**
   * SHA-256 of all bytes; of a file of more than 64 MiB, of its length in decimal and of 1,024
   * evenly spaced blocks, the first and the last among them.
   */
  String hash() {
    MessageDigest digest = Sha256.newDigest();
    long size = whole.byteSize();
    long blocks = isHashedWhole() ? Math.ceilDiv(size, BLOCK) : HASHED / BLOCK;
    if (!isHashedWhole()) {
      digest.update(String.valueOf(size).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    for (long block = 0; block < blocks; block++) {
      long from =
          isHashedWhole() ? block * BLOCK : (long) ((double) block / (blocks - 1) * (size - BLOCK));
      digest.update(whole.asSlice(from, Math.min(BLOCK, size - from)).asByteBuffer());
    }
    return Sha256.hex(digest);
  }

  @Override
  public void close() {
    arena.close();
  }
}
