package org.pagexplorer.ui.attack;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.dataset.MaskFile;
import org.pagexplorer.domain.Mask;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.Sha256;
import org.pagexplorer.lab.Home;

/** Pictures that came from no file, pasted or made here: kept, so that they can be rows again. */
public final class PictureFolder {
  private PictureFolder() {}

  /**
   * Writes a picture where none is yet; not on the FX thread.
   *
   * @param name begins the file's name
   * @throws UserException where it cannot be written
   */
  public static synchronized Path keep(BufferedImage picture, String name) {
    Path folder = made(Home.user().resolve("pictures"));
    int number = 1;
    while (Files.exists(folder.resolve(name + "-" + number + ".png"))) {
      number++;
    }
    Path file = folder.resolve(name + "-" + number + ".png");
    ImageFiles.writePng(file, picture);
    return file;
  }

  /**
   * Writes a mask under a name of its content, once.
   *
   * @throws UserException where it cannot be written
   */
  static Path keep(Mask mask) {
    String name = Sha256.of(MaskFile.png(mask)).substring(0, 16) + ".png";
    Path file = made(Home.user().resolve("masks")).resolve(name);
    if (!Files.exists(file)) {
      MaskFile.write(file, mask);
    }
    return file;
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UserException(
          "The folder " + folder + " cannot be made: check that it may be written.", e);
    }
  }
}
