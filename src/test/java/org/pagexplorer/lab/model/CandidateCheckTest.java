package org.pagexplorer.lab.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.measure.Colours;
import org.pagexplorer.lab.model.CandidateCheck.Candidate;

class CandidateCheckTest {
  @TempDir Path folder;

  /** Loading a program runs it; this one could not even be found. */
  @Test
  void aCancelledReadingIsNotLoaded() {
    Architecture network = new Architecture(Family.TORCHSCRIPT, 1, Colours.SHAPE, 3);
    Arrival program =
        new Arrival.TrustedProgram(folder.resolve("gone.pt"), "0".repeat(64), network);
    List<Candidate> candidates = CandidateCheck.candidates(program);
    Colours images = new Colours(6, 0.2);
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      assertEquals(
          List.of(), CandidateCheck.run(program, candidates, images, engine, () -> true, _ -> {}));
      assertThrows(
          UserException.class,
          () -> CandidateCheck.run(program, candidates, images, engine, () -> false, _ -> {}));
    }
  }
}
