package org.pagexplorer.lab.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.pagexplorer.domain.Software;
import org.pagexplorer.engine.natives.NativeLibraries;
import org.pagexplorer.engine.natives.NvidiaDriver;
import org.pagexplorer.lab.Home;

/**
 * What a bug report needs, and what is wrong.
 *
 * @param facts in the order in which they are read
 * @param findings the worst first; empty if nothing is wrong
 */
public record Diagnosis(List<Fact> facts, List<Finding> findings) {
  private static final long LITTLE_DISK = 2_000_000_000L;

  /** One line of a report. */
  public record Fact(String name, String value) {}

  /** Something wrong, and what to do about it; one sentence each. */
  public record Finding(String problem, String remedy) {}

  /** Reads what was found. */
  public static Diagnosis of(Machine machine) {
    return new Diagnosis(facts(machine), findings(machine));
  }

  /** As text to be sent to somebody. */
  public String text() {
    int width = facts.stream().mapToInt(fact -> fact.name().length()).max().orElse(0);
    String known =
        facts.stream()
            .map(fact -> String.format("%-" + width + "s  %s", fact.name(), fact.value()))
            .collect(Collectors.joining("\n"));
    String wrong =
        findings.isEmpty()
            ? "Nothing is wrong."
            : findings.stream()
                .map(finding -> "- " + finding.problem() + "\n  " + finding.remedy())
                .collect(Collectors.joining("\n"));
    return known + "\n\n" + wrong + "\n";
  }

  private static List<Fact> facts(Machine machine) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("program", Software.NAME_AND_VERSION));
    facts.add(new Fact("installed in", Home.installation().toString()));
    facts.add(new Fact("Java", System.getProperty("java.vm.name") + ' ' + Runtime.version()));
    facts.add(
        new Fact(
            "system",
            System.getProperty("os.name")
                + ' '
                + System.getProperty("os.version")
                + ", "
                + System.getProperty("os.arch")));
    Runtime here = Runtime.getRuntime();
    facts.add(new Fact("processors", Integer.toString(here.availableProcessors())));
    facts.add(
        new Fact("memory", memory() + "Java takes " + gigabytes(here.maxMemory()) + " at most"));
    facts.add(new Fact("PyTorch", torch(machine)));
    machine
        .torch()
        .ifPresent(
            torch ->
                facts.add(new Fact("its libraries", torch.folder() + " (" + torch.origin() + ')')));
    facts.add(new Fact("devices", words(machine.devices())));
    facts.add(
        new Fact("NVIDIA driver", machine.driver().map(NvidiaDriver::version).orElse("none")));
    machine
        .driver()
        .ifPresent(
            driver -> driver.gpus().forEach(gpu -> facts.add(new Fact("GPU (total, free)", gpu))));
    facts.add(new Fact("display", machine.display().orElse("none")));
    facts.add(new Fact("font families", Integer.toString(machine.fontFamilies())));
    machine.folders().forEach(folder -> facts.add(fact(folder)));
    return List.copyOf(facts);
  }

  /** The machine's, of which PyTorch takes what it needs. */
  private static String memory() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? gigabytes(system.getTotalMemorySize())
            + ", "
            + gigabytes(system.getFreeMemorySize())
            + " free; "
        : "";
  }

  private static String torch(Machine machine) {
    return machine
        .torch()
        .map(torch -> NativeLibraries.version() + ' ' + torch.flavor())
        .orElse("not loaded; " + NativeLibraries.version() + " is needed");
  }

  private static String words(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static Fact fact(Machine.Folder folder) {
    return new Fact(
        folder.purpose(),
        folder.path()
            + ", "
            + gigabytes(folder.bytes())
            + ", disk "
            + gigabytes(folder.free())
            + " free"
            + (folder.writable() ? "" : ", not writable"));
  }

  private static String gigabytes(long bytes) {
    return bytes < 100_000_000
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }

  private static List<Finding> findings(Machine machine) {
    List<Finding> findings = new ArrayList<>();
    machine
        .torchProblem()
        .ifPresent(
            problem ->
                findings.add(
                    new Finding(
                        problem,
                        "Without PyTorch "
                            + NativeLibraries.version()
                            + " nothing can be computed; files can still be inspected.")));
    gpu(machine, findings);
    for (Machine.Folder folder : machine.folders()) {
      if (!folder.writable()) {
        findings.add(
            new Finding(
                folder.path() + " cannot be written.",
                folder.purpose().equals("yours")
                    ? "Make it writable, or keep your files elsewhere (-Dpag.user=DIR)."
                    : "Make it writable, or set DJL_CACHE_DIR to a folder that is."));
      } else if (folder.free() < LITTLE_DISK) {
        findings.add(
            new Finding(
                "The disk of " + folder.path() + " has " + gigabytes(folder.free()) + " free.",
                "Runs and PyTorch need about 2 GB: delete what you do not need."));
      }
    }
    if (machine.fontFamilies() == 0) {
      findings.add(
          new Finding(
              "No fonts are installed, so figures will have no text.",
              "Install some, for instance fontconfig and fonts-dejavu-core."));
    }
    if (!machine.missingLibraries().isEmpty()) {
      findings.add(
          new Finding(
              "The window's libraries are missing: "
                  + String.join(", ", machine.missingLibraries())
                  + '.',
              capital(SystemLibraries.remedy()) + '.'));
    }
    return List.copyOf(findings);
  }

  private static void gpu(Machine machine, List<Finding> findings) {
    boolean seen = machine.devices().stream().anyMatch(device -> device.startsWith("cuda"));
    if (machine.driver().isEmpty()) {
      if (machine.nvidiaHardware()) {
        findings.add(
            new Finding(
                "There is an NVIDIA GPU, but no driver for it (nvidia-smi does not answer).",
                "Install NVIDIA's driver, "
                    + NvidiaDriver.OLDEST_MAJOR
                    + " or newer, and restart the machine."));
      }
      return;
    }
    NvidiaDriver driver = machine.driver().get();
    if (!driver.isRecentEnough()) {
      findings.add(
          new Finding(
              "NVIDIA's driver " + driver.version() + " is too old for CUDA 12.",
              "Update it to " + NvidiaDriver.OLDEST_MAJOR + " or newer (570 is best)."));
    } else if (!seen && machine.torch().isPresent()) {
      boolean cpu = machine.torch().get().flavor().equals("cpu");
      findings.add(
          new Finding(
              "The driver sees " + words(driver.gpus()) + ", and PyTorch sees no GPU.",
              cpu
                  ? "This PyTorch is for the CPU: use the CUDA build of PAG Explorer, or name a"
                      + " PyTorch "
                      + NativeLibraries.version()
                      + " for CUDA 12 with --torch DIR."
                  : "Its CUDA runtime was not found or does not fit the driver: try the command"
                      + " nvidia-smi, and whether CUDA_VISIBLE_DEVICES hides the GPU."));
    }
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
