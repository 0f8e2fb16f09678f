package org.pagexplorer.dataset;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.hardwood.InputFile;
import dev.hardwood.metadata.FileMetaData;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnProjection;
import dev.hardwood.schema.ColumnSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;

/** Reads labels, class names and encoded pictures from parquet files. */
final class ParquetTable {
  private static final String FINE = "fine_label";
  private static final Set<String> LABELS = Set.of("label", "labels", FINE, "target", "class", "y");
  private static final String COARSE = "coarse_label";
  private static final Set<String> PICTURES = Set.of("image", "img", "images", "bytes", "picture");

  /** Held, since loggers are held weakly: the library tells its decompressors to standard error. */
  private static final Logger REMARKS = Logger.getLogger("dev.hardwood");

  static {
    REMARKS.setLevel(Level.WARNING);
  }

  private ParquetTable() {}

  /** What of a file's columns is read. */
  private record Columns(String label, String picture, boolean nested) {
    static Columns of(Path file, ParquetFileReader reader, boolean coarse) {
      Optional<String> label = Optional.empty();
      Optional<List<String>> picture = Optional.empty();
      for (ColumnSchema column : reader.getFileSchema().getColumns()) {
        List<String> path = column.fieldPath().elements();
        boolean wanted = coarse ? path.equals(List.of(COARSE)) : isLabel(path);
        boolean whole = column.type() == PhysicalType.INT64 || column.type() == PhysicalType.INT32;
        if (wanted && whole && label.isEmpty()) {
          label = Optional.of(path.getFirst());
        }
        if (column.type() == PhysicalType.BYTE_ARRAY && isPicture(path) && picture.isEmpty()) {
          picture = Optional.of(path);
        }
      }
      if (label.isEmpty() || picture.isEmpty()) {
        throw new UserException(
            "The file %s has no %s: choose a dataset of images with labels."
                .formatted(
                    file,
                    picture.isEmpty()
                        ? "column of pictures, such as image"
                        : "column of labels, such as label"));
      }
      List<String> path = picture.get();
      return new Columns(label.get(), path.getFirst(), path.size() == 2);
    }

    private static boolean isLabel(List<String> path) {
      return path.size() == 1 && LABELS.contains(path.getFirst());
    }

    private static boolean isPicture(List<String> path) {
      return path.size() == 2
          ? path.getLast().equals("bytes")
          : path.size() == 1 && PICTURES.contains(path.getFirst());
    }
  }

  /** Whether a file has CIFAR-100's second kind of labels. */
  static boolean hasCoarseLabels(Path file) {
    try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(file))) {
      return reader.getFileSchema().getColumns().stream()
          .anyMatch(column -> column.fieldPath().elements().equals(List.of(COARSE)));
    } catch (IOException | RuntimeException e) {
      return false; // what is wrong with it is said when it is opened
    }
  }

  /**
   * Opens files as one dataset: reads labels and names, no picture but the first.
   *
   * @throws UserException if they are damaged, or hold no labeled pictures
   */
  static Dataset dataset(String name, List<Path> files, boolean coarse) {
    List<Integer> labels = new ArrayList<>();
    List<ParquetPictures.Group> groups = new ArrayList<>();
    Optional<List<String>> names = Optional.empty();
    String label = "";
    for (Path file : files) {
      try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(file))) {
        Columns columns = Columns.of(file, reader, coarse);
        addGroups(file, reader.getFileMetaData(), columns, labels.size(), groups);
        label = columns.label();
        addLabels(reader, label, labels);
        names = names.or(() -> names(reader.getFileMetaData(), columns.label()));
      } catch (IOException | RuntimeException e) {
        throw refusal(file, e);
      }
    }
    int[] all = labels.stream().mapToInt(i -> i).toArray();
    if (all.length == 0) {
      throw new UserException(
          "The file " + files.getFirst() + " holds no images: choose another one.");
    }
    List<String> classes = names.isPresent() ? names.get() : guessed(label, all);
    return PictureDataset.of(
        name,
        classes,
        ArrayDataset.checked(all, classes.size(), files.getFirst()),
        new ParquetPictures(groups));
  }

  /** The library answers damaged files with all kinds of unchecked exceptions. */
  static UserException refusal(Path file, Exception e) {
    return e instanceof UserException known
        ? known
        : new UserException(
            "The file " + file + " is damaged or was cut short: download it again.", e);
  }

  private static void addGroups(
      Path file,
      FileMetaData content,
      Columns columns,
      int first,
      List<ParquetPictures.Group> groups) {
    int next = first;
    long inFile = 0;
    for (RowGroup group : content.rowGroups()) {
      int rows = Math.toIntExact(group.numRows());
      groups.add(
          new ParquetPictures.Group(file, columns.picture(), columns.nested(), next, inFile, rows));
      next += rows;
      inFile += rows;
    }
  }

  private static void addLabels(ParquetFileReader reader, String label, List<Integer> labels) {
    ColumnProjection only = ColumnProjection.columns(label);
    try (RowReader rows = reader.buildRowReader().projection(only).build()) {
      while (rows.hasNext()) {
        rows.next();
        labels.add(rows.getValue(label) instanceof Number n ? Math.toIntExact(n.longValue()) : -1);
      }
    }
  }

  /** The names that Hugging Face's library writes beside the schema. */
  private static Optional<List<String>> names(FileMetaData content, String label) {
    Map<String, String> metadata = content.keyValueMetadata();
    String json = metadata == null ? null : metadata.get("huggingface");
    if (json == null) {
      return Optional.empty();
    }
    try {
      JsonElement found = JsonParser.parseString(json);
      for (String step : List.of("info", "features", label, "names")) {
        found = step(found, step);
      }
      if (!(found instanceof JsonArray array) || array.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          array.asList().stream().map(JsonElement::getAsString).map(Printable::of).toList());
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  private static @Nullable JsonElement step(@Nullable JsonElement from, String name) {
    return from instanceof JsonObject object ? object.get(name) : null;
  }

  /** CIFAR-100's two kinds of labels are called like no others. */
  private static List<String> guessed(String column, int[] labels) {
    int most = Arrays.stream(labels).max().orElse(0) + 1;
    List<String> known =
        switch (column) {
          case COARSE -> Cifar100.COARSE;
          case FINE -> UsualClasses.CIFAR100.names();
          default -> List.of();
        };
    return known.size() >= most ? known : UsualClasses.numbered(Math.max(1, most));
  }
}
