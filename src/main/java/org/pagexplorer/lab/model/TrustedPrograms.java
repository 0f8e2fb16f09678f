package org.pagexplorer.lab.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.catalogue.ModelFiles;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.Home;

/**
 * The programs whose code the user lets run, by the SHA-256 of their files: a changed file, or the
 * same file on another machine, asks again.
 */
public final class TrustedPrograms {
  private TrustedPrograms() {}

  /** One hexadecimal digest a line. */
  private static Path list() {
    return Home.user().resolve("trusted-programs.txt");
  }

  /** Remembers that the user trusts a file as it is now. */
  public static void add(Path program) {
    String digest = CheckpointFiles.sha256(program);
    if (digests().contains(digest)) {
      return;
    }
    try {
      Files.createDirectories(Home.user());
      Files.writeString(
          list(),
          (endsWithinALine() ? "\n" : "") + digest + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UserException(
          list() + " cannot be written, so the program is not trusted; check the folder.", e);
    }
  }

  /** As a crash or an editor may leave it; what is added would be glued to it. */
  private static boolean endsWithinALine() throws IOException {
    byte[] bytes = Files.exists(list()) ? Files.readAllBytes(list()) : new byte[0];
    return bytes.length > 0 && bytes[bytes.length - 1] != '\n';
  }

  /** Whether a file is no program, or one that the user trusts. */
  public static boolean mayOpen(Path file) {
    return !ModelFiles.isProgram(file) || digests().contains(CheckpointFiles.sha256(file));
  }

  /**
   * Refuses a program that the user has not said to trust.
   *
   * @param digest its file's SHA-256
   * @throws UserException saying what trusting it means
   */
  static void check(Path program, String digest) {
    if (!digests().contains(digest)) {
      throw new UserException(
          program
              + " is a TorchScript program, and opening it runs its code: if you trust whoever made"
              + " it, open it in the window and confirm that, or run pag import with --trust.");
    }
  }

  private static List<String> digests() {
    try {
      return Files.exists(list()) ? Files.readAllLines(list()) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }
}
