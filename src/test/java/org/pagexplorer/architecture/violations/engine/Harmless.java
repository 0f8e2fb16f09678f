package org.pagexplorer.architecture.violations.engine;

public final class Harmless {}
