package org.pagexplorer.lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.UserException;

class OwnerTest {
  private static final String ME = System.getProperty("user.name");

  @TempDir private Path run;

  /** As if this process were another user, who has the same name or not. */
  static Owner ofAnother() {
    return new Owner() {
      @Override
      UserPrincipal me(Path folder) {
        return () -> "somebody";
      }
    };
  }

  /** Where this process may not write, as in most people's folders. */
  private static Owner ofReader() {
    return new Owner() {
      @Override
      UserPrincipal me(Path folder) throws IOException {
        throw new AccessDeniedException(folder.toString());
      }
    };
  }

  private String refused(Owner owner, String user) {
    return String.valueOf(
        assertThrows(UserException.class, () -> owner.check(Path.of("/a/b"), run, user))
            .getMessage());
  }

  @Test
  void othersMayOnlyLook() throws IOException {
    Owner me = new Owner();
    me.check(run);
    me.check(run, run, ME);
    assertEquals(
        "The run \"b\" belongs to alice: only alice may change it.",
        refused(ofAnother(), "DOMAIN\\alice"));
    assertThrows(UserException.class, () -> ofAnother().check(run));
    try (Stream<Path> left = Files.list(run)) {
      assertEquals(0, left.count(), "nothing is left there");
    }
  }

  /** In a container, or on a laptop that has mounted the folder. */
  @Test
  void aUserIsTheSameUnderAnotherName() {
    new Owner().check(run, run, "ahuber");
  }

  @Test
  void twoUsersOfOneNameAreTwo() {
    assertEquals(
        "The run \"b\" belongs to %s: only %s may change it.".formatted(ME, ME),
        refused(ofAnother(), ME));
  }

  @Test
  void whereNothingMayBeWrittenTheNamesDecide() {
    ofReader().check(run, run, ME);
    ofReader().check(run, run, "DOMAIN\\" + ME);
    assertEquals(
        "The run \"b\" belongs to alice: only alice may change it.", refused(ofReader(), "alice"));
  }
}
