package org.pagexplorer.engine.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.UserException;

class NativePartsTest {
  private static final List<String> RESOURCES =
      List.of("org/pagexplorer/version.txt", "org/pagexplorer/ui/pag.css");

  @TempDir Path folder;

  @Test
  void aJarIsUnpackedWholeWithProgress() throws IOException {
    BundledTorch jar = new BundledTorch(folder.resolve("cache/torch"), RESOURCES);
    assertFalse(jar.isUnpacked());
    List<String> told = new ArrayList<>();
    jar.unpack(
        new Preparation() {
          @Override
          public void progress(String stage, long done, long total) {
            told.add(done + "/" + total);
          }
        });
    assertTrue(jar.isUnpacked());
    long version = Files.size(jar.folder().resolve("version.txt"));
    long all = version + Files.size(jar.folder().resolve("pag.css"));
    assertEquals(List.of(version + "/" + all, all + "/" + all), told);
    try (var left = Files.list(folder.resolve("cache"))) {
      assertEquals(List.of(jar.folder()), left.toList());
    }
  }

  @Test
  void unpackingThatIsCancelledLeavesNothing() throws IOException {
    BundledTorch jar = new BundledTorch(folder.resolve("cache/torch"), RESOURCES);
    assertThrows(
        UserException.class,
        () ->
            jar.unpack(
                new Preparation() {
                  @Override
                  public boolean isCancelled() {
                    return true;
                  }
                }));
    assertFalse(jar.isUnpacked());
    try (var left = Files.list(folder.resolve("cache"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void aHalfFilledCacheIsFilled() throws IOException {
    BundledTorch jar = new BundledTorch(folder.resolve("torch"), RESOURCES);
    Files.createDirectories(jar.folder());
    Files.writeString(jar.folder().resolve("version.txt"), "half");
    Files.writeString(jar.folder().resolve("jni"), "DJL's own");
    assertFalse(jar.isUnpacked());
    jar.unpack(Preparation.SILENT);
    assertTrue(jar.isUnpacked());
    assertFalse(Files.readString(jar.folder().resolve("version.txt")).equals("half"));
    assertTrue(Files.exists(jar.folder().resolve("jni")));
  }

  @Test
  void nvidiasDriverIsRead() {
    NvidiaDriver driver =
        NvidiaDriver.parse(
                """
                570.86.15, NVIDIA H100 80GB HBM3, 81559 MiB, 81008 MiB
                570.86.15, NVIDIA H100 80GB HBM3, 81559 MiB, 400 MiB
                """)
            .orElseThrow();
    assertEquals("570.86.15", driver.version());
    assertEquals(2, driver.gpus().size());
    assertTrue(driver.isRecentEnough());
    assertFalse(new NvidiaDriver("470.256.02", List.of()).isRecentEnough());
    assertEquals(Optional.empty(), NvidiaDriver.parse("NVIDIA-SMI has failed because …\n"));
  }

  @Test
  void anEnvironmentVariableIsSeenByNativeCode() throws Throwable {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"));
    Environment.set("PAG_TEST_VARIABLE", "passive");
    assertEquals("passive", getenv("PAG_TEST_VARIABLE"));
    String path = getenv("PATH");
    Environment.set("PATH", "nowhere");
    assertEquals(path, getenv("PATH"), "what the user has set stays");
  }

  private static String getenv(String name) throws Throwable {
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value =
          (MemorySegment)
              linker
                  .downcallHandle(
                      linker.defaultLookup().findOrThrow("getenv"),
                      FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS))
                  .invokeExact(arena.allocateFrom(name));
      return value.reinterpret(Long.MAX_VALUE).getString(0);
    }
  }
}
