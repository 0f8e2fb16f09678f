package org.pagexplorer.lab.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pagexplorer.engine.natives.NativeLibraries.InUse;
import org.pagexplorer.engine.natives.NvidiaDriver;
import org.pagexplorer.lab.doctor.Diagnosis.Finding;

class DiagnosisTest {
  private static final NvidiaDriver DRIVER = new NvidiaDriver("570.86.15", List.of("NVIDIA H100"));

  private static Optional<InUse> torch(String flavor) {
    return Optional.of(new InUse(Path.of("/opt/torch/lib"), flavor, "downloaded"));
  }

  private static Machine.Folder folder(boolean writable, long free) {
    return new Machine.Folder("yours", Path.of("/home/me/.pag"), 1_500_000, writable, free);
  }

  /** A machine on which nothing is wrong but what the arguments say. */
  private static Machine machine(
      Optional<InUse> torch, List<String> devices, Optional<NvidiaDriver> driver, boolean gpu) {
    return new Machine(
        torch,
        Optional.empty(),
        devices,
        driver,
        gpu,
        12,
        List.of(),
        Optional.of(":0"),
        List.of(folder(true, 50_000_000_000L)));
  }

  private static Finding only(Machine machine) {
    List<Finding> findings = Diagnosis.of(machine).findings();
    assertEquals(1, findings.size(), findings.toString());
    return findings.getFirst();
  }

  @Test
  void nothingIsWrongWithACpuOrAGpuThatIsSeen() {
    Machine cpu = machine(torch("cpu"), List.of("cpu"), Optional.empty(), false);
    assertEquals(List.of(), Diagnosis.of(cpu).findings());
    assertTrue(Diagnosis.of(cpu).text().endsWith("\nNothing is wrong.\n"));
    Machine gpu = machine(torch("cu128"), List.of("cpu", "cuda:0"), Optional.of(DRIVER), true);
    assertEquals(List.of(), Diagnosis.of(gpu).findings());
    String text = Diagnosis.of(gpu).text();
    assertTrue(text.contains("cpu, cuda:0"), text);
    assertTrue(text.contains("NVIDIA H100"), text);
    assertTrue(text.contains("/opt/torch/lib (downloaded)"), text);
    assertTrue(text.contains("1.5 MB, disk 50.0 GB free"), text);
  }

  @Test
  void aGpuWithoutADriver() {
    Finding found = only(machine(torch("cpu"), List.of("cpu"), Optional.empty(), true));
    assertTrue(found.problem().contains("no driver"), found.toString());
  }

  @Test
  void aDriverThatIsTooOld() {
    NvidiaDriver old = new NvidiaDriver("470.256.02", List.of("Tesla K80"));
    Finding found = only(machine(torch("cpu"), List.of("cpu"), Optional.of(old), true));
    assertTrue(found.problem().contains("470.256.02 is too old"), found.toString());
    assertTrue(found.remedy().contains("525"), found.toString());
  }

  @Test
  void aDriverButAPyTorchWithoutCuda() {
    Finding found = only(machine(torch("cpu"), List.of("cpu"), Optional.of(DRIVER), true));
    assertTrue(found.problem().contains("sees no GPU"), found.toString());
    assertTrue(found.remedy().contains("CUDA build"), found.toString());
  }

  @Test
  void aDriverAndCudaThatDoNotMeet() {
    Finding found = only(machine(torch("cu128"), List.of("cpu"), Optional.of(DRIVER), true));
    assertTrue(found.remedy().contains("CUDA_VISIBLE_DEVICES"), found.toString());
  }

  @Test
  void everythingElseAtOnce() {
    Machine machine =
        new Machine(
            Optional.empty(),
            Optional.of("/opt holds PyTorch 1.13.1."),
            List.of(),
            Optional.empty(),
            false,
            0,
            List.of("libgtk-3.so.0"),
            Optional.empty(),
            List.of(folder(false, 50_000_000_000L), folder(true, 1_000_000_000L)));
    List<String> problems =
        Diagnosis.of(machine).findings().stream().map(Finding::problem).toList();
    assertEquals(
        List.of(
            "/opt holds PyTorch 1.13.1.",
            "/home/me/.pag cannot be written.",
            "The disk of /home/me/.pag has 1.0 GB free.",
            "No fonts are installed, so figures will have no text.",
            "The window's libraries are missing: libgtk-3.so.0."),
        problems);
    String text = Diagnosis.of(machine).text();
    assertTrue(text.contains("not loaded; "), text);
    assertTrue(text.contains("- /home/me/.pag cannot be written.\n  Make it writable"), text);
  }

  @Test
  void thisMachineIsSeen() {
    Machine here = Machine.here();
    assertEquals("cpu", here.devices().getFirst());
    assertTrue(here.torch().isPresent());
    assertTrue(here.folders().stream().allMatch(folder -> folder.free() > 0));
  }
}
