package org.pagexplorer.architecture.violations.engine;

import ai.djl.ndarray.NDArray;

public final class EngineMayKnowDjl {
  NDArray array;
}
