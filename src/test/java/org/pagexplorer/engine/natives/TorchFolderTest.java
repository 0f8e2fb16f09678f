package org.pagexplorer.engine.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.UserException;

class TorchFolderTest {
  private static final String VERSION = NativeLibraries.version();

  @TempDir Path folder;

  private Path library(Path in, String name, String content) throws IOException {
    Files.createDirectories(in);
    return Files.write(
        in.resolve(System.mapLibraryName(name)),
        StandIn.library(content.getBytes(StandardCharsets.US_ASCII)));
  }

  private Path cpu(Path in) throws IOException {
    for (String name : List.of("c10", "torch", "torch_cpu")) {
      library(in, name, "");
    }
    return in;
  }

  private static String refusal(Path place) {
    return assertThrows(UserException.class, () -> TorchFolder.read(place)).getMessage();
  }

  @Test
  void pythonsTorchIsTakenByItsVersionFile() throws IOException {
    Path torch = folder.resolve("site-packages/torch");
    Path lib = cpu(torch.resolve("lib"));
    Files.writeString(
        torch.resolve("version.py"), "__version__ = '" + VERSION + "+cpu'\ncuda = None\n");
    TorchFolder expected = new TorchFolder(lib.toAbsolutePath(), "cpu");
    assertEquals(expected, TorchFolder.read(torch));
    assertEquals(expected, TorchFolder.read(lib));
    assertEquals(expected, TorchFolder.read(torch.getParent()));
  }

  @Test
  void anotherVersionIsRefusedWithTheOneThatFits() throws IOException {
    Path torch = folder.resolve("torch");
    cpu(torch.resolve("lib"));
    Files.writeString(torch.resolve("version.py"), "__version__ = '2.11.0+cu130'\n");
    String refusal = refusal(torch);
    assertTrue(refusal.contains("holds PyTorch 2.11.0+cu130"), refusal);
    assertTrue(refusal.contains("pip install torch==" + VERSION), refusal);
  }

  @Test
  void libtorchsBuildVersionAndDjlsFolderNameCount() throws IOException {
    Path lib = cpu(folder.resolve("libtorch/lib"));
    Files.writeString(folder.resolve("libtorch/build-version"), VERSION + "+cpu\n");
    assertEquals("cpu", TorchFolder.read(folder.resolve("libtorch")).flavor());
    Files.writeString(folder.resolve("libtorch/build-version"), "1.13.1\n");
    assertTrue(refusal(lib).contains("PyTorch 1.13.1"), refusal(lib));
    assertEquals("cpu", TorchFolder.read(cpu(folder.resolve(VERSION + "-cpu-linux"))).flavor());
    assertTrue(refusal(cpu(folder.resolve("2.5.1-cpu-linux"))).contains("PyTorch 2.5.1"));
  }

  @Test
  void withoutThoseTheLibraryItselfIsAsked() throws IOException {
    Path bare = cpu(folder.resolve("bare"));
    assertTrue(refusal(bare).contains("of another version"), refusal(bare));
    library(bare, "torch_cpu", "x".repeat(100_000) + '\0' + VERSION + "\0y");
    assertEquals("cpu", TorchFolder.read(bare).flavor());
    library(bare, "torch_cpu", "compiled from pytorch-" + VERSION + "\0y");
    assertTrue(refusal(bare).contains("of another version"), refusal(bare));
  }

  @Test
  void aCudaBuildNeedsItsLibrariesAndCuda12() throws IOException {
    Path torch = folder.resolve("torch");
    Path lib = cpu(torch.resolve("lib"));
    library(lib, "torch_cuda", "");
    Files.writeString(
        torch.resolve("version.py"), "__version__ = '" + VERSION + "+cu126'\ncuda = '12.6'\n");
    assertTrue(refusal(torch).contains(System.mapLibraryName("c10_cuda") + " is missing"));
    library(lib, "c10_cuda", "");
    assertEquals("cu128", TorchFolder.read(torch).flavor());
    Files.writeString(
        torch.resolve("version.py"),
        "__version__ = '" + VERSION + "+cu118'\ncuda: Optional[str] = '11.8'\n");
    assertTrue(refusal(torch).contains("built for CUDA 11.8"), refusal(torch));
  }

  @Test
  void aFolderWithoutPyTorchIsRefused() {
    assertTrue(refusal(folder).startsWith("There is no PyTorch in " + folder), refusal(folder));
  }

  /** Loading one ends the process: the diagnosis itself would go down with it. */
  @Test
  void aLibraryThatWasCutOffIsRefusedBeforeItIsLoaded() throws IOException {
    Path torch = folder.resolve("torch");
    Path lib = cpu(torch.resolve("lib"));
    Files.writeString(torch.resolve("version.py"), "__version__ = '" + VERSION + "'\n");
    for (String name : List.of("c10", "torch", "torch_cpu")) {
      Path library = library(lib, name, "");
      assertEquals("cpu", TorchFolder.read(torch).flavor());
      for (long size : List.of(127L, 64L, 3L, 0L)) {
        try (FileChannel channel = FileChannel.open(library, StandardOpenOption.WRITE)) {
          channel.truncate(size);
        }
        assertTrue(refusal(torch).startsWith(library + " is cut off"), refusal(torch));
      }
      Files.writeString(library, "version https://git-lfs.github.com/spec/v1");
      assertTrue(refusal(torch).contains("is not a native library"), refusal(torch));
      library(lib, name, "");
    }
  }

  /** Those that are really loaded: a check that refused them would refuse everything. */
  @Test
  void systemsOwnLibrariesAreWhole() throws IOException {
    Path java = Path.of(System.getProperty("java.home"));
    Path lib = java.resolve(System.getProperty("os.name").startsWith("Windows") ? "bin" : "lib");
    for (String name : List.of("java", "net", "zip")) {
      Path library = lib.resolve(System.mapLibraryName(name));
      assertEquals(Optional.empty(), LibraryFile.fault(library));
      byte[] all = Files.readAllBytes(library);
      Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(all, all.length / 2));
      assertEquals(Optional.of("is cut off"), LibraryFile.fault(cut));
    }
  }

  /** Headers of Windows and macOS, with one section and one segment. */
  @Test
  void otherSystemsLibrariesAreReadToo() throws IOException {
    ByteBuffer dll = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
    dll.put(0, new byte[] {'M', 'Z'}).putInt(0x3c, 64).put(64, new byte[] {'P', 'E'});
    dll.putShort(64 + 6, (short) 1).putInt(64 + 24 + 16, 200).putInt(64 + 24 + 20, 200);
    ByteBuffer dylib = ByteBuffer.allocate(300).order(ByteOrder.LITTLE_ENDIAN);
    dylib.putInt(0, 0xfeedfacf).putInt(16, 1).putInt(32, 0x19).putInt(36, 72);
    dylib.putLong(32 + 40, 100).putLong(32 + 48, 200);
    for (ByteBuffer library : List.of(dll, dylib)) {
      byte[] all = library.array();
      Path file = Files.write(folder.resolve("whole"), all);
      assertEquals(Optional.empty(), LibraryFile.fault(file));
      Files.write(file, Arrays.copyOf(all, all.length - 1));
      assertEquals(Optional.of("is cut off"), LibraryFile.fault(file));
    }
  }
}
