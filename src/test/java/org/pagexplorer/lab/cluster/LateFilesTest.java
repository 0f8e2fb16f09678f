package org.pagexplorer.lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.UserException;

class LateFilesTest {
  private static final String BEGUN =
      "{\"event\":\"started\",\"method\":\"vanilla\",\"epochs\":3}\n";
  private static final String EPOCH =
      "{\"event\":\"epoch\",\"epoch\":1,\"crossEntropy\":1,\"alignment\":0,\"trainAccuracy\":0.5,"
          + "\"cleanAccuracy\":0.5}\n";

  @TempDir private Path run;
  private final AtomicInteger pauses = new AtomicInteger();

  private void events(String text) throws IOException {
    Files.writeString(run.resolve("events.jsonl"), text);
  }

  private void state() {
    try {
      Files.write(run.resolve("state.safetensors"), new byte[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aStateThatIsSeenLateIsWaitedFor() throws IOException {
    events(BEGUN + EPOCH);
    LateFiles.await(
        run,
        millis -> {
          if (pauses.incrementAndGet() == 3) {
            state();
          }
        });
    assertEquals(3, pauses.get());
  }

  @Test
  void aStateThatIsNeverSeenIsSaid() throws IOException {
    events(BEGUN + EPOCH);
    String said =
        String.valueOf(
            assertThrows(
                    UserException.class,
                    () -> LateFiles.await(run, millis -> pauses.incrementAndGet()))
                .getMessage());
    assertTrue(said.contains("lists 1 epoch, but"), said);
    assertEquals(120, pauses.get());
  }

  @Test
  void nothingIsWaitedForBeforeTheFirstEpoch() throws IOException {
    LateFiles.await(run, millis -> pauses.incrementAndGet());
    events(BEGUN);
    LateFiles.await(run, millis -> pauses.incrementAndGet());
    events(BEGUN + EPOCH);
    state();
    LateFiles.await(run, millis -> pauses.incrementAndGet());
    assertEquals(0, pauses.get());
  }
}
