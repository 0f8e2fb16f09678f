package org.pagexplorer.engine.natives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.Sha256;

class NativePartsTest {
  private static final List<String> RESOURCES =
      List.of("org/pagexplorer/version.txt", "org/pagexplorer/ui/pag.css");

  /** Tests are faster than the clocks of file systems. */
  private final FileTime later = FileTime.from(Instant.now().plusSeconds(60));

  @TempDir Path folder;

  private BundledTorch jar() {
    return new BundledTorch(folder.resolve("cache/torch"), RESOURCES);
  }

  private List<String> inCache() throws IOException {
    try (var left = Files.list(folder.resolve("cache"))) {
      return left.map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(CacheLock.NAME))
          .sorted()
          .toList();
    }
  }

  /** Takes down what is told. */
  private static final class Told implements Preparation {
    final List<String> lines = new CopyOnWriteArrayList<>();
    final CountDownLatch waits = new CountDownLatch(1);

    @Override
    public void progress(String stage, long done, long total) {
      if (stage.startsWith("Waiting ")) {
        waits.countDown();
      }
      lines.add(stage.split(" ")[0] + " " + done + "/" + total);
    }
  }

  private static List<String> ensure(BundledTorch jar) {
    Told told = new Told();
    jar.ensure(told);
    return told.lines;
  }

  @Test
  void aJarIsUnpackedWholeWithProgress() throws IOException {
    BundledTorch jar = jar();
    assertFalse(jar.isThere());
    List<String> told = ensure(jar);
    assertTrue(jar.isThere());
    long version = Files.size(jar.folder().resolve("version.txt"));
    long all = version + Files.size(jar.folder().resolve("pag.css"));
    assertEquals(List.of("Unpacking " + version + "/" + all, "Unpacking " + all + "/" + all), told);
    assertEquals(List.of("torch"), inCache());
    assertEquals(List.of(), ensure(jar), "nothing is read again");
  }

  @Test
  void unpackingThatIsCancelledLeavesNothing() throws IOException {
    assertThrows(UserException.class, () -> jar().ensure(new Refusing(true)));
    assertFalse(jar().isThere());
    assertEquals(List.of(), inCache());
  }

  @Test
  void aHalfFilledCacheIsFilled() throws IOException {
    BundledTorch jar = jar();
    Files.createDirectories(jar.folder());
    Files.writeString(jar.folder().resolve("version.txt"), "half");
    Files.writeString(jar.folder().resolve("jni"), "DJL's own");
    ensure(jar);
    assertTrue(jar.isThere());
    assertFalse(Files.readString(jar.folder().resolve("version.txt")).equals("half"));
    assertTrue(Files.exists(jar.folder().resolve("jni")));
  }

  @Test
  void aLibraryThatWasCutOffOrChangedIsUnpackedAgain() throws IOException {
    BundledTorch jar = jar();
    ensure(jar);
    Path library = jar.folder().resolve("pag.css");
    byte[] whole = Files.readAllBytes(library);
    byte[] changed = whole.clone();
    changed[whole.length / 2] ^= 1;
    for (byte[] damaged : List.of(Arrays.copyOf(whole, whole.length / 2), changed)) {
      Files.write(library, damaged);
      Files.setLastModifiedTime(library, later);
      assertFalse(jar.isThere());
      assertTrue(ensure(jar).getLast().startsWith("Unpacking "));
      assertArrayEquals(whole, Files.readAllBytes(library));
      assertTrue(jar.isThere());
    }
  }

  @Test
  void whatSomebodyElseHasUnpackedIsComparedOnce() throws IOException {
    BundledTorch jar = jar();
    ensure(jar);
    Files.delete(jar.folder().resolve(Inventory.NAME));
    assertTrue(ensure(jar).stream().allMatch(line -> line.startsWith("Checking ")));
    assertEquals(List.of(), ensure(jar));
    // A crash may have cut the list itself off.
    Files.writeString(jar.folder().resolve(Inventory.NAME), "deadbeef 12");
    assertFalse(jar.isThere());
    assertFalse(ensure(jar).isEmpty());
    assertTrue(jar.isThere());
  }

  /** As in a container's read-only cache, which not even root can be denied here otherwise. */
  @Test
  void whatIsTheJarsIsUsedWhereNothingCanBeLockedOrRecorded() throws IOException {
    BundledTorch jar = jar();
    ensure(jar);
    Path record = jar.folder().resolve(Inventory.NAME);
    Files.delete(record);
    Path lock = folder.resolve("cache").resolve(CacheLock.NAME);
    Files.delete(lock);
    Files.createDirectory(lock);
    assertTrue(ensure(jar).stream().allMatch(line -> line.startsWith("Checking ")));
    assertFalse(Files.exists(record));
    Path library = jar.folder().resolve("pag.css");
    byte[] changed = Files.readAllBytes(library);
    changed[changed.length / 2] ^= 1;
    Files.write(library, changed);
    UserException refused = assertThrows(UserException.class, () -> ensure(jar));
    assertTrue(refused.getMessage().startsWith("PyTorch could not be unpacked to "));
  }

  @Test
  void whatKilledUnpackingsHaveLeftIsSweptAway() throws IOException {
    Path cache = Files.createDirectories(folder.resolve("cache"));
    Path killed = Files.createDirectory(cache.resolve(Leftovers.PREFIX + "123"));
    Path former = Files.createDirectory(cache.resolve("pag456"));
    Path atWork = Files.createDirectory(cache.resolve("pag789"));
    for (Path each : List.of(killed, former, atWork)) {
      Files.writeString(each.resolve("libtorch_cpu.so"), "half");
    }
    Path other = Files.createDirectory(cache.resolve("2.5.1-cpu"));
    Files.setLastModifiedTime(former, FileTime.from(Instant.now().minusSeconds(7200)));
    ensure(jar());
    assertEquals(List.of("2.5.1-cpu", "pag789", "torch"), inCache());
    assertTrue(Files.exists(other));
  }

  @Test
  void oneUnpacksAndTheOthersWaitAndSaySo() throws Exception {
    List<Told> told = Stream.generate(Told::new).limit(4).toList();
    try (var starts = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      try (CacheLock other =
          CacheLock.take(folder.resolve("cache"), "unpacking PyTorch", Preparation.SILENT)) {
        told.forEach(each -> all.add(starts.submit(() -> jar().ensure(each))));
        for (Told each : told) {
          assertTrue(each.waits.await(30, TimeUnit.SECONDS));
        }
        assertFalse(jar().isThere());
      }
      for (Future<?> each : all) {
        each.get(30, TimeUnit.SECONDS);
      }
    }
    assertTrue(jar().isThere());
    long unpacked =
        told.stream()
            .flatMap(each -> each.lines.stream())
            .filter(line -> line.startsWith("Unpacking "))
            .count();
    assertEquals(RESOURCES.size(), unpacked, "one of four");
  }

  @Test
  void whoWaitsMayCancel() throws IOException {
    try (CacheLock other =
        CacheLock.take(folder.resolve("cache"), "unpacking PyTorch", Preparation.SILENT)) {
      String sentence =
          assertThrows(UserException.class, () -> jar().ensure(new Refusing(true))).getMessage();
      assertEquals("Canceled while another PAG Explorer was unpacking PyTorch.", sentence);
    }
  }

  /** DJL would load whatever lies there by that name. */
  @Test
  void djlsOwnPartIsComparedAtEachStart() throws IOException {
    Path file = folder.resolve("cache/torch/djl");
    JniPart.ensure(file, "cpu", folder.resolve("cache"), Preparation.SILENT);
    long size = Files.size(file);
    assertEquals(Optional.empty(), LibraryFile.fault(file));
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1000));
    JniPart.ensure(file, "cpu", folder.resolve("cache"), Preparation.SILENT);
    assertEquals(size, Files.size(file));
    assertEquals(List.of("torch"), inCache());
    // Where it is not ours to mend, it is named.
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "another");
    String sentence =
        assertThrows(
                UserException.class,
                () -> JniPart.ensure(elsewhere, "cpu", folder.resolve("cache"), Preparation.SILENT))
            .getMessage();
    assertTrue(sentence.startsWith(elsewhere + " is damaged"), sentence);
    assertEquals("another", Files.readString(elsewhere));
  }

  /** What is fetched is held against the pins, and the jar is where these come from. */
  @Test
  void theShippedPinsAreThoseOfTheJar() throws IOException {
    BundledTorch jar = BundledTorch.find().orElseThrow();
    Pins pins = Pins.read(folder);
    for (String resource : jar.resources()) {
      String library = resource.substring("pytorch/".length());
      String pin = pins.of(library);
      assertTrue(pin != null && pin.matches("[0-9a-f]{64}"), library);
      if (!library.contains("torch_cpu")) { // 446 MB
        try (InputStream in = getClass().getResourceAsStream("/" + resource)) {
          assertEquals(pin, Sha256.copy(in, OutputStream.nullOutputStream()), library);
        }
      }
    }
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
