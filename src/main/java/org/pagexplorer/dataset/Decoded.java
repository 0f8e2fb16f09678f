package org.pagexplorer.dataset;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Images that were decoded, as long as they take little memory: all of CIFAR's, few of ImageNet's.
 * The oldest go first.
 */
final class Decoded {
  /** 50,000 images of 3×32×32, and as much again. */
  private static final long BUDGET = Math.min(320L << 20, Runtime.getRuntime().maxMemory() / 8);

  private final AtomicReferenceArray<byte @Nullable []> kept;
  private final Queue<Integer> oldestFirst = new ConcurrentLinkedQueue<>();
  private final AtomicLong room = new AtomicLong(BUDGET);

  Decoded(int images) {
    kept = new AtomicReferenceArray<>(images);
  }

  /** The bytes of an image, decoded if need be, in an array of the caller's own. */
  byte[] of(int index, IntFunction<byte[]> decode) {
    byte[] known = kept.get(index);
    if (known == null) {
      known = decode.apply(index);
      keep(index, known);
    }
    return known.clone();
  }

  private void keep(int index, byte[] bytes) {
    if (!kept.compareAndSet(index, null, bytes)) {
      return; // another thread was as fast
    }
    oldestFirst.add(index);
    room.addAndGet(-bytes.length);
    while (room.get() < 0) {
      Integer oldest = oldestFirst.poll();
      byte[] gone = oldest == null ? null : kept.getAndSet(oldest, null);
      if (gone == null) {
        return;
      }
      room.addAndGet(gone.length);
    }
  }
}
