package org.pagexplorer.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.HashingChannel;
import org.pagexplorer.files.RegularFile;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.Sha256;
import org.pagexplorer.files.UnusableFileException;

/** Checkpoints as files. */
public final class CheckpointFiles {
  /** What such a file is called. */
  public static final String EXTENSION = ".safetensors";

  /** PyTorch's counter of training steps in a batch normalization; inference has no use for it. */
  private static final String IGNORED = ".num_batches_tracked";

  private CheckpointFiles() {}

  /**
   * Reads a checkpoint; memory for its weights is taken only after the header, the card, and every
   * name, shape and format have been found right.
   *
   * @throws UserException if the file cannot be read or is not a complete, finite checkpoint
   */
  public static Checkpoint read(Path file) {
    return readHashed(file).checkpoint();
  }

  /**
   * A checkpoint and its file's identity.
   *
   * @param sha256 of the very bytes that were read, 64 hexadecimal digits in lower case
   */
  public record HashedCheckpoint(Checkpoint checkpoint, String sha256) {}

  /**
   * Reads a checkpoint and hashes it in one pass, so that a file that is replaced meanwhile cannot
   * be taken for the one that was read.
   *
   * @throws UserException as {@link #read(Path)}
   */
  public static HashedCheckpoint readHashed(Path file) {
    try (HashingChannel channel = new HashingChannel(Safetensors.open(file))) {
      SafetensorsHeader header = Safetensors.readHeader(channel);
      ModelCard card = card(file, header);
      SequencedMap<String, TensorEntry> weights = weights(header);
      checkMemory(card.architecture().tensorShapes());
      Map<String, Tensor> read = new HashMap<>();
      for (TensorEntry entry : inFileOrder(weights)) {
        Tensor tensor = TensorBytes.read(channel, header.dataStart(), entry);
        checkFinite(entry.name(), tensor);
        read.put(entry.name(), tensor);
      }
      SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
      weights.keySet().forEach(name -> tensors.put(name, Objects.requireNonNull(read.get(name))));
      return new HashedCheckpoint(new Checkpoint(card, tensors), channel.sha256());
    } catch (IllegalArgumentException e) {
      throw Sentences.unusable(file, e);
    } catch (IOException e) {
      throw Sentences.unreadable(file, e);
    }
  }

  /**
   * Reads the card only, and checks everything but the weights' values: fast for any size.
   *
   * @throws UserException as {@link #read(Path)}
   */
  public static ModelCard readCard(Path file) {
    SafetensorsHeader header = Safetensors.readHeader(file);
    try {
      return card(file, header);
    } catch (IllegalArgumentException e) {
      throw Sentences.unusable(file, e);
    }
  }

  /**
   * Replaces a file by this checkpoint, whole or not at all.
   *
   * @param dtype F32 or F16
   * @throws UserException if the disk refuses, or a weight is not finite in that format
   */
  public static void write(Path file, Checkpoint checkpoint, Dtype dtype) {
    try {
      checkpoint.tensors().forEach(CheckpointFiles::checkFinite);
    } catch (UnusableFileException e) {
      throw new UserException(
          file + " was not written: the model's training has diverged; train with smaller steps.",
          e);
    }
    Safetensors.write(file, CardCodec.encode(checkpoint.card()), checkpoint.tensors(), dtype);
  }

  /**
   * The file's SHA-256, 64 hexadecimal digits in lower case.
   *
   * @throws UserException if the file cannot be read
   */
  public static String sha256(Path file) {
    try {
      return Sha256.of(RegularFile.check(file));
    } catch (IOException e) {
      throw Sentences.unreadable(file, e);
    }
  }

  private static ModelCard card(Path file, SafetensorsHeader header) {
    ModelCard card = CardCodec.decode(header.metadata(), baseName(file));
    if (card.architecture().family().isProgram()) {
      throw new UnusableFileException("it calls itself a program, which no safetensors file is");
    }
    SequencedMap<String, TensorShape> shapes = new LinkedHashMap<>();
    weights(header).forEach((name, entry) -> shapes.put(name, entry.shape()));
    Checkpoint.checkShapes(card.architecture(), shapes);
    weights(header).values().forEach(entry -> entry.dtype().checkReadable(entry.name()));
    return ModelLabel.onto(file, card);
  }

  private static List<TensorEntry> inFileOrder(Map<String, TensorEntry> entries) {
    return entries.values().stream()
        .sorted(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end))
        .toList();
  }

  private static SequencedMap<String, TensorEntry> weights(SafetensorsHeader header) {
    SequencedMap<String, TensorEntry> weights = new LinkedHashMap<>(header.entries());
    weights.keySet().removeIf(name -> name.endsWith(IGNORED));
    return weights;
  }

  private static String baseName(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.toLowerCase(Locale.ROOT).endsWith(EXTENSION)
        ? name.substring(0, name.length() - EXTENSION.length())
        : name;
  }

  /**
   * Refuses weights that this Java has too little memory for.
   *
   * @throws UnusableFileException saying how much they need
   */
  public static void checkMemory(Map<String, TensorShape> shapes) {
    long values = shapes.values().stream().mapToLong(TensorShape::size).sum();
    long memory = Runtime.getRuntime().maxMemory();
    if (values > memory / Float.BYTES) {
      throw new UnusableFileException(
          "its weights need " + ((values * Float.BYTES) >> 20) + " MiB of memory",
          "choose a smaller model or start with more than " + (memory >> 20) + " MiB (-Xmx)");
    }
  }

  /**
   * Refuses weights that are not numbers.
   *
   * @throws UnusableFileException naming the tensor
   */
  public static void checkFinite(String name, Tensor tensor) {
    for (float value : tensor.values()) {
      if (!Float.isFinite(value)) {
        throw new UnusableFileException(
            "tensor " + Sentences.quoted(name) + " holds " + value,
            "its training has diverged, so choose another file");
      }
    }
  }
}
