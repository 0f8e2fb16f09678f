package org.pagexplorer.ui.attack;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.domain.UserException;
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
    Path folder = Home.user().resolve("pictures");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UserException(
          "The folder " + folder + " cannot be made: check its permissions.", e);
    }
    int number = 1;
    while (Files.exists(folder.resolve(name + "-" + number + ".png"))) {
      number++;
    }
    Path file = folder.resolve(name + "-" + number + ".png");
    ImageFiles.writePng(file, picture);
    return file;
  }
}
