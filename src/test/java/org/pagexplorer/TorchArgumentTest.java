package org.pagexplorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.UserException;

class TorchArgumentTest {

  @AfterEach
  void forget() {
    System.clearProperty("pag.torch");
  }

  @Test
  void isTakenWhereverItStands() {
    assertEquals(
        List.of("train", "--epochs", "3"),
        TorchArgument.take(List.of("train", "--torch", "/opt/torch", "--epochs", "3")));
    assertEquals("/opt/torch", System.getProperty("pag.torch"));
    assertEquals(List.of("bench"), TorchArgument.take(List.of("--torch=/opt/lib", "bench")));
    assertEquals("/opt/lib", System.getProperty("pag.torch"));
  }

  @Test
  void othersAreLeftAlone() {
    List<String> others = List.of("inspect", "--torches", "x");
    assertEquals(others, TorchArgument.take(others));
    assertNull(System.getProperty("pag.torch"));
  }

  @Test
  void needsAFolder() {
    assertThrows(UserException.class, () -> TorchArgument.take(List.of("doctor", "--torch")));
  }
}
