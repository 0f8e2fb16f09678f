package org.pagexplorer.checkpoint.pytorch;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pagexplorer.checkpoint.TensorFile;
import org.pagexplorer.checkpoint.pytorch.PickledObject.Storage;
import org.pagexplorer.files.UnusableFileException;
import org.pagexplorer.pickle.PickleInput;

/**
 * What {@code torch.save} wrote before 1.6: a magic number, a version, the system, the object and
 * the storages' keys, a pickle each, then each storage's length and values in that order.
 */
final class LegacyFile implements PyTorchFile.Storages {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final Object VERSION = 1001L;
  private static final int BUFFER = 1 << 16;

  private final FileChannel channel;
  private final Map<String, Long> places;

  private LegacyFile(FileChannel channel, Map<String, Long> places) {
    this.channel = channel;
    this.places = places;
  }

  static TensorFile open(FileChannel channel) throws IOException {
    long size = channel.size();
    PickleInput in =
        new PickleInput(new BufferedInputStream(Channels.newInputStream(channel), BUFFER), size);
    Unpickler.Mentions mentions = new Unpickler.Mentions();
    if (!MAGIC.equals(Unpickler.load(in, size, mentions))) {
      throw notTorchs(mentions);
    }
    if (!VERSION.equals(Unpickler.load(in, size, mentions))) {
      throw new UnusableFileException("it has an unknown version of PyTorch's old format");
    }
    checkSystem(Unpickler.load(in, size, mentions));
    StateDicts state = StateDicts.in(Unpickler.load(in, size, mentions), mentions);
    Object keys = Unpickler.load(in, size, new Unpickler.Mentions());
    Map<String, Long> places = places(keys, mentions.storages(), in.position(), channel);
    return new PyTorchFile("PyTorch's old format", state, new LegacyFile(channel, places), size);
  }

  private static UnusableFileException notTorchs(Unpickler.Mentions mentions) {
    return new UnusableFileException(
        "it is a Python pickle, but not one that torch.save wrote"
            + (mentions.others().isEmpty()
                ? ""
                : "; it names "
                    + StateDicts.some(mentions.others())
                    + ", and nothing of it was run"),
        "load it in Python, and save its weights with torch.save(model.state_dict(), …)");
  }

  private static void checkSystem(Object system) {
    if (system instanceof Map<?, ?> facts && Boolean.FALSE.equals(facts.get("little_endian"))) {
      throw new UnusableFileException("its numbers are big-endian", "save it on another machine");
    }
  }

  /** Where each storage's values begin. */
  private static Map<String, Long> places(
      Object keys, Map<String, Storage> storages, long start, FileChannel channel)
      throws IOException {
    if (!(keys instanceof List<?> names)) {
      throw new UnusableFileException("the list of its storages is missing");
    }
    Map<String, Long> places = new HashMap<>();
    long at = start;
    for (Object name : names) {
      Storage storage = name instanceof String key ? storages.get(key) : null;
      if (storage == null) {
        throw new UnusableFileException("it lists a storage that no tensor has");
      }
      long length = length(channel, at);
      at += Long.BYTES;
      if (length < 0 || length > (channel.size() - at) / storage.dtype().bytes()) {
        throw new UnusableFileException("it is cut off within its numbers");
      }
      if (places.put(storage.key(), at) != null || storage.offset() + storage.length() > length) {
        throw new UnusableFileException("its storages do not fit their tensors");
      }
      at += length * storage.dtype().bytes();
    }
    return places;
  }

  private static long length(FileChannel channel, long at) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new UnusableFileException("it is cut off before its numbers");
      }
    }
    return buffer.flip().getLong();
  }

  @Override
  public InputStream open(Storage storage) throws IOException {
    Long place = places.get(storage.key());
    if (place == null) {
      throw new UnusableFileException("its storage is missing");
    }
    channel.position(place + storage.offset() * storage.dtype().bytes());
    // Closing the stream must leave the channel open for the next tensor.
    return new FilterInputStream(Channels.newInputStream(channel)) {
      @Override
      public void close() {}
    };
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
