package org.pagexplorer.checkpoint.pytorch;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pagexplorer.checkpoint.CardCodec;
import org.pagexplorer.checkpoint.JsonText;
import org.pagexplorer.checkpoint.ModelLabel;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.AtomicFile;
import org.pagexplorer.files.RegularFile;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;

/**
 * TorchScript programs with a card: PyTorch's own archive with one extra file in it ({@code
 * extra/pag-card.json}), which {@code torch.jit.load} still opens. Reading a card runs nothing.
 */
public final class ProgramFiles {
  /** What such a file is called. */
  public static final String EXTENSION = ".torchscript";

  private static final String CARD = "extra/pag-card.json";

  private ProgramFiles() {}

  /**
   * What a program says of itself.
   *
   * @throws UserException if it is damaged, or has no card yet
   */
  public static ModelCard readCard(Path file) {
    return readCard(file, file);
  }

  /**
   * What a copy of a program says of itself.
   *
   * @param file the user's, which sentences name
   * @throws UserException if it is damaged, or has no card yet
   */
  public static ModelCard readCard(Path copy, Path file) {
    try (ZipArchive archive = ZipArchive.open(copy)) {
      if (!archive.isProgram()) {
        throw new UnusableFileException("it is not a TorchScript program");
      }
      if (!archive.has(CARD)) {
        throw new UnusableFileException(
            "it does not say what its images and classes are", "open it with pag import --trust");
      }
      Map<String, String> metadata = new LinkedHashMap<>();
      if (JsonText.parse(archive.text(CARD)) instanceof JsonObject object) {
        object
            .entrySet()
            .forEach(
                entry -> {
                  if (entry.getValue() instanceof JsonPrimitive value) {
                    metadata.put(entry.getKey(), value.getAsString());
                  }
                });
      }
      ModelCard card = CardCodec.decode(metadata, String.valueOf(file.getFileName()));
      if (!card.architecture().family().isProgram()) {
        throw new UnusableFileException("its card is that of another kind of model");
      }
      return ModelLabel.onto(file, card);
    } catch (IllegalArgumentException e) {
      throw Sentences.unusable(file, e);
    } catch (IOException e) {
      throw Sentences.unreadable(file, e);
    }
  }

  /**
   * Copies a program and puts a card into the copy, whole or not at all.
   *
   * @throws UserException if the disk refuses
   */
  public static void write(Path program, ModelCard card, Path target) {
    JsonObject json = new JsonObject();
    CardCodec.encode(card).forEach(json::addProperty);
    try {
      AtomicFile.make(target, temporary -> copyWithCard(program, json.toString(), temporary));
    } catch (IOException e) {
      throw Sentences.unwritable(target, e);
    }
  }

  private static void copyWithCard(Path program, String card, Path copy) throws IOException {
    // Not Files.copy, which makes a copy of a read-only file that cannot be written, either.
    try (InputStream in = Files.newInputStream(RegularFile.check(program));
        OutputStream out = Files.newOutputStream(copy, StandardOpenOption.CREATE_NEW)) {
      in.transferTo(out);
    }
    String name;
    try (ZipArchive archive = ZipArchive.open(copy)) {
      name = archive.fullName(CARD);
    }
    // PyTorch reads stored entries only, beside its own compressed code.
    try (FileSystem zip = FileSystems.newFileSystem(copy, Map.of("compressionMethod", "STORED"))) {
      Path place = zip.getPath(name);
      Files.createDirectories(place.getParent());
      Files.writeString(place, card);
    }
  }
}
