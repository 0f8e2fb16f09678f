package org.pagexplorer.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;
import org.pagexplorer.pickle.PickledArray;
import org.pagexplorer.pickle.PlainPickle;

/**
 * CIFAR-10 and CIFAR-100 as torchvision leaves them, in pickles: {@code data_batch_1} … and {@code
 * test_batch}, or {@code train} and {@code test} beside {@code meta}.
 */
final class CifarPickles {
  private static final String LABELS = "labels";
  private static final String FINE = "fine_labels";
  private static final String COARSE = "coarse_labels";

  private CifarPickles() {}

  static SequencedMap<String, Supplier<Dataset>> in(Path folder) {
    SequencedMap<String, Supplier<Dataset>> parts = Layout.nothing();
    List<Path> training =
        Listing.entries(folder, file -> Listing.name(file).matches("data_batch_\\d+"));
    Path test = folder.resolve("test_batch");
    if (Files.isRegularFile(test)) {
      parts.put("test", () -> cifar10(folder, Split.TEST, List.of(test)));
    }
    if (!training.isEmpty()) {
      parts.put("train", () -> cifar10(folder, Split.TRAIN, training));
    }
    for (boolean coarse : new boolean[] {false, true}) {
      for (String split : List.of("test", "train")) {
        Path file = folder.resolve(split);
        if (Files.isRegularFile(file) && Files.isRegularFile(folder.resolve("meta"))) {
          parts.put(Cifar100.partName(split, coarse), () -> cifar100(folder, file, coarse));
        }
      }
    }
    return parts;
  }

  private static Dataset cifar10(Path folder, Split split, List<Path> files) {
    List<String> classes = names(folder.resolve("batches.meta"), "label_names", Cifar10.CLASSES);
    Dataset images = open("CIFAR-10", files, LABELS, classes);
    return Datasets.named(images, Cifar10.name(folder, split, classes, images.size()));
  }

  private static Dataset cifar100(Path folder, Path file, boolean coarse) {
    List<String> official = coarse ? Cifar100.COARSE : UsualClasses.CIFAR100.names();
    String names = coarse ? "coarse_label_names" : "fine_label_names";
    return open(
        Cifar100.name(coarse),
        List.of(file),
        coarse ? COARSE : FINE,
        names(folder.resolve("meta"), names, official));
  }

  private static List<String> names(Path file, String key, List<String> official) {
    if (!Files.isRegularFile(file) || !(read(file).get(key) instanceof List<?> names)) {
      return official;
    }
    if (!names.stream().allMatch(String.class::isInstance)) {
      return official;
    }
    List<String> read = names.stream().map(name -> Printable.of((String) name)).toList();
    return read.isEmpty() || Set.copyOf(read).size() < read.size() ? official : read;
  }

  private static Dataset open(String name, List<Path> files, String key, List<String> classes) {
    List<byte[]> pixels = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    int size = InputShape.CIFAR.size();
    for (Path file : files) {
      Map<?, ?> content = read(file);
      byte[] images = images(file, content.get("data"));
      int[] own = labels(file, content.get(key), key);
      ArrayDataset.checkSizes(
          file + "'s data", images.length / size, file + "'s " + key, own.length);
      ArrayDataset.checked(own, classes.size(), file);
      for (int i = 0; i < own.length; i++) {
        labels.add(own[i]);
      }
      pixels.add(images);
    }
    return new ArrayDataset(
        name,
        classes,
        InputShape.CIFAR,
        labels.stream().mapToInt(i -> i).toArray(),
        index -> bytes(pixels, index));
  }

  private static byte[] bytes(List<byte[]> batches, int index) {
    int size = InputShape.CIFAR.size();
    int rest = index;
    for (byte[] batch : batches) {
      if (rest < batch.length / size) {
        return Arrays.copyOfRange(batch, rest * size, (rest + 1) * size);
      }
      rest -= batch.length / size;
    }
    throw new IndexOutOfBoundsException(index);
  }

  private static byte[] images(Path file, @Nullable Object data) {
    PickledArray array = PlainPickle.array(data).orElseThrow(() -> unusual(file, "data"));
    byte[] bytes = array.bytes();
    long size = InputShape.CIFAR.size();
    List<Long> sizes = array.sizes();
    if (!array.dtype().equals("u1")
        || sizes.size() != 2
        || sizes.get(1) != size
        || sizes.get(0) * size != bytes.length) {
      throw unusual(file, "data");
    }
    return bytes;
  }

  private static int[] labels(Path file, @Nullable Object labels, String key) {
    Optional<PickledArray> array = PlainPickle.array(labels);
    if (array.isPresent()) {
      return labels(file, array.get(), key);
    }
    if (!(labels instanceof List<?> list)) {
      throw unusual(file, key);
    }
    return list.stream()
        .mapToInt(label -> label instanceof Long whole ? (int) Math.clamp(whole, -1, 1 << 20) : -1)
        .toArray();
  }

  /** Where somebody has written the batches again, with labels as NumPy has them. */
  private static int[] labels(Path file, PickledArray array, String key) {
    ByteBuffer bytes = ByteBuffer.wrap(array.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    int count =
        array.sizes().size() == 1 ? (int) Math.clamp(array.sizes().getFirst(), -1, 1 << 24) : -1;
    int each =
        switch (array.dtype()) {
          case "u1", "i1" -> 1;
          case "i4" -> Integer.BYTES;
          case "i8" -> Long.BYTES;
          default -> 0;
        };
    if (each == 0 || count < 0 || bytes.remaining() != (long) each * count) {
      throw unusual(file, key);
    }
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      long label =
          each == 1 ? bytes.get() : each == Integer.BYTES ? bytes.getInt() : bytes.getLong();
      labels[i] = (int) Math.clamp(label, -1, 1 << 20);
    }
    return labels;
  }

  private static UserException unusual(Path file, String key) {
    return new UserException(
        "The file %s has no %s as CIFAR's pickles have them: download the archive again."
            .formatted(file, key));
  }

  private static Map<?, ?> read(Path file) {
    try {
      if (PlainPickle.read(file) instanceof Map<?, ?> map) {
        return map;
      }
      throw unusual(file, "dictionary");
    } catch (IOException e) {
      throw Sentences.unreadable(file, e);
    } catch (UnusableFileException e) {
      throw Sentences.unusable(file, e);
    }
  }
}
