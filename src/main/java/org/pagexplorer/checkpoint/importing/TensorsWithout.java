package org.pagexplorer.checkpoint.importing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.pagexplorer.checkpoint.TensorFile;
import org.pagexplorer.checkpoint.TensorType;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.files.Sentences;

/**
 * One of several networks in a file.
 *
 * @param prefixes of the other networks' names
 */
record TensorsWithout(List<String> prefixes, TensorFile file) implements TensorFile {
  @Override
  public String format() {
    return file.format();
  }

  @Override
  public SequencedMap<String, TensorType> tensors() {
    SequencedMap<String, TensorType> own = new LinkedHashMap<>(file.tensors());
    own.keySet().removeIf(this::isAnothers);
    return own;
  }

  private boolean isAnothers(String name) {
    return prefixes.stream().anyMatch(name::startsWith);
  }

  @Override
  public Map<String, String> metadata() {
    return file.metadata();
  }

  @Override
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>(file.remarks());
    for (String prefix : prefixes) {
      long count = file.tensors().keySet().stream().filter(n -> n.startsWith(prefix)).count();
      remarks.add(
          "Left out: %d tensors whose names begin with %s."
              .formatted(count, Sentences.quoted(prefix)));
    }
    return remarks;
  }

  @Override
  public Map<String, String> uncalled() {
    Map<String, String> own = new LinkedHashMap<>(file.uncalled());
    own.keySet().removeIf(this::isAnothers);
    return own;
  }

  @Override
  public Tensor read(String name) throws IOException {
    return file.read(name);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
