package org.pagexplorer.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python agrees on what we write; skipped where there is no python3. */
class PythonReadsTest {
  private static final float[] BIAS = RawFiles.tensor("fc2.bias").values();

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeCheckpoint() {
    file = folder.resolve("tiny.safetensors");
    CheckpointFiles.write(file, RawFiles.checkpoint(), Dtype.F32);
  }

  @Test
  void formatHoldsForPythonsJsonAndStruct() throws Exception {
    assumeTrue(succeeds("import json, struct"), "there is no python3");
    assertPrints(
        """
        import json, struct, sys
        raw = open(sys.argv[1], "rb").read()
        n = struct.unpack("<Q", raw[:8])[0]
        header = json.loads(raw[8:8 + n].decode("utf-8", "strict"))
        metadata = header.pop("__metadata__")
        assert all(isinstance(v, str) for v in metadata.values())
        sizes, position = {"F32": 4, "F16": 2}, 0
        for entry in sorted(header.values(), key=lambda e: e["data_offsets"]):
            begin, end = entry["data_offsets"]
            count = 1
            for side in entry["shape"]:
                count *= side
            assert begin == position and end - begin == count * sizes[entry["dtype"]]
            position = end
        assert position == len(raw) - 8 - n and n % 8 == 0
        begin, end = header["fc2.bias"]["data_offsets"]
        print(metadata["architecture"], *struct.unpack("<2f", raw[8 + n + begin:8 + n + end]))
        """);
  }

  @Test
  void formatHoldsForTheReferenceImplementation() throws Exception {
    assumeTrue(succeeds("import safetensors.numpy"), "Python's safetensors is not installed");
    assertPrints(
        """
        import sys
        from safetensors import safe_open
        with safe_open(sys.argv[1], framework="numpy") as f:
            bias = f.get_tensor("fc2.bias")
            print(f.metadata()["architecture"], *[float(b) for b in bias])
        """);
  }

  private void assertPrints(String script) throws Exception {
    Process process = python(script, file.toString());
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    String[] words = printed.strip().split(" ", -1);
    assertEquals("mlp", words[0]);
    assertEquals(BIAS[0], Float.parseFloat(words[1]));
    assertEquals(BIAS[1], Float.parseFloat(words[2]));
  }

  private static boolean succeeds(String script) throws InterruptedException {
    try {
      Process process = python(script);
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Process python(String script, String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("python3", "-c", script);
    builder.command().addAll(List.of(arguments));
    return builder.redirectErrorStream(true).start();
  }
}
