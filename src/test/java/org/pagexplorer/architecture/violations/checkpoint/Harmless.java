package org.pagexplorer.architecture.violations.checkpoint;

public final class Harmless {}
