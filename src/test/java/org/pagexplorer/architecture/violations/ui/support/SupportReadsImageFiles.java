package org.pagexplorer.architecture.violations.ui.support;

import javax.imageio.ImageReader;
import org.pagexplorer.architecture.ViolatesRule;

@ViolatesRule("IMAGE_FILES_ONLY_IN_DATASET")
public final class SupportReadsImageFiles {
  ImageReader reader;
}
