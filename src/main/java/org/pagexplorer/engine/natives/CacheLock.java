package org.pagexplorer.engine.natives;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;

/**
 * One process at a time changes PyTorch's cache. The system frees the lock when its process ends,
 * however it does; its file stays, since another may be waiting for it.
 */
final class CacheLock implements AutoCloseable {
  static final String NAME = "pag-explorer.lock";
  private static final long LOOK_MILLIS = 100;

  private final FileChannel channel;

  private CacheLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits until nobody else has it, and says so.
   *
   * @param doing what the other one does, for instance {@code unpacking PyTorch}
   * @throws UserException if it was cancelled meanwhile
   */
  static CacheLock take(Path cache, String doing, Preparation preparation) throws IOException {
    Files.createDirectories(cache);
    FileChannel channel =
        FileChannel.open(cache.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      boolean told = false;
      while (tryLock(channel) == null) {
        if (preparation.isCancelled()) {
          throw new UserException("Canceled while another PAG Explorer was " + doing + ".");
        }
        if (!told) {
          preparation.waits("Waiting for another PAG Explorer, which is " + doing);
          told = true;
        }
        Thread.sleep(LOOK_MILLIS);
      }
      return new CacheLock(channel);
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw new UserException("Interrupted.", e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // somebody in this process
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
