package org.pagexplorer.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What tells without reading it that a file is still the one that was read.
 *
 * <p>A file that is written again within the clock's coarsest tick keeps its times. So a stamp
 * counts only if the file had rested when it was taken: whoever writes it afterward gives it a
 * later time. POSIX's time of change cannot be set back, as {@code cp -p} and {@code touch} do with
 * the time of modification.
 *
 * @param attributes size and times; on POSIX the inode too
 * @param rested whether the last change was long before
 */
public record FileStamp(Map<String, Object> attributes, boolean rested) {
  /** FAT's times are the coarsest: two seconds. */
  private static final Duration TICK = Duration.ofSeconds(3);

  /**
   * Of a file that is read afterward.
   *
   * @throws org.pagexplorer.domain.UserException if there is no such file
   */
  public static FileStamp of(Path file) {
    try {
      Instant now = Instant.now();
      boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
      Map<String, Object> attributes =
          Files.readAttributes(
              file,
              posix
                  ? "unix:dev,ino,size,lastModifiedTime,ctime"
                  : "size,lastModifiedTime,creationTime");
      boolean rested =
          attributes.values().stream()
              .filter(FileTime.class::isInstance)
              .allMatch(time -> ((FileTime) time).toInstant().plus(TICK).isBefore(now));
      return new FileStamp(Map.copyOf(attributes), rested);
    } catch (IOException e) {
      throw Sentences.unreadable(file, e);
    }
  }

  /** Whether the file is still as it was read after {@code earlier} was taken. */
  public boolean provesUnchanged(FileStamp earlier) {
    return earlier.rested && attributes.equals(earlier.attributes);
  }
}
