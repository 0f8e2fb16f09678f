package org.pagexplorer.checkpoint.importing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.pagexplorer.checkpoint.TensorType;

/**
 * A file's tensors by the names of our networks: most classes differ from those in nothing but what
 * they call their shortcuts and their last layer.
 *
 * @param tensors by our names
 * @param files the file's names, without the network's prefix, by ours
 */
record Naming(SequencedMap<String, TensorType> tensors, SequencedMap<String, String> files) {
  /** No network has so many; a file of more is not searched for other names. */
  private static final int MOST_TENSORS = 10_000;

  /** What our networks call their last layers. */
  private static final List<String> HEADS = List.of("linear", "fc", "logits");

  private static final String WEIGHT = ".weight";

  /** One replacement in a name. */
  private record Rule(Pattern pattern, String replacement) {
    static Rule of(String pattern, String replacement) {
      return new Rule(Pattern.compile(pattern), replacement);
    }

    String apply(String name) {
      return pattern.matcher(name).replaceFirst(replacement);
    }
  }

  /** Classes that call other things otherwise; all rules of one are tried on each name. */
  private static final List<List<Rule>> CLASSES =
      List.of(
          List.of(),
          // torchvision's with a 3×3 stem, chenyaofo/pytorch-cifar-models
          List.of(Rule.of("\\.downsample\\.", ".shortcut.")),
          // CIFAR's names with a 7×7 stem
          List.of(Rule.of("\\.shortcut\\.", ".downsample.")),
          // weiaicunzai/pytorch-cifar100
          List.of(
              Rule.of("^conv1\\.0\\.", "conv1."),
              Rule.of("^conv1\\.1\\.", "bn1."),
              Rule.of("^conv2_x\\.", "layer1."),
              Rule.of("^conv3_x\\.", "layer2."),
              Rule.of("^conv4_x\\.", "layer3."),
              Rule.of("^conv5_x\\.", "layer4."),
              Rule.of("\\.(?:residual_function|residual)\\.0\\.", ".conv1."),
              Rule.of("\\.(?:residual_function|residual)\\.1\\.", ".bn1."),
              Rule.of("\\.(?:residual_function|residual)\\.3\\.", ".conv2."),
              Rule.of("\\.(?:residual_function|residual)\\.4\\.", ".bn2."),
              Rule.of("\\.(?:residual_function|residual)\\.6\\.", ".conv3."),
              Rule.of("\\.(?:residual_function|residual)\\.7\\.", ".bn3.")));

  Naming {
    tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
    files = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(files));
  }

  /** The file's own names first, then those that the known classes give. */
  static List<Naming> all(SequencedMap<String, TensorType> own) {
    List<Naming> all = new ArrayList<>();
    for (List<Rule> rules : own.size() > MOST_TENSORS ? CLASSES.subList(0, 1) : CLASSES) {
      renamed(own, rules)
          .filter(naming -> rules.isEmpty() || naming.differs())
          .ifPresent(
              naming -> {
                all.add(naming);
                HEADS.forEach(head -> naming.withHead(head).ifPresent(all::add));
              });
    }
    return all;
  }

  /** Empty if two tensors would have one name. */
  private static Optional<Naming> renamed(SequencedMap<String, TensorType> own, List<Rule> rules) {
    SequencedMap<String, TensorType> tensors = new LinkedHashMap<>();
    SequencedMap<String, String> files = new LinkedHashMap<>();
    for (Map.Entry<String, TensorType> entry : own.entrySet()) {
      String name = entry.getKey();
      for (Rule rule : rules) {
        name = rule.apply(name);
      }
      tensors.put(name, entry.getValue());
      files.put(name, entry.getKey());
    }
    return tensors.size() == own.size()
        ? Optional.of(new Naming(tensors, files))
        : Optional.empty();
  }

  /** The only linear layer is the last, whatever it is called and in whatever it stands. */
  private Optional<Naming> withHead(String head) {
    List<String> linear =
        tensors.entrySet().stream()
            .filter(e -> e.getKey().endsWith(WEIGHT) && e.getValue().shape().sides().size() == 2)
            .map(Map.Entry::getKey)
            .toList();
    if (linear.size() != 1) {
      return Optional.empty();
    }
    String layer = linear.getFirst().substring(0, linear.getFirst().length() - WEIGHT.length());
    if (layer.equals(head)) {
      return Optional.empty();
    }
    Rule rule = Rule.of("^" + Pattern.quote(layer) + "(?=\\.(?:weight|bias)$)", head);
    return renamed(tensors, List.of(rule)).map(inner -> inner.after(this));
  }

  private Naming after(Naming first) {
    SequencedMap<String, String> whole = new LinkedHashMap<>();
    files.forEach((ours, theirs) -> whole.put(ours, first.files.getOrDefault(theirs, theirs)));
    return new Naming(tensors, whole);
  }

  private boolean differs() {
    return files.entrySet().stream().anyMatch(entry -> !entry.getKey().equals(entry.getValue()));
  }
}
