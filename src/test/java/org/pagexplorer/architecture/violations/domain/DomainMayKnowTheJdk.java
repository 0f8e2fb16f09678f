package org.pagexplorer.architecture.violations.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

public final class DomainMayKnowTheJdk {
  float[] values;

  List<int[]> shapes;

  @Nullable String name;
}
