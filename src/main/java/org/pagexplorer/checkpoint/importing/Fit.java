package org.pagexplorer.checkpoint.importing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.pagexplorer.domain.Architecture;

/**
 * How well a file's tensors fit an architecture.
 *
 * @param architecture the network, with the widths and classes of the file's shapes
 * @param prefix before each of its names in the file, for instance {@code module.}
 * @param names the file's names, the prefix with them, by the network's
 * @param missing names that the network needs and the file lacks
 * @param misshapen names with the shape that the file has and the one that the network needs
 * @param over names under the prefix that the network does not have
 */
public record Fit(
    Architecture architecture,
    String prefix,
    SequencedMap<String, String> names,
    List<String> missing,
    List<String> misshapen,
    List<String> over) {

  public Fit {
    names = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(names));
    missing = List.copyOf(missing);
    misshapen = List.copyOf(misshapen);
    over = List.copyOf(over);
  }

  /** Whether the network can be built from the file. */
  public boolean isComplete() {
    return distance() == 0;
  }

  /** What the file calls one of the network's tensors, whether it has it or not. */
  String inFile(String name) {
    return names.getOrDefault(name, prefix + name);
  }

  /** The tensors that the file calls otherwise: its names by the network's, both unprefixed. */
  Map<String, String> renamed() {
    Map<String, String> renamed = new LinkedHashMap<>();
    names.forEach(
        (ours, theirs) -> {
          boolean prefixed = theirs.startsWith(prefix); // not the head of an encoder
          String bare = prefixed ? theirs.substring(prefix.length()) : theirs;
          if (!bare.equals(ours)) {
            renamed.put(ours, bare);
          }
        });
    return renamed;
  }

  int distance() {
    return missing.size() + misshapen.size() + over.size();
  }
}
