package org.pagexplorer.checkpoint.importing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.pagexplorer.checkpoint.TensorType;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.TensorShape;

/**
 * Which networks a file's names and shapes are.
 *
 * @param complete those that fit, all under one prefix; several where names and shapes leave a
 *     choice (an activation, where a shortcut begins)
 * @param nearest the best fit, complete or not; empty if nothing resembles a network's first layer
 */
public record Recognition(List<Fit> complete, Optional<Fit> nearest) {
  /** The first layers of all known networks. */
  private static final List<String> FIRST =
      List.of(
          "conv1.weight",
          "conv1.0.weight",
          "init_conv.weight",
          "conv_2d.weight",
          "fc1.weight",
          "features.0.weight",
          "features.module.0.weight",
          "features.0.0.weight",
          "patch_embed.proj.weight",
          "conv_proj.weight",
          "emb.weight",
          "stem.0.weight",
          "downsample_layers.0.0.weight");

  /** Deeper names that end alike, such as {@code layer1.0.conv1.weight}, are longer. */
  private static final int MOST_PREFIXES = 64;

  /** A batch norm's counter of steps; inference has no use for it. */
  static final String COUNTER = ".num_batches_tracked";

  /** What TRADES' wide network holds a second time and never calls. */
  private static final String UNUSED = "sub_block1.";

  public Recognition {
    complete = List.copyOf(complete);
  }

  /** Tries every family under every prefix. */
  public static Recognition of(SequencedMap<String, TensorType> tensors) {
    Optional<Fit> nearest = Optional.empty();
    for (String prefix : prefixes(tensors.keySet())) {
      for (Naming naming : Naming.all(under(prefix, tensors))) {
        List<Fit> fits =
            Guess.all(naming.tensors()).stream()
                .map(guess -> fit(guess, prefix, naming, Set.of()))
                .toList();
        nearest =
            Stream.concat(nearest.stream(), fits.stream())
                .min(Comparator.comparingInt(Fit::distance));
        List<Fit> complete = fits.stream().filter(Fit::isComplete).toList();
        if (!complete.isEmpty()) {
          return new Recognition(complete, nearest); // longer prefixes would be copies
        }
      }
    }
    for (String prefix : prefixes(tensors.keySet())) {
      List<Fit> complete = withHeadOutside(prefix, tensors);
      if (!complete.isEmpty()) {
        return new Recognition(complete, nearest);
      }
    }
    List<Fit> plain = plain(tensors);
    return plain.isEmpty()
        ? new Recognition(List.of(), nearest)
        : new Recognition(plain, Optional.of(plain.getFirst()));
  }

  /**
   * Of a network whose last layer is trained on an encoder, {@code encoder.conv1.weight} and {@code
   * head.weight}: the only linear layer stands beside what has the prefix.
   */
  private static List<Fit> withHeadOutside(
      String prefix, SequencedMap<String, TensorType> tensors) {
    SequencedMap<String, TensorType> own = under(prefix, tensors);
    Set<String> outside = new LinkedHashSet<>(tensors.keySet());
    outside.removeIf(name -> name.startsWith(prefix));
    if (outside.isEmpty()
        || outside.size() > 2
        || own.keySet().stream().anyMatch(outside::contains)) {
      return List.of();
    }
    tensors.forEach(
        (name, type) -> {
          if (outside.contains(name)) {
            own.put(name, type);
          }
        });
    List<Fit> complete = new ArrayList<>();
    for (Naming naming : Naming.all(own)) {
      for (Architecture guess : Guess.all(naming.tensors())) {
        Fit fit = fit(guess, prefix, naming, outside);
        if (fit.isComplete() && fit.names().values().containsAll(outside)) {
          complete.add(fit);
        }
      }
      if (!complete.isEmpty()) {
        return complete;
      }
    }
    return complete;
  }

  /** Small CNNs are the last that is tried: every other network has names of its own. */
  private static List<Fit> plain(SequencedMap<String, TensorType> tensors) {
    SequencedMap<String, TensorType> used = new LinkedHashMap<>(tensors);
    String prefix = sharedPrefix(used.keySet());
    // Also what a Sequential has as its first member, "0.mean".
    used.keySet()
        .removeIf(
            name ->
                isIgnored(name.substring(prefix.length()))
                    || Normalizer.isPart(name.substring(name.lastIndexOf('.') + 1)));
    String inner = sharedPrefix(used.keySet());
    return PlainReading.of(under(inner, used))
        .map(reading -> fits(reading, inner))
        .orElse(List.of());
  }

  private static List<Fit> fits(PlainReading reading, String prefix) {
    SequencedMap<String, String> names = new LinkedHashMap<>();
    reading.names().forEach((ours, theirs) -> names.put(ours, prefix + theirs));
    return reading.architectures().stream()
        .map(each -> new Fit(each, prefix, names, List.of(), List.of(), List.of()))
        .toList();
  }

  /** What all names begin with, up to a dot. */
  private static String sharedPrefix(Set<String> names) {
    String shared = names.isEmpty() ? "" : names.iterator().next();
    for (String name : names) {
      int same = 0;
      while (same < Math.min(shared.length(), name.length())
          && shared.charAt(same) == name.charAt(same)) {
        same++;
      }
      shared = shared.substring(0, same);
    }
    return shared.substring(0, shared.lastIndexOf('.') + 1);
  }

  private static List<String> prefixes(Set<String> names) {
    Set<String> prefixes = new LinkedHashSet<>();
    for (String name : names) {
      for (String first : FIRST) {
        if (name.equals(first) || name.endsWith("." + first)) {
          prefixes.add(name.substring(0, name.length() - first.length()));
        }
      }
    }
    return prefixes.stream()
        .sorted(Comparator.comparingInt(String::length))
        .limit(MOST_PREFIXES)
        .toList();
  }

  private static SequencedMap<String, TensorType> under(
      String prefix, Map<String, TensorType> tensors) {
    SequencedMap<String, TensorType> own = new LinkedHashMap<>();
    tensors.forEach(
        (name, type) -> {
          if (name.startsWith(prefix)) {
            own.put(name.substring(prefix.length()), type);
          }
        });
    return own;
  }

  /**
   * @param outside the file's names that have no prefix
   */
  private static Fit fit(
      Architecture architecture, String prefix, Naming naming, Set<String> outside) {
    SequencedMap<String, TensorType> own = naming.tensors();
    List<String> missing = new ArrayList<>();
    List<String> misshapen = new ArrayList<>();
    SequencedMap<String, TensorShape> expected = architecture.tensorShapes();
    expected.forEach(
        (name, shape) -> {
          TensorType type = own.get(name);
          if (type == null) {
            if (!isLastBias(name, expected)) {
              missing.add(name);
            }
          } else if (!flat(type.shape()).equals(flat(shape))) {
            misshapen.add("%s %s instead of %s".formatted(name, type.shape(), shape));
          }
        });
    List<String> over =
        own.keySet().stream()
            .filter(name -> !expected.containsKey(name) && !isIgnored(name))
            .map(name -> naming.files().getOrDefault(name, name))
            .toList();
    SequencedMap<String, String> names = new LinkedHashMap<>();
    naming
        .files()
        .forEach(
            (ours, theirs) -> names.put(ours, outside.contains(theirs) ? theirs : prefix + theirs));
    names.keySet().retainAll(expected.keySet());
    return new Fit(architecture, prefix, names, missing, misshapen, over);
  }

  /** Sides of 1 say nothing: a linear layer may be kept as a 1×1 convolution. */
  private static List<Long> flat(TensorShape shape) {
    return shape.sides().stream().filter(side -> side != 1).toList();
  }

  /** A last layer without a bias is one with zeros. */
  static boolean isLastBias(String name, SequencedMap<String, TensorShape> expected) {
    return expected.lastEntry().getKey().equals(name);
  }

  private static boolean isIgnored(String name) {
    return name.endsWith(COUNTER) || name.startsWith(UNUSED) || Normalizer.isPart(name);
  }
}
