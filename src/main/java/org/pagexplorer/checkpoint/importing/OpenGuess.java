package org.pagexplorer.checkpoint.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pagexplorer.domain.Activation;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Families;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;

/** Architectures of families of which there are arbitrarily many, of the sizes that shapes say. */
final class OpenGuess {
  private static final int IMAGENET_SIDE = 224;
  private static final int VGG_SIDE = 32;

  /** Features a head, where nobody says it: Dosovitskiy et al. (2021) and all that followed. */
  private static final int HEAD = 64;

  private static final int PAG_HEADS = 12;

  private final Shapes shapes;

  OpenGuess(Shapes shapes) {
    this.shapes = shapes;
  }

  /** Families of any depth, of the depth that the names say. */
  List<Family> deep() {
    List<Family> families = new ArrayList<>();
    int wide = shapes.count("block1.layer.");
    if (wide > 0) {
      families.add(Families.wideResNet(6 * wide + 4));
    }
    int deepMind = shapes.count("layer.0.block.");
    if (deepMind > 0) {
      families.add(Families.dmWideResNet(6 * deepMind + 4, Activation.SWISH));
      families.add(Families.dmWideResNet(6 * deepMind + 4, Activation.RELU));
    }
    int cifar = shapes.count("layer1.");
    if (cifar > 0 && shapes.count("layer4.") == 0) {
      families.add(Families.cifarResNet(6 * cifar + 2, shapes.has("layer2.0.shortcut.0.weight")));
    }
    return families;
  }

  /** Those of other designs. */
  List<Architecture> others() {
    List<Architecture> guesses = new ArrayList<>();
    for (Supplier<List<Architecture>> design :
        List.<Supplier<List<Architecture>>>of(this::vgg, this::vit, this::pagVit, this::convNext)) {
      try {
        guesses.addAll(design.get());
      } catch (IllegalArgumentException | ArithmeticException e) {
        continue; // its first or last layer is missing or absurd
      }
    }
    return guesses;
  }

  private List<Architecture> vgg() {
    int convolutions =
        (int)
            shapes.tensors().entrySet().stream()
                .filter(e -> e.getKey().startsWith("features."))
                .filter(e -> e.getValue().shape().sides().size() == 4)
                .count();
    int width = shapes.side("features.0.weight", 4, 0);
    boolean norms = shapes.has("features.1.running_mean");
    boolean single = shapes.has("classifier.weight");
    String first = single ? "classifier.weight" : "classifier.0.weight";
    String last = single ? "classifier.weight" : "classifier.6.weight";
    int pooled = Shapes.root(shapes.side(first, 2, 1) / (8 * width));
    int hidden = single ? 0 : shapes.side(first, 2, 0);
    int side = pooled == 1 ? VGG_SIDE : Math.max(IMAGENET_SIDE, VGG_SIDE * pooled);
    return List.of(
        new Architecture(
            Families.vgg(convolutions + 3, norms, hidden, pooled),
            width,
            new InputShape(shapes.side("features.0.weight", 4, 1), side, side),
            shapes.side(last, 2, 0)));
  }

  private List<Architecture> vit() {
    String embedding = "patch_embed.proj.weight";
    int width = shapes.side(embedding, 4, 0);
    int patch = shapes.side(embedding, 4, 2);
    boolean distilled = shapes.has("dist_token");
    int places = shapes.side("pos_embed", 3, 1);
    int placed = places - (distilled ? 2 : 1);
    boolean unplaced = Shapes.isSquare(places) && !Shapes.isSquare(placed);
    int side = patch * Shapes.root(unplaced ? places : placed);
    int hidden = shapes.side("blocks.0.mlp.fc1.weight", 2, 0);
    int classes = shapes.side("head.weight", 2, 0);
    IntStream heads = width % HEAD == 0 ? IntStream.of(width / HEAD) : divisors(width);
    return heads
        .mapToObj(
            count ->
                new Architecture(
                    Families.vit(
                        shapes.count("blocks."),
                        count,
                        patch,
                        hidden == 4 * width ? 0 : hidden,
                        distilled,
                        shapes.has("blocks.0.ls1.gamma"),
                        unplaced),
                    width,
                    new InputShape(shapes.side(embedding, 4, 1), side, side),
                    classes))
        .toList();
  }

  private List<Architecture> pagVit() {
    int width = shapes.side("emb.weight", 2, 0);
    int values = shapes.side("emb.weight", 2, 1);
    int channels = values % 3 == 0 && Shapes.isSquare(values / 3) ? 3 : 1;
    int patch = Shapes.root(values / channels);
    boolean classToken = shapes.has("cls_token");
    int side = patch * Shapes.root(shapes.side("pos_emb", 3, 1) - (classToken ? 1 : 0));
    int hidden = shapes.side("enc.0.mlp.0.weight", 2, 0);
    int classes = shapes.side("fc.1.weight", 2, 0);
    IntStream heads = width % PAG_HEADS == 0 ? IntStream.of(PAG_HEADS) : divisors(width);
    return heads
        .mapToObj(
            count ->
                new Architecture(
                    Families.pagVit(shapes.count("enc."), count, patch, hidden, classToken),
                    width,
                    new InputShape(channels, side, side),
                    classes))
        .toList();
  }

  /** How many heads people divide so many features among. */
  private static IntStream divisors(int width) {
    return IntStream.of(8, 6, 4, 3, 2, 1, 12, 16).filter(heads -> width % heads == 0);
  }

  private List<Architecture> convNext() {
    int width = shapes.side("stem.0.weight", 4, 0);
    List<Integer> blocks =
        Stream.of(0, 1, 2, 3).map(stage -> shapes.count("stages." + stage + ".blocks.")).toList();
    return List.of(
        new Architecture(
            Families.convNext(blocks),
            width,
            new InputShape(shapes.side("stem.0.weight", 4, 1), IMAGENET_SIDE, IMAGENET_SIDE),
            shapes.side("head.fc.weight", 2, 0)));
  }
}
