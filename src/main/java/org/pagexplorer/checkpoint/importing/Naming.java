package org.pagexplorer.checkpoint.importing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
  private static final List<String> HEADS = List.of("linear", "fc", "logits", "classifier");

  /** Where VGG's three linear layers stand, between ReLUs and dropouts. */
  private static final List<String> THREE = List.of("classifier.0", "classifier.3", "classifier.6");

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
              Rule.of("\\.(?:residual_function|residual)\\.7\\.", ".bn3.")),
          // VGG whose convolutions were trained on several GPUs
          List.of(Rule.of("^features\\.module\\.", "features.")),
          // timm's transformers with a last Sequential
          List.of(Rule.of("^head(?:\\.[0-9]+)+\\.", "head.")),
          // torchvision's vision transformers
          List.of(
              Rule.of("^class_token$", "cls_token"),
              Rule.of("^conv_proj\\.", "patch_embed.proj."),
              Rule.of("^encoder\\.pos_embedding$", "pos_embed"),
              Rule.of("^encoder\\.ln\\.", "norm."),
              Rule.of("^encoder\\.layers\\.encoder_layer_([0-9]+)\\.", "blocks.$1."),
              Rule.of("\\.ln_([12])\\.", ".norm$1."),
              Rule.of("\\.self_attention\\.in_proj_", ".attn.qkv."),
              Rule.of("\\.self_attention\\.out_proj\\.", ".attn.proj."),
              Rule.of("\\.mlp\\.(?:0|linear_1)\\.", ".mlp.fc1."),
              Rule.of("\\.mlp\\.(?:3|linear_2)\\.", ".mlp.fc2."),
              Rule.of("^heads(?:\\.\\w+)*\\.(?=(?:weight|bias)$)", "head.")),
          // torchvision's ConvNeXts
          List.of(
              Rule.of("^features\\.0\\.([01])\\.", "stem.$1."),
              Rule.of("^features\\.1\\.([0-9]+)\\.", "stages.0.blocks.$1."),
              Rule.of("^features\\.2\\.([01])\\.", "stages.1.downsample.$1."),
              Rule.of("^features\\.3\\.([0-9]+)\\.", "stages.1.blocks.$1."),
              Rule.of("^features\\.4\\.([01])\\.", "stages.2.downsample.$1."),
              Rule.of("^features\\.5\\.([0-9]+)\\.", "stages.2.blocks.$1."),
              Rule.of("^features\\.6\\.([01])\\.", "stages.3.downsample.$1."),
              Rule.of("^features\\.7\\.([0-9]+)\\.", "stages.3.blocks.$1."),
              Rule.of("\\.block\\.0\\.", ".conv_dw."),
              Rule.of("\\.block\\.2\\.", ".norm."),
              Rule.of("\\.block\\.3\\.", ".mlp.fc1."),
              Rule.of("\\.block\\.5\\.", ".mlp.fc2."),
              Rule.of("\\.layer_scale$", ".gamma"),
              Rule.of("^classifier\\.0\\.", "head.norm."),
              Rule.of("^classifier\\.[0-9.]+(?=\\.(?:weight|bias)$)", "head.fc")),
          // facebookresearch/ConvNeXt
          List.of(
              Rule.of("^downsample_layers\\.0\\.([01])\\.", "stem.$1."),
              Rule.of("^downsample_layers\\.([123])\\.([01])\\.", "stages.$1.downsample.$2."),
              Rule.of("^stages\\.([0-3])\\.([0-9]+)\\.", "stages.$1.blocks.$2."),
              Rule.of("\\.dwconv\\.", ".conv_dw."),
              Rule.of("\\.pwconv([12])\\.", ".mlp.fc$1."),
              Rule.of("^norm\\.", "head.norm."),
              Rule.of("^head\\.(?=(?:weight|bias)$)", "head.fc.")));

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
                HEADS.forEach(head -> naming.withLast(List.of(head)).ifPresent(all::add));
                naming.withLast(THREE).ifPresent(all::add);
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

  /** The only linear layers are the last, whatever they are called and in whatever they stand. */
  private Optional<Naming> withLast(List<String> heads) {
    List<String> linear =
        tensors.entrySet().stream()
            .filter(e -> e.getKey().endsWith(WEIGHT) && e.getValue().shape().sides().size() == 2)
            .map(Map.Entry::getKey)
            .toList();
    if (linear.size() != heads.size()) {
      return Optional.empty();
    }
    // By way of names that nothing has, since one layer's old name may be another's new one.
    List<Rule> away = new ArrayList<>();
    List<Rule> back = new ArrayList<>();
    for (int i = 0; i < heads.size(); i++) {
      String layer = linear.get(i).substring(0, linear.get(i).length() - WEIGHT.length());
      away.add(Rule.of("^" + Pattern.quote(layer) + "(?=\\.(?:weight|bias)$)", "\n" + i));
      back.add(Rule.of("^\n" + i + "(?=\\.)", heads.get(i)));
    }
    return renamed(tensors, Stream.concat(away.stream(), back.stream()).toList())
        .filter(Naming::differs)
        .map(inner -> inner.after(this));
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
