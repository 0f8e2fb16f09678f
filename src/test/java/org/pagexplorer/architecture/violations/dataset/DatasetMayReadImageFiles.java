package org.pagexplorer.architecture.violations.dataset;

import javax.imageio.ImageReader;

public final class DatasetMayReadImageFiles {
  ImageReader reader;
}
