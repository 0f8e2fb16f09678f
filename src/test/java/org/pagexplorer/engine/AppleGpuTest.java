package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.UserException;

/** What can be seen of Apple's GPU on a machine without one. */
class AppleGpuTest {
  @Test
  void onlyMacsWithApplesProcessorMayHaveOne() {
    assertTrue(AppleGpu.isPossible("Mac OS X", "aarch64"));
    assertFalse(AppleGpu.isPossible("Mac OS X", "x86_64"));
    assertFalse(AppleGpu.isPossible("Linux", "aarch64"));
    assertFalse(AppleGpu.isPossible("Windows 11", "amd64"));
  }

  @Test
  void aPyTorchWithoutItSaysNoAndLivesOn() {
    assumeFalse(TorchEngine.devices().contains(AppleGpu.NAME), "there is one here");
    assertFalse(AppleGpu.answers(NDManager::newBaseManager));
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      assertEquals(2, engine.manager().create(1f).add(1).toFloatArray()[0]);
    }
  }

  @Test
  void whatComputesIsBelieved() {
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      assertTrue(AppleGpu.answers(_ -> engine.manager().newSubManager()));
    }
  }

  @Test
  void askedForWhereThereIsNoneItIsRefusedInASentence() {
    assumeFalse(TorchEngine.devices().contains(AppleGpu.NAME), "there is one here");
    String sentence = assertThrows(UserException.class, () -> TorchEngine.open("mps")).getMessage();
    assertTrue(sentence.startsWith("There is no device \"mps\" here; choose one of cpu"), sentence);
  }

  @Test
  void itComputesInFloat32Only() {
    assertFalse(Bfloat16.isFastOn("mps"));
    assertTrue(Bfloat16.isFastOn("cuda:1"));
    assertThrows(UserException.class, () -> AppleGpu.check("mps", true));
    assertDoesNotThrow(() -> AppleGpu.check("mps", false));
    assertDoesNotThrow(() -> AppleGpu.check("cuda:0", true));
  }

  @Test
  void whoeverUsesItIsToldThatItIsUntried() {
    assertTrue(TorchEngine.remark("mps").orElseThrow().contains("untried"));
    assertEquals(Optional.empty(), TorchEngine.remark("cpu"));
    assertEquals(Optional.empty(), TorchEngine.remark("cuda:0"));
  }
}
