package org.pagexplorer.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.packaging.Scripts.Outcome;
import org.pagexplorer.packaging.Scripts.Started;

/** One build at a time: with flock, without it, and where the file system has no locks. */
@DisabledOnOs(OS.WINDOWS)
class LockTest {
  /** Fails where another one is at work, whom it gives a second to come. */
  private static final String ALONE =
      "set -u; . '%s'; lock '%s' 'Waiting…'; mkdir busy || exit 7; sleep 0.5; rmdir busy; unlock";

  @TempDir private Path folder;
  private Scripts scripts;
  private Path lock;

  @BeforeEach
  void make() throws IOException {
    scripts = new Scripts(folder, "rmdir", "ps");
    lock = folder.resolve("a lock");
  }

  private String[] alone() {
    Path script = Scripts.REPOSITORY.resolve("packaging/lock");
    return new String[] {"sh", "-c", ALONE.formatted(script, lock)};
  }

  private Path owner() {
    return folder.resolve("a lock.lock/owner");
  }

  private void ownedBy(String text) throws IOException {
    Files.createDirectories(owner().getParent());
    Files.writeString(owner(), text + "\n");
  }

  private String host() throws Exception {
    return scripts.run("uname", "-n").out();
  }

  @ParameterizedTest
  @ValueSource(strings = {"flock", "no flock", "no locks"})
  void twoAreNeverAtWorkAtOnce(String kind) throws Exception {
    if (!kind.equals("flock")) {
      scripts.without("flock");
    }
    if (kind.equals("no locks")) { // as of NFS without a lock daemon
      FakeJdk.script(
          folder.resolve("bin/flock"), "echo 'flock: 9: No locks available' >&2; exit 71");
    }
    List<Started> both = new ArrayList<>();
    for (int each = 0; each < 2; each++) {
      both.add(scripts.start(alone()));
    }
    for (Started each : both) {
      Outcome outcome = each.outcome();
      assertEquals(0, outcome.code(), () -> outcome.words().toString());
      assertTrue(List.of(List.of(), List.of("Waiting…")).contains(outcome.words()));
    }
    assertFalse(Files.exists(owner()), "it is given back");
  }

  @Test
  void whatADeadProcessHeldIsTaken() throws Exception {
    scripts.without("flock");
    ownedBy("999999999 " + host());
    assertEquals(0, scripts.run(alone()).code());
    assertFalse(Files.exists(owner()));
  }

  /** What was moved away turned out to be alive; {@code mv} is a function of the shell's. */
  private Outcome discard(String mv) throws Exception {
    scripts.without("flock");
    ownedBy("2 elsewhere");
    Path script = Scripts.REPOSITORY.resolve("packaging/lock");
    String found = "set -u; . '%s'; lock='%s'; owner='1 gone'; ".formatted(script, lock);
    return scripts.run("sh", "-c", found + mv + " lock_discard");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void aLiveLockIsPutBack(String hasT) throws Exception {
    String mv = "mv() { [ \"$1\" != -T ] || %s || return 1; command mv \"$@\"; };";
    assertEquals(0, discard(mv.formatted(hasT)).code());
    assertEquals("2 elsewhere\n", Files.readString(owner()));
  }

  /** A third one comes between. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void aLiveLockIsNotMovedIntoAnother(String hasT) throws Exception {
    String mv =
        "mv() { [ \"$1\" != -T ] || %s || return 1; command mv \"$@\" || return 1;"
            + " [ ! -e \"$lock.lock\" ] || return 0;"
            + " mkdir \"$lock.lock\"; echo '3 elsewhere' >\"$lock.lock/owner\"; };";
    Outcome outcome = discard(mv.formatted(hasT));
    assertEquals(1, outcome.code());
    assertTrue(outcome.onlyWord().startsWith("Two other processes hold "), outcome.onlyWord());
    assertEquals("3 elsewhere\n", Files.readString(owner()));
    try (var inside = Files.list(owner().getParent())) {
      assertEquals(List.of(owner()), inside.toList());
    }
  }

  /** Their processes have the same numbers. */
  @Test
  void whatAnotherMachineHoldsIsLeftAlone() throws Exception {
    scripts.without("flock");
    ownedBy("999999999 elsewhere");
    Started waiting = scripts.start(alone());
    while (Files.size(waiting.words()) == 0) {
      assertTrue(waiting.process().isAlive(), "it has taken what is another machine's");
      Thread.onSpinWait();
    }
    assertEquals("999999999 elsewhere\n", Files.readString(owner()));
    ownedBy("999999999 " + host()); // which has ended
    assertEquals(0, waiting.outcome().code());
  }
}
