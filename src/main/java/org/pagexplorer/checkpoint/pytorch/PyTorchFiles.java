package org.pagexplorer.checkpoint.pytorch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pagexplorer.checkpoint.TensorFile;
import org.pagexplorer.checkpoint.pytorch.PickledObject.Storage;
import org.pagexplorer.files.RegularFile;
import org.pagexplorer.files.UnusableFileException;
import org.pagexplorer.pickle.PickleInput;

/** Opens what {@code torch.save} wrote. */
public final class PyTorchFiles {
  private static final int BUFFER = 1 << 16;

  private PyTorchFiles() {}

  /**
   * The zip archive of PyTorch 1.6 and later.
   *
   * @throws UnusableFileException if it is damaged, or a TorchScript program
   */
  public static TensorFile openZip(Path file) throws IOException {
    ZipArchive archive = ZipArchive.open(file);
    try {
      if (archive.isProgram()) {
        throw new UnusableFileException(
            "it is a TorchScript program, and opening one runs its code",
            "if you trust whoever made it, confirm that in the window or with --trust");
      }
      if (archive.text("byteorder").equals("big")) {
        throw new UnusableFileException("its numbers are big-endian", "save it on another machine");
      }
      long size = Files.size(file);
      Unpickler.Mentions mentions = new Unpickler.Mentions();
      Object root;
      try (InputStream in = new BufferedInputStream(archive.open("data.pkl"), BUFFER)) {
        root = Unpickler.load(new PickleInput(in, archive.size("data.pkl")), size, mentions);
      }
      return new PyTorchFile(
          "PyTorch zip archive", StateDicts.in(root, mentions), new ZipStorages(archive), size);
    } catch (IOException | RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  /** Whether a zip archive holds a TorchScript program. */
  public static boolean isTorchScript(Path file) throws IOException {
    try (ZipArchive archive = ZipArchive.open(file)) {
      return archive.isProgram();
    }
  }

  /**
   * The older format: pickles one after the other, then the numbers.
   *
   * @throws UnusableFileException if it is damaged or something else
   */
  public static TensorFile openLegacy(Path file) throws IOException {
    return RegularFile.open(file, LegacyFile::open);
  }

  private record ZipStorages(ZipArchive archive) implements PyTorchFile.Storages {
    @Override
    public InputStream open(Storage storage) throws IOException {
      String entry = "data/" + storage.key();
      long bytes = (storage.offset() + storage.length()) * storage.dtype().bytes();
      if (bytes > archive.size(entry)) {
        throw new UnusableFileException("its storage is cut off");
      }
      InputStream in = archive.open(entry);
      in.skipNBytes(storage.offset() * storage.dtype().bytes());
      return in;
    }

    @Override
    public void close() throws IOException {
      archive.close();
    }
  }
}
