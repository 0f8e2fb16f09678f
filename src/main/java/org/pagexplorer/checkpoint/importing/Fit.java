package org.pagexplorer.checkpoint.importing;

import java.util.List;
import org.pagexplorer.domain.Architecture;

/**
 * How well a file's tensors fit an architecture.
 *
 * @param architecture the network, with the widths and classes of the file's shapes
 * @param prefix before each of its names in the file, for instance {@code module.}
 * @param missing names that the network needs and the file lacks
 * @param misshapen names with the shape that the file has and the one that the network needs
 * @param over names under the prefix that the network does not have
 */
public record Fit(
    Architecture architecture,
    String prefix,
    List<String> missing,
    List<String> misshapen,
    List<String> over) {

  public Fit {
    missing = List.copyOf(missing);
    misshapen = List.copyOf(misshapen);
    over = List.copyOf(over);
  }

  /** Whether the network can be built from the file. */
  public boolean isComplete() {
    return distance() == 0;
  }

  int distance() {
    return missing.size() + misshapen.size() + over.size();
  }
}
