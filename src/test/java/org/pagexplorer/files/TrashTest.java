package org.pagexplorer.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.KeptProperties;
import org.pagexplorer.domain.UserException;

class TrashTest {
  @TempDir Path folder;

  @RegisterExtension final KeptProperties kept = new KeptProperties("pag.trash");
  private Path trash;

  @BeforeEach
  void useAnEmptyTrash() {
    trash = folder.resolve("data/Trash");
    System.setProperty("pag.trash", trash.toString());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static List<String> note(Path trash, String name) throws IOException {
    return Files.readAllLines(trash.resolve("info").resolve(name + ".trashinfo"));
  }

  @Test
  void aFileIsThereWithWhereItWasAndWhen() throws IOException {
    Path file = file("müde 100%.txt", "kept");
    Trash.move(file);
    assertFalse(Files.exists(file));
    assertEquals("kept", Files.readString(trash.resolve("files/müde 100%.txt")));
    List<String> note = note(trash, "müde 100%.txt");
    assertEquals("[Trash Info]", note.get(0));
    assertEquals("Path=" + folder + "/m%C3%BCde%20100%25.txt", note.get(1));
    LocalDateTime deleted = LocalDateTime.parse(note.get(2).substring("DeletionDate=".length()));
    assertTrue(Duration.between(deleted, LocalDateTime.now()).abs().toMinutes() < 2, note.get(2));
    assertEquals(3, note.size());
  }

  @Test
  void ofOneNameAreAsManyAsWereMoved() throws IOException {
    for (String text : List.of("first", "second", "third")) {
      Trash.move(file("model.safetensors", text));
    }
    // Left by a program that wrote no note.
    Files.writeString(trash.resolve("files/model.4.safetensors"), "another's");
    Trash.move(file("model.safetensors", "fourth"));
    assertEquals("first", Files.readString(trash.resolve("files/model.safetensors")));
    assertEquals("second", Files.readString(trash.resolve("files/model.2.safetensors")));
    assertEquals("third", Files.readString(trash.resolve("files/model.3.safetensors")));
    assertEquals("another's", Files.readString(trash.resolve("files/model.4.safetensors")));
    assertEquals("fourth", Files.readString(trash.resolve("files/model.5.safetensors")));
    assertEquals(
        note(trash, "model.safetensors").get(1), note(trash, "model.5.safetensors").get(1));
  }

  @Test
  void aFolderGoesWithEverythingAndALinkWithoutWhatItPointsTo() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run/probe")).getParent();
    Files.writeString(run.resolve("probe/a.png"), "picture");
    Path data = file("data.txt", "data");
    Files.createSymbolicLink(run.resolve("link"), data);
    Path link = Files.createSymbolicLink(folder.resolve("to run"), run);
    Trash.move(link);
    assertTrue(Files.exists(run.resolve("probe/a.png")));
    Trash.move(run);
    assertFalse(Files.exists(run));
    assertEquals("picture", Files.readString(trash.resolve("files/run/probe/a.png")));
    assertTrue(Files.isSymbolicLink(trash.resolve("files/run/link")));
    assertEquals("data", Files.readString(data));
  }

  @Test
  void aNameAsLongAsTheFileSystemAllowsIsShortened() throws IOException {
    Path file = file("ü".repeat(120) + ".safetensors", "long");
    Trash.move(file);
    try (Stream<Path> files = Files.list(trash.resolve("files"))) {
      Path only = files.toList().getFirst();
      assertEquals("long", Files.readString(only));
      assertTrue(only.toString().endsWith("ü.safetensors"));
    }
  }

  @Test
  void whatIsGoneOrHoldsTheTrashIsRefusedInASentence() throws IOException {
    UserException gone =
        assertThrows(UserException.class, () -> Trash.move(folder.resolve("gone")));
    assertTrue(gone.getMessage().contains("could not be moved to the trash (it is no longer"));
    Files.createDirectories(trash);
    assertThrows(UserException.class, () -> Trash.move(folder.resolve("data")));
    assertTrue(Files.isDirectory(trash));
  }

  @Test
  void nothingIsLostWhereTheTrashCannotBeWritten() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.writeString(run.resolve("log"), "kept");
    file("data", "no folder");
    UserException refused = assertThrows(UserException.class, () -> Trash.move(run));
    assertTrue(refused.getMessage().contains("is where it was"), refused.getMessage());
    assertEquals("kept", Files.readString(run.resolve("log")));
  }

  @Test
  void theUsersTrashIsInTheDataFolderThatTheSystemNames() {
    Path home = Path.of("/home/me");
    assertEquals(
        Path.of("/data/Trash"), FreedesktopTrash.home(Map.of("XDG_DATA_HOME", "/data")::get, home));
    for (Map<String, String> none :
        List.of(Map.<String, String>of(), Map.of("XDG_DATA_HOME", "d"))) {
      assertEquals(home.resolve(".local/share/Trash"), FreedesktopTrash.home(none::get, home));
    }
  }

  /** Than the user's trash is on: {@code /dev/shm} is one, where it is. */
  private Path anotherFileSystem() throws IOException {
    Path shm = Path.of("/dev/shm");
    assumeTrue(Files.isWritable(shm) && !device(shm).equals(device(folder)), "one file system");
    return shm;
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anotherFileSystemHasATrashOfItsOwn() throws IOException {
    Path shm = anotherFileSystem();
    // By a number that no user of this machine has, lest the real trash be touched.
    String nobody = "4000000000";
    Path own = shm.resolve(".Trash-" + nobody);
    Path moved = Files.createTempDirectory(shm, "pag trash");
    Files.writeString(moved.resolve("log"), "kept");
    try {
      new FreedesktopTrash(trash, Optional.of(nobody)).move(moved);
      assertFalse(Files.exists(moved));
      String name = moved.getFileName().toString();
      assertEquals("kept", Files.readString(own.resolve("files").resolve(name).resolve("log")));
      assertEquals("Path=" + name.replace(" ", "%20"), note(own, name).get(1));
      assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(own)));
    } finally {
      Trees.delete(own);
      Trees.delete(moved);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whereThatIsNotTheUsersItIsCopied() throws IOException {
    Path shm = anotherFileSystem();
    String nobody = "4000000001";
    Path others = Files.createDirectories(shm.resolve(".Trash-" + nobody)); // ours, not nobody's
    Path moved = Files.createTempDirectory(shm, "pag");
    Files.writeString(moved.resolve("log"), "kept");
    Files.createSymbolicLink(moved.resolve("link"), Path.of("log"));
    try {
      new FreedesktopTrash(trash, Optional.of(nobody)).move(moved);
      assertFalse(Files.exists(moved));
      Path copy = trash.resolve("files").resolve(moved.getFileName());
      assertEquals("kept", Files.readString(copy.resolve("log")));
      assertTrue(Files.isSymbolicLink(copy.resolve("link")));
      assertEquals("Path=" + moved, note(trash, moved.getFileName().toString()).get(1));
      try (Stream<Path> inside = Files.list(others)) {
        assertEquals(List.of(), inside.toList());
      }
    } finally {
      Trees.delete(others);
      Trees.delete(moved);
    }
  }

  private static Object device(Path path) throws IOException {
    return Files.getAttribute(path, "unix:dev", LinkOption.NOFOLLOW_LINKS);
  }
}
