package org.pagexplorer.checkpoint.importing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pagexplorer.checkpoint.TensorFile;
import org.pagexplorer.checkpoint.TensorType;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Tensor;

/** The mean and std that many files hold beside the network's weights. */
final class Normalizer {
  private static final List<String> MEANS = List.of("mean", "new_mean", "mu", "_mean");
  private static final List<String> STDS = List.of("std", "new_std", "sigma", "_std");

  /** Modules and attributes that hold them. */
  private static final Set<String> MODULES =
      Set.of("", "normalizer", "normalize", "normalization", "norm", "attacker.normalize");

  private Normalizer() {}

  /** Whether a name under a network's prefix is a normalizer's. */
  static boolean isPart(String name) {
    return (MEANS.contains(last(name)) || STDS.contains(last(name)))
        && MODULES.contains(module(name));
  }

  /** Reads the pair of that many channels whose name is shortest. */
  static Optional<Normalization> read(TensorFile file, int channels) throws IOException {
    List<String> names = new ArrayList<>(file.tensors().keySet());
    names.sort(Comparator.comparingInt(String::length));
    for (String name : names) {
      int index = MEANS.indexOf(last(name));
      if (index >= 0) {
        String std = name.substring(0, name.length() - last(name).length()) + STDS.get(index);
        if (fits(file, name, channels) && fits(file, std, channels)) {
          return of(file.read(name), file.read(std));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean fits(TensorFile file, String name, int channels) {
    TensorType type = file.tensors().get(name);
    return type != null && type.dtype().isReadable() && type.shape().size() == channels;
  }

  private static Optional<Normalization> of(Tensor mean, Tensor std) {
    try {
      return Optional.of(new Normalization(doubles(mean), doubles(std)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** As decimal as they were written: 0.4914, not 0.49140000343. */
  private static List<Double> doubles(Tensor tensor) {
    List<Double> doubles = new ArrayList<>();
    for (float value : tensor.values()) {
      doubles.add(Double.valueOf(Float.toString(value)));
    }
    return doubles;
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String module(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }
}
