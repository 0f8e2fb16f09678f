package org.pagexplorer.lab.doctor;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.engine.natives.NativeLibraries;
import org.pagexplorer.engine.natives.NvidiaDriver;
import org.pagexplorer.lab.Home;

/**
 * What was found on a machine.
 *
 * @param torch the PyTorch in use; empty if none could be loaded
 * @param torchProblem why none could be
 * @param devices {@code cpu}, {@code cuda:0}, …; empty without PyTorch
 * @param driver NVIDIA's
 * @param nvidiaHardware whether an NVIDIA GPU is plugged in, as Linux tells it
 * @param fontFamilies how many can be drawn with
 * @param missingLibraries of those that JavaFX draws with
 * @param display the display's name; empty without one
 * @param folders where this program keeps things
 */
public record Machine(
    Optional<NativeLibraries.InUse> torch,
    Optional<String> torchProblem,
    List<String> devices,
    Optional<NvidiaDriver> driver,
    boolean nvidiaHardware,
    int fontFamilies,
    List<String> missingLibraries,
    Optional<String> display,
    List<Folder> folders) {

  /**
   * A place of this program's.
   *
   * @param purpose in words
   * @param bytes what is in it
   * @param writable whether it, or the nearest folder above it that exists, can be written
   * @param free bytes on its disk
   */
  public record Folder(String purpose, Path path, long bytes, boolean writable, long free) {

    static Folder of(String purpose, Path path) {
      Path existing = path.toAbsolutePath();
      while (!Files.exists(existing) && existing.getParent() != null) {
        existing = existing.getParent();
      }
      // Files.getFileStore fails in a root of its own, where mounts have other names.
      long free = existing.toFile().getUsableSpace();
      return new Folder(purpose, path, size(path), Files.isWritable(existing), free);
    }

    private static long size(Path folder) {
      if (!Files.isDirectory(folder)) {
        return 0;
      }
      try (Stream<Path> all = Files.walk(folder)) {
        return all.filter(Files::isRegularFile).mapToLong(Folder::length).sum();
      } catch (IOException | RuntimeException e) {
        return 0; // some of it may not be read
      }
    }

    private static long length(Path file) {
      try {
        return Files.size(file);
      } catch (IOException e) {
        return 0; // gone meanwhile
      }
    }
  }

  /** Looks at this machine, and loads PyTorch if it is here. */
  public static Machine here() {
    Optional<NativeLibraries.InUse> torch = Optional.empty();
    Optional<String> problem = Optional.empty();
    List<String> devices = List.of();
    try {
      NativeLibraries.ensureHere();
      devices = TorchEngine.devices();
      torch = NativeLibraries.inUse();
    } catch (UserException e) {
      problem = Optional.ofNullable(e.getMessage());
    }
    return new Machine(
        torch,
        problem,
        devices,
        NvidiaDriver.find(),
        hasNvidiaHardware(),
        countFontFamilies(),
        SystemLibraries.haveJavaFx()
            ? SystemLibraries.missing(displayName().isPresent())
            : List.of(),
        displayName(),
        List.of(
            Folder.of("yours", Home.user()), Folder.of("PyTorch's cache", TorchEngine.cache())));
  }

  private static Optional<String> displayName() {
    return Stream.of("WAYLAND_DISPLAY", "DISPLAY")
        .map(System::getenv)
        .filter(name -> name != null && !name.isEmpty())
        .findFirst();
  }

  private static int countFontFamilies() {
    try {
      return GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length;
    } catch (RuntimeException | Error e) {
      return 0; // Java fails without fontconfig, or without one font
    }
  }

  private static boolean hasNvidiaHardware() {
    Path devices = Path.of("/sys/bus/pci/devices");
    if (!Files.isDirectory(devices)) {
      return false;
    }
    try (Stream<Path> all = Files.list(devices)) {
      return all.anyMatch(
          device ->
              line(device.resolve("vendor")).equals("0x10de")
                  && line(device.resolve("class")).startsWith("0x03"));
    } catch (IOException e) {
      return false;
    }
  }

  private static String line(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
