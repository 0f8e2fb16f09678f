package org.pagexplorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.ui.shell.Snapshots;

class WindowArgumentsTest {
  @TempDir Path folder;

  @Test
  void theWindowOpensWithADeviceAndFiles() throws IOException {
    String file = Files.createFile(folder.resolve("own.safetensors")).toString();
    assertEquals(new WindowArguments.Window("", false, List.of()), WindowArguments.of(List.of()));
    assertEquals(
        new WindowArguments.Window("cuda:0", false, List.of(file, file)),
        WindowArguments.of(List.of(file, "--device", "cuda:0", file)));
    assertEquals(
        new WindowArguments.Window("", true, List.of(file)),
        WindowArguments.of(List.of("--fresh", file)));
    String data = folder.toString(); // a dataset's folder, as one that is dropped
    assertEquals(
        new WindowArguments.Window("", false, List.of(data)), WindowArguments.of(List.of(data)));
    assertEquals(
        new WindowArguments.Snapshot(Path.of("pictures"), "cpu", Snapshots.Size.USUAL),
        WindowArguments.of(List.of("--snapshot", "pictures")));
    assertEquals(
        new WindowArguments.Window("cuda:0", false, List.of(data)),
        WindowArguments.of(List.of("--device=cuda:0", data)));
  }

  @Test
  void picturesHaveTheirSizeInPixelsAndTheScreensScale() {
    assertEquals(
        new WindowArguments.Snapshot(Path.of("p"), "cpu", new Snapshots.Size(2560, 1440, 2)),
        WindowArguments.of(List.of("--size", "2560x1440", "--snapshot", "p", "--scale", "2")));
    assertEquals( // as the help writes them
        new WindowArguments.Snapshot(Path.of("a=b"), "cpu", new Snapshots.Size(2560, 1440, 2)),
        WindowArguments.of(List.of("--size=2560x1440", "--snapshot=a=b", "--scale=2")));
    for (List<String> wrong :
        List.of(
            List.of("--snapshot", "p", "--size", "1366"),
            List.of("--snapshot", "p", "--size", "0x768"),
            List.of("--snapshot", "p", "--size", "99999x768"),
            List.of("--snapshot", "p", "--scale", "0"),
            List.of("--snapshot", "p", "--scale", "NaN"),
            List.of("--size", "1366x768"),
            List.of("--scale", "2"))) {
      assertThrows(UserException.class, () -> WindowArguments.of(wrong), wrong.toString());
    }
  }

  @Test
  void everythingElseIsACommand() {
    for (List<String> words :
        List.of(
            List.of("train"),
            List.of("--help"),
            List.of("inspect", "x.pt"),
            List.of("inspect", "/dev/null"))) {
      assertInstanceOf(WindowArguments.Command.class, WindowArguments.of(words));
    }
  }

  @Test
  void aFileThatIsMissingIsCalledSo() {
    String missing = folder.resolve("none.safetensors").toString();
    UserException refused =
        assertThrows(UserException.class, () -> WindowArguments.of(List.of(missing)));
    assertEquals(
        missing + " does not exist: check its path; pag --help lists the commands.",
        refused.getMessage());
  }

  @Test
  void anOptionNeedsItsValue() {
    assertThrows(UserException.class, () -> WindowArguments.of(List.of("--device")));
  }

  @Test
  void aPathThatNoFileCanHaveIsASentence() {
    assertInstanceOf(WindowArguments.Command.class, WindowArguments.of(List.of("./a\0b.png")));
    String sentence =
        assertThrows(UserException.class, () -> WindowArguments.of(List.of("--snapshot", "a\0b")))
            .getMessage();
    assertEquals("'a?b' cannot be the name of a file on this system; choose another.", sentence);
  }
}
