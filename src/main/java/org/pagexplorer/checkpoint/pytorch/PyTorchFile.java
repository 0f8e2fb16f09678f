package org.pagexplorer.checkpoint.pytorch;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.TensorFile;
import org.pagexplorer.checkpoint.TensorType;
import org.pagexplorer.checkpoint.pytorch.PickledObject.Storage;
import org.pagexplorer.checkpoint.pytorch.PickledObject.View;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;

/** What {@code torch.save} wrote: a state_dict and the storages beside it. */
final class PyTorchFile implements TensorFile {
  /** Tensors may share values; this much more than the file is not sharing but an attack. */
  private static final long SLACK = 1 << 20;

  private final String format;
  private final StateDicts all;
  private final StateDict state;
  private final Storages storages;
  private final SequencedMap<String, TensorType> types = new LinkedHashMap<>();
  private final Allowance allowance;

  /** How many bytes all of its tensors together may still be. */
  private static final class Allowance {
    private long left;

    Allowance(long left) {
      this.left = left;
    }

    void spend(long bytes) {
      left -= bytes;
      if (left < 0) {
        throw new UnusableFileException("its tensors claim more values than the file holds");
      }
    }
  }

  /** Where the numbers are. */
  interface Storages extends AutoCloseable {
    /** The storage's bytes from its first value on; the caller closes it. */
    InputStream open(Storage storage) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** The likeliest of its sets of weights. */
  PyTorchFile(String format, StateDicts all, Storages storages, long fileSize) {
    this(format, all, all.sets().getFirst(), storages, new Allowance(fileSize + SLACK));
  }

  private PyTorchFile(
      String format, StateDicts all, StateDict state, Storages storages, Allowance allowance) {
    this.format = format;
    this.all = all;
    this.state = state;
    this.storages = storages;
    this.allowance = allowance;
    state
        .tensors()
        .forEach(
            (name, view) -> types.put(name, new TensorType(view.storage().dtype(), view.shape())));
  }

  @Override
  public String format() {
    return format;
  }

  @Override
  public SequencedMap<String, TensorType> tensors() {
    return Collections.unmodifiableSequencedMap(types);
  }

  @Override
  public Map<String, String> metadata() {
    return all.facts();
  }

  @Override
  public List<String> remarks() {
    return all.remarks(state);
  }

  @Override
  public String place() {
    return state.place();
  }

  @Override
  public List<TensorFile> sets() {
    return all.sets().stream()
        .map(set -> (TensorFile) new PyTorchFile(format, all, set, storages, allowance))
        .toList();
  }

  @Override
  public Map<String, String> uncalled() {
    return Collections.unmodifiableMap(state.uncalled());
  }

  @Override
  public Tensor read(String name) throws IOException {
    View view = Objects.requireNonNull(state.tensors().get(name), name);
    Dtype dtype = view.storage().dtype();
    dtype.checkReadable(name);
    allowance.spend(Math.multiplyExact(view.shape().size(), (long) dtype.bytes()));
    try (InputStream bytes = storages.open(view.storage())) {
      return ValueReader.read(view, bytes);
    } catch (UnusableFileException e) {
      throw e.in("tensor " + Sentences.quoted(name));
    }
  }

  @Override
  public void close() throws IOException {
    storages.close();
  }
}
