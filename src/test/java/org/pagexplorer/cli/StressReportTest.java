package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pagexplorer.lab.doctor.Stress;
import org.pagexplorer.lab.doctor.StressSetting;

class StressReportTest {
  private static final StressSetting SETTING = new StressSetting("AVX2", 2);

  private static StressReport report(Stress.Death... deaths) {
    return new StressReport(
        new Stress.Report(40, 120, 3, Duration.ofSeconds(90), List.of(deaths)),
        List.of(SETTING),
        List.of(4, 16),
        "cpu");
  }

  @Test
  void saysWhatWasCoveredAndThatTheRestWasNot() {
    String text = String.join("\n", report().lines());
    assertTrue(text.contains("40 of 120 cases tried in 1.5 minutes, 3 processes"), text);
    assertTrue(text.contains("Widths 4, 16; AVX2, 2 threads."), text);
    assertTrue(text.contains("Time ran out before every case was tried"), text);
    assertTrue(text.endsWith("No process died."), text);
  }

  @Test
  void namesCaseAndPrimitiveOfADeath() {
    StressReport report =
        report(
            new Stress.Death(
                SETTING,
                "convolution 4",
                "SIGSEGV",
                false,
                Optional.of("onednn_verbose,jit_1x1:avx2"),
                Optional.of("C  [libtorch_cpu.so+0x1]")));
    assertEquals(
        List.of(
            "- SIGSEGV (AVX2, 2 threads): convolution 4",
            "  It does not die alone: an earlier case in its process may be at fault.",
            "  oneDNN's last: onednn_verbose,jit_1x1:avx2",
            "  in C  [libtorch_cpu.so+0x1]",
            "One process died: please report this."),
        report.lines().subList(4, 9));
    JsonObject json = new Gson().toJsonTree(report.json()).getAsJsonObject();
    JsonObject death = json.getAsJsonArray("deaths").get(0).getAsJsonObject();
    assertEquals("convolution 4", death.get("case").getAsString());
    assertEquals("onednn_verbose,jit_1x1:avx2", death.get("primitive").getAsString());
    assertEquals(120, json.get("all").getAsInt());
  }

  @Test
  void refusesWhatMakesNoSense() {
    for (String[] wrong :
        new String[][] {
          {"--minutes", "0"},
          {"--minutes", "20000"},
          {"--threads", "100000"},
          {"--width", "0"},
          {"--batch", "1"},
          {"--cases", "0"}
        }) {
      Pag refused = Pag.run("doctor", "--stress", wrong[0], wrong[1]);
      assertEquals(2, refused.code(), wrong[0] + refused.err());
      assertTrue(refused.err().contains(wrong[0] + " must be"), refused.err());
    }
  }
}
