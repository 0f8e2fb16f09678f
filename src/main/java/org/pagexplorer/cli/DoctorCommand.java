package org.pagexplorer.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pagexplorer.lab.doctor.Diagnosis;
import org.pagexplorer.lab.doctor.Machine;
import org.pagexplorer.lab.doctor.Stress;
import org.pagexplorer.lab.doctor.StressChild;
import org.pagexplorer.lab.doctor.StressSetting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pag doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Prints what a bug report needs to know about this machine, and any problems found.",
      "Exits with 0 if there are none."
    })
final class DoctorCommand implements Callable<Integer> {
  private static final int MAXIMUM_MINUTES = 7 * 24 * 60;

  @Option(
      names = "--stress",
      description =
          "instead, test PyTorch's kernels: every convolution of every network with its"
              + " derivatives, and training steps, in processes whose memory is checked, with each"
              + " instruction set; exits with 1 if a process dies, and names the kernel")
  boolean stress;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "5",
      description =
          "with --stress: start no case after so many minutes (default: ${DEFAULT-VALUE})")
  double minutes = 5;

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,2",
      description = "with --stress: numbers of PyTorch's threads (default: ${DEFAULT-VALUE})")
  List<Integer> threads = List.of(1, 2);

  @Option(
      names = "--width",
      paramLabel = "W",
      split = ",",
      defaultValue = "4,8,16,64",
      description = "with --stress: widths of the networks (default: ${DEFAULT-VALUE})")
  List<Integer> widths = List.of(4, 8, 16, 64);

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "with --stress: images per batch (default: ${DEFAULT-VALUE})")
  int batch = 4;

  @Option(
      names = "--cases",
      paramLabel = "N",
      description =
          "with --stress: cases per process; 1 runs each alone, which takes far longer (default:"
              + " ${DEFAULT-VALUE})")
  int cases = 40;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "with --stress: cpu, cuda:0, … (default: ${DEFAULT-VALUE})")
  String device = "cpu";

  @Option(names = "--stress-child", hidden = true)
  boolean stressChild;

  @Mixin ReportOptions report;

  @Override
  public Integer call() {
    check();
    if (stressChild) {
      StressChild.run(device, threads.getFirst());
      return 0;
    }
    return stress ? stress() : diagnose();
  }

  private void check() {
    if (!(minutes > 0 && minutes <= MAXIMUM_MINUTES)) {
      throw report.wrong("--minutes must be above 0 and at most a week");
    }
    if (threads.stream().anyMatch(count -> count < 1 || count > 256)) {
      throw report.wrong("--threads must be 1 to 256");
    }
    if (widths.stream().anyMatch(width -> width < 1 || width > 512)) {
      throw report.wrong("--width must be 1 to 512");
    }
    if (batch < 2 || batch > 1024) {
      throw report.wrong("--batch must be 2 to 1024");
    }
    if (cases < 1) {
      throw report.wrong("--cases must be 1 or more");
    }
  }

  private int diagnose() {
    Diagnosis diagnosis = Diagnosis.of(Machine.here());
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("facts", diagnosis.facts());
    object.put("findings", diagnosis.findings());
    report.json(() -> object);
    report.lines(diagnosis.text().lines().toList());
    return diagnosis.findings().isEmpty() ? 0 : 1;
  }

  private int stress() {
    Stress.Options options =
        new Stress.Options(
            Duration.ofMillis(Math.round(minutes * 60_000)), cases, Duration.ofMinutes(2));
    List<StressSetting> settings = StressSetting.here(threads);
    Stress.Report ended = new Stress(device, settings, widths, options).run(batch, report::live);
    StressReport text = new StressReport(ended, settings, widths, device);
    report.json(text::json);
    report.lines(text.lines());
    return ended.deaths().isEmpty() ? 0 : 1;
  }
}
