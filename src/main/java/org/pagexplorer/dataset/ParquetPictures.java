package org.pagexplorer.dataset;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.row.PqStruct;
import dev.hardwood.schema.ColumnProjection;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pagexplorer.domain.UserException;

/**
 * The encoded pictures of parquet files. Rows are packed in groups, of which the last few that were
 * read are kept.
 */
final class ParquetPictures implements PictureDataset.Source {
  private static final int MOST_GROUPS = 2;

  /**
   * Rows that lie together in a file.
   *
   * @param column of the pictures
   * @param nested whether it is a structure, whose {@code bytes} they are
   * @param first index of the first one in the dataset
   * @param firstInFile index of the first one in the file
   * @param rows how many
   */
  record Group(Path file, String column, boolean nested, int first, long firstInFile, int rows) {}

  private final List<Group> groups;
  private final Map<Group, byte[][]> latest =
      new LinkedHashMap<>(4, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Group, byte[][]> eldest) {
          return size() > MOST_GROUPS;
        }
      };

  ParquetPictures(List<Group> groups) {
    this.groups = List.copyOf(groups);
  }

  @Override
  public ImageDecoder.Size size(int index) {
    Group group = groupOf(index);
    return ImageDecoder.size(name(group, index), content(group, index));
  }

  @Override
  public BufferedImage decode(int index) {
    Group group = groupOf(index);
    return ImageDecoder.decode(name(group, index), content(group, index));
  }

  private Group groupOf(int index) {
    int low = 0;
    int high = groups.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (groups.get(middle).first() <= index) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return groups.get(low);
  }

  private static String name(Group group, int index) {
    return "#%d of %s".formatted(group.firstInFile() + index - group.first(), group.file());
  }

  private byte[] content(Group group, int index) {
    byte[][] pictures;
    synchronized (latest) {
      pictures = latest.computeIfAbsent(group, ParquetPictures::read);
    }
    return pictures[index - group.first()];
  }

  private static byte[][] read(Group group) {
    byte[][] pictures = new byte[group.rows()][];
    try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(group.file()));
        RowReader rows =
            reader
                .buildRowReader()
                .projection(
                    ColumnProjection.columns(
                        group.nested() ? group.column() + ".bytes" : group.column()))
                .skip(group.firstInFile())
                .head(group.rows())
                .build()) {
      for (int i = 0; i < pictures.length; i++) {
        if (!rows.hasNext()) {
          throw new IOException("fewer rows than its footer says");
        }
        rows.next();
        pictures[i] = picture(rows, group, i);
      }
      return pictures;
    } catch (IOException | RuntimeException e) {
      throw ParquetTable.refusal(group.file(), e);
    }
  }

  private static byte[] picture(RowReader rows, Group group, int row) {
    byte[] bytes;
    if (group.nested()) {
      PqStruct cell = rows.getStruct(group.column());
      bytes = cell == null ? null : cell.getBinary("bytes");
    } else {
      bytes = rows.getBinary(group.column());
    }
    if (bytes == null) {
      throw new UserException(
          "Row %d of %s holds no picture, perhaps only a path to one: save its bytes in it."
              .formatted(group.firstInFile() + row, group.file()));
    }
    return bytes;
  }
}
