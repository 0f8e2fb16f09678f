package org.pagexplorer.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;

/** What people open in place of weights, known by its first bytes, and what helps. */
public final class OtherFormats {
  /** How many first bytes say all that can be said. */
  public static final int START = 512;

  private static final String UNPACK = "unpack it, and open what is in it";
  private static final String SAVE_AGAIN =
      "save the weights with torch.save(model.state_dict(), …) or as safetensors";

  /** Where a tar archive calls itself one. */
  private static final int TAR_MAGIC = 257;

  private static final int TAR_NAME = 100;

  /** Where it says what its first entry is. */
  private static final int TAR_KIND = 156;

  private static final Map<String, String> ARCHIVES =
      Map.of(
          "BZh", "a bzip2 file",
          "\u00fd7zXZ\0", "an xz file",
          "(\u00b5/\u00fd", "a Zstandard file",
          "7z\u00bc\u00af'\u001c", "a 7-Zip archive",
          "Rar!\u001a", "a RAR archive");

  private static final Map<String, String> ARRAYS =
      Map.of(
          "\u0089HDF\r\n\u001a\n", "an HDF5 file, as Keras and MATLAB write it",
          "\u0093NUMPY", "a NumPy array");

  /** Its version, and who wrote it, for instance pytorch; Protocol Buffers have no magic bytes. */
  private static final Pattern ONNX =
      Pattern.compile("\\x08[\\x01-\\x20]\\x12.[a-zA-Z0-9]", Pattern.DOTALL);

  private OtherFormats() {}

  /**
   * What is wrong with such a file.
   *
   * @param start its first {@value #START} bytes, or all
   * @return empty if it is none of them
   */
  public static Optional<UnusableFileException> in(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.isEmpty()) {
      return refusal("it is empty", "download it again");
    }
    if (text.startsWith("version https://git-lfs.github.com/spec/")) {
      return refusal(
          "it is a Git LFS pointer, not the file itself",
          "run git lfs pull in its repository, or download it from the repository's page");
    }
    if (isMarkup(text)) {
      return refusal(
          "it is a web page that was saved in place of the file",
          "open its address in a browser, and download the file itself");
    }
    if (text.startsWith("ustar", TAR_MAGIC)) {
      return tar(text);
    }
    return named(ARCHIVES, text, UNPACK)
        .or(() -> named(ARRAYS, text, SAVE_AGAIN))
        .or(() -> otherProgram(text));
  }

  /** Networks that were exported for another program, with their weights in its own order. */
  private static Optional<UnusableFileException> otherProgram(String text) {
    String kind =
        ONNX.matcher(text).lookingAt()
            ? "an ONNX file"
            : text.startsWith("TFL3", 4) ? "a TensorFlow Lite file" : "";
    return kind.isEmpty() ? Optional.empty() : refusal("it is " + kind, SAVE_AGAIN);
  }

  private static boolean isMarkup(String text) {
    String word = text.replaceAll("^(\u00ef\u00bb\u00bf)?\\s*", "").toLowerCase(Locale.ROOT);
    return word.startsWith("<!doctype") || word.startsWith("<html") || word.startsWith("<?xml");
  }

  private static Optional<UnusableFileException> tar(String text) {
    String name = text.substring(0, TAR_NAME).split("\0", 2)[0];
    if (name.equals("sys_info")) {
      return refusal("it is of PyTorch 0.1", "load it in PyTorch and save it again");
    }
    boolean isFile =
        "\00007".indexOf(text.charAt(TAR_KIND)) >= 0; // else about the next, or a folder
    return refusal(
        "it is a tar archive",
        "unpack it with tar xf, and open what is in it"
            + (isFile ? ", for instance " + Sentences.quoted(name) : ""));
  }

  private static Optional<UnusableFileException> named(
      Map<String, String> kinds, String text, String advice) {
    return kinds.entrySet().stream()
        .filter(kind -> text.startsWith(kind.getKey()))
        .findFirst()
        .flatMap(kind -> refusal("it is " + kind.getValue(), advice));
  }

  private static Optional<UnusableFileException> refusal(String wrong, String advice) {
    return Optional.of(new UnusableFileException(wrong, advice));
  }
}
