package org.pagexplorer.checkpoint.importing;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.pagexplorer.checkpoint.CheckpointNames;
import org.pagexplorer.checkpoint.TensorFile;
import org.pagexplorer.checkpoint.TensorType;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.files.RegularFile;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;

/**
 * A file of tensors that was wrapped once more, unpacked into the temporary folder as long as it is
 * open. What it unpacks to is bounded by its size, as weights hardly compress.
 */
final class UnpackedFile implements TensorFile {
  private static final int BUFFER = 1 << 16;
  private static final long FREE_BYTES = 64L << 20;
  private static final int MOST_TIMES = 20;
  private static final int MOST_NAMES = 5;
  private static final String UNPACK = "unpack it, and open what is in it";

  private final TensorFile inner;
  private final Path temporary;
  private final String wrapper;

  /** Opens what was unpacked. */
  interface Opener {
    TensorFile open(Path file) throws IOException;
  }

  private UnpackedFile(TensorFile inner, Path temporary, String wrapper) {
    this.inner = inner;
    this.temporary = temporary;
    this.wrapper = wrapper;
  }

  /** What gzip wrote. */
  static TensorFile gzip(Path file, Opener opener) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = gunzip(raw)) {
      return unpacked(in, Files.size(file), "gzip", opener);
    }
  }

  private static InputStream gunzip(InputStream raw) throws IOException {
    try {
      return new GZIPInputStream(raw, BUFFER);
    } catch (ZipException | EOFException e) {
      throw damaged("gzip");
    }
  }

  private static UnusableFileException damaged(String wrapper) {
    return new UnusableFileException("its " + wrapper + " data is damaged or cut off");
  }

  /**
   * A zip archive with one checkpoint in it.
   *
   * @throws UnusableFileException if there is none, or several
   */
  static TensorFile zip(Path file, Opener opener) throws IOException {
    try (ZipFile zip = new ZipFile(RegularFile.check(file).toFile())) {
      List<String> names =
          Collections.list(zip.entries()).stream()
              .filter(entry -> !entry.isDirectory() && !isJunk(entry.getName()))
              .map(ZipEntry::getName)
              .toList();
      List<String> models =
          names.stream().filter(name -> CheckpointNames.isOne(Path.of(base(name)))).toList();
      if (models.size() != 1) {
        throw notOne(names, models);
      }
      try (InputStream in = zip.getInputStream(zip.getEntry(models.getFirst()))) {
        return unpacked(in, Files.size(file), "zip", opener);
      }
    } catch (ZipException e) {
      throw new UnusableFileException("its zip directory is damaged or cut off");
    }
  }

  /** Whether a zip archive is not PyTorch's own, whose pickle it would have. */
  static boolean isWrapper(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(RegularFile.check(file).toFile())) {
      return zip.stream().noneMatch(entry -> entry.getName().endsWith("data.pkl"));
    } catch (ZipException e) {
      return false;
    }
  }

  /** What macOS adds to archives. */
  private static boolean isJunk(String name) {
    return name.startsWith("__MACOSX/")
        || base(name).startsWith("._")
        || name.endsWith(".DS_Store");
  }

  private static String base(String name) {
    return name.substring(name.lastIndexOf('/') + 1).replace('\0', '_');
  }

  private static UnusableFileException notOne(List<String> names, List<String> models) {
    if (models.size() > 1) {
      return new UnusableFileException(
          "it is a zip archive of several models: " + some(models),
          "unpack it, and open one of them");
    }
    if (!names.isEmpty() && names.stream().allMatch(name -> name.endsWith(".npy"))) {
      return new UnusableFileException(
          "it holds NumPy's arrays: " + some(names),
          "save the weights with torch.save(model.state_dict(), …) or as safetensors");
    }
    return new UnusableFileException(
        "it is a zip archive, but not one that torch.save wrote, and no checkpoint is in it"
            + (names.isEmpty() ? "" : ", but " + some(names)));
  }

  private static String some(List<String> names) {
    return names.stream().limit(MOST_NAMES).map(Sentences::quoted).collect(Collectors.joining(", "))
        + (names.size() > MOST_NAMES ? ", …" : "");
  }

  private static TensorFile unpacked(InputStream in, long size, String wrapper, Opener opener)
      throws IOException {
    Path temporary = Files.createTempFile("pag-unpacked", ".tmp");
    try {
      try (OutputStream out = Files.newOutputStream(temporary)) {
        new Bounded(in, FREE_BYTES + MOST_TIMES * size, space(temporary)).transferTo(out);
      } catch (ZipException | EOFException e) {
        throw damaged(wrapper);
      }
      if (TensorFiles.isTorchScript(temporary)) {
        throw new UnusableFileException("it packs a TorchScript program", UNPACK);
      }
      return new UnpackedFile(opener.open(temporary), temporary, wrapper);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  private static long space(Path temporary) throws IOException {
    return Files.getFileStore(temporary).getUsableSpace();
  }

  /** Ends in a sentence before a disk is full. */
  private static final class Bounded extends FilterInputStream {
    private final long most;
    private final long space;
    private long read;

    Bounded(InputStream in, long most, long space) {
      super(in);
      this.most = most;
      this.space = space;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      read += Math.max(0, count);
      if (read > most) {
        throw new UnusableFileException(
            "it unpacks to more than " + most + " bytes, which no weights do", UNPACK);
      }
      if (read > space - FREE_BYTES) {
        throw new UnusableFileException(
            "the temporary folder has too little space to unpack it",
            "free some there, or choose another folder with -Djava.io.tmpdir=DIR");
      }
      return count;
    }
  }

  @Override
  public String format() {
    return inner.format() + " in a " + wrapper + " file";
  }

  @Override
  public SequencedMap<String, TensorType> tensors() {
    return inner.tensors();
  }

  @Override
  public Map<String, String> metadata() {
    return inner.metadata();
  }

  @Override
  public List<String> remarks() {
    return inner.remarks();
  }

  @Override
  public String place() {
    return inner.place();
  }

  @Override
  public List<TensorFile> sets() {
    return inner.sets().stream()
        .map(set -> (TensorFile) new UnpackedFile(set, temporary, wrapper))
        .toList();
  }

  @Override
  public Map<String, String> uncalled() {
    return inner.uncalled();
  }

  @Override
  public Tensor read(String name) throws IOException {
    return inner.read(name);
  }

  @Override
  public void close() throws IOException {
    try {
      inner.close();
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
