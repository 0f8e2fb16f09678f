package org.pagexplorer.engine;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What DJL and the process hold. */
public final class Resources {
  private Resources() {}

  /** Arrays and managers of an engine. */
  public static int of(TorchEngine engine) {
    return of(engine.manager());
  }

  /** Arrays and managers below this one. */
  static int of(NDManager manager) {
    try {
      Field field = BaseNDManager.class.getDeclaredField("resources"); // DJL only logs it
      field.setAccessible(true);
      int count = 0;
      for (Object resource : ((Map<?, ?>) field.get(manager)).values()) {
        count += 1 + (resource instanceof NDManager child ? of(child) : 0);
      }
      return count;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("DJL has changed", e);
    }
  }

  /**
   * Bytes that malloc has handed out and not got back, PyTorch's arrays among them; nothing where
   * the C library cannot say. Unlike the resident set it does not change with Java's heap.
   */
  static OptionalLong allocated() throws InterruptedException {
    Optional<MemorySegment> mallinfo2 = Linker.nativeLinker().defaultLookup().find("mallinfo2");
    if (mallinfo2.isEmpty()) {
      return OptionalLong.empty();
    }
    for (int i = 0; i < 3; i++) { // buffers that DJL copied from are freed by another thread
      System.gc();
      Thread.sleep(50);
    }
    StructLayout tenSizes =
        MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, ValueLayout.JAVA_LONG));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment sizes =
          (MemorySegment)
              Linker.nativeLinker()
                  .downcallHandle(mallinfo2.get(), FunctionDescriptor.of(tenSizes))
                  .invokeExact((SegmentAllocator) arena);
      long mapped = sizes.getAtIndex(ValueLayout.JAVA_LONG, 4);
      long inArenas = sizes.getAtIndex(ValueLayout.JAVA_LONG, 7);
      return OptionalLong.of(mapped + inArenas);
    } catch (Throwable e) {
      throw new LinkageError("mallinfo2 could not be called", e);
    }
  }
}
