package org.pagexplorer.engine.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.UserException;

class TorchFolderTest {
  private static final String VERSION = NativeLibraries.version();

  @TempDir Path folder;

  private Path library(Path in, String name, String content) throws IOException {
    Files.createDirectories(in);
    return Files.writeString(in.resolve(System.mapLibraryName(name)), content);
  }

  private Path cpu(Path in) throws IOException {
    for (String name : List.of("c10", "torch", "torch_cpu")) {
      library(in, name, "ELF");
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
    library(lib, "torch_cuda", "ELF");
    Files.writeString(
        torch.resolve("version.py"), "__version__ = '" + VERSION + "+cu126'\ncuda = '12.6'\n");
    assertTrue(refusal(torch).contains(System.mapLibraryName("c10_cuda") + " is missing"));
    library(lib, "c10_cuda", "ELF");
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
}
